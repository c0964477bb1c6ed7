#include "core/legal_case.h"

#include <array>

namespace reelprint {
namespace {

constexpr std::array kStates{CaseState::open,    CaseState::confirmed, CaseState::dismissed,
                             CaseState::noticed, CaseState::removed,   CaseState::countered,
                             CaseState::closed};
constexpr std::array kReasons{CaseReason::none,
                              CaseReason::infringing_copy,
                              CaseReason::infringing_part,
                              CaseReason::licensed_use,
                              CaseReason::quotation,
                              CaseReason::not_the_work,
                              CaseReason::shared_material,
                              CaseReason::own_upload,
                              CaseReason::duplicate,
                              CaseReason::taken_down,
                              CaseReason::withdrawn,
                              CaseReason::counter_notice,
                              CaseReason::settled,
                              CaseReason::reappeared,
                              CaseReason::other};

template <class Name, class Names>
std::optional<Name> named(std::string_view name, const Names& names) {
  for (const Name one : names)
    if (name == to_string(one)) return one;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(CaseState state) {
  switch (state) {
    case CaseState::open: return "open";
    case CaseState::confirmed: return "confirmed";
    case CaseState::dismissed: return "dismissed";
    case CaseState::noticed: return "noticed";
    case CaseState::removed: return "removed";
    case CaseState::countered: return "countered";
    case CaseState::closed: return "closed";
  }
  return "unknown";
}

std::optional<CaseState> case_state_of(std::string_view name) {
  return named<CaseState>(name, kStates);
}

std::string_view to_string(CaseReason reason) {
  switch (reason) {
    case CaseReason::none: return "none";
    case CaseReason::infringing_copy: return "infringing_copy";
    case CaseReason::infringing_part: return "infringing_part";
    case CaseReason::licensed_use: return "licensed_use";
    case CaseReason::quotation: return "quotation";
    case CaseReason::not_the_work: return "not_the_work";
    case CaseReason::shared_material: return "shared_material";
    case CaseReason::own_upload: return "own_upload";
    case CaseReason::duplicate: return "duplicate";
    case CaseReason::taken_down: return "taken_down";
    case CaseReason::withdrawn: return "withdrawn";
    case CaseReason::counter_notice: return "counter_notice";
    case CaseReason::settled: return "settled";
    case CaseReason::reappeared: return "reappeared";
    case CaseReason::other: return "other";
  }
  return "unknown";
}

std::optional<CaseReason> case_reason_of(std::string_view name) {
  return named<CaseReason>(name, kReasons);
}

}  // namespace reelprint
