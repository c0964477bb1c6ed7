#include "core/notice_record.h"

#include <algorithm>
#include <array>

namespace reelprint {
namespace {

using enum NoticeState;

constexpr std::array kStates{drafted, approved, sent, acknowledged, removed, refused, countered, withdrawn};

constexpr std::array kAfterDrafted{approved, withdrawn};
constexpr std::array kAfterApproved{drafted, sent, withdrawn};
constexpr std::array kAfterSent{acknowledged, removed, refused, countered, withdrawn};
constexpr std::array kAfterAcknowledged{removed, refused, countered, withdrawn};
constexpr std::array kAfterRemoved{countered, withdrawn};
constexpr std::array kAfterRefused{removed, withdrawn};
constexpr std::array kAfterCountered{removed, withdrawn};

}  // namespace

std::string_view to_string(NoticeState state) {
  switch (state) {
    case drafted: return "drafted";
    case approved: return "approved";
    case sent: return "sent";
    case acknowledged: return "acknowledged";
    case removed: return "removed";
    case refused: return "refused";
    case countered: return "countered";
    case withdrawn: return "withdrawn";
  }
  return "unknown";
}

std::optional<NoticeState> notice_state_of(std::string_view name) {
  for (const NoticeState state : kStates)
    if (name == to_string(state)) return state;
  return std::nullopt;
}

std::span<const NoticeState> next_states(NoticeState from) {
  switch (from) {
    case drafted: return kAfterDrafted;
    case approved: return kAfterApproved;
    case sent: return kAfterSent;
    case acknowledged: return kAfterAcknowledged;
    case removed: return kAfterRemoved;
    case refused: return kAfterRefused;
    case countered: return kAfterCountered;
    case withdrawn: return {};
  }
  return {};
}

bool may_become(NoticeState from, NoticeState to) {
  return std::ranges::find(next_states(from), to) != next_states(from).end();
}

bool is_claim(std::string_view kind) {
  return kind == "dmca" || kind == "dsa" || kind == "cn_art14";
}

bool was_sent(NoticeState state) {
  return state != drafted && state != approved && state != withdrawn;
}

}  // namespace reelprint
