// A case: the sightings and screenings of one upload, and the uploads of one account, on their way to an end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"

namespace reelprint {

/// open → confirmed | dismissed → noticed → removed | countered → closed. What changes is a new entry of its
/// history.
enum class CaseState : std::uint8_t { open, confirmed, dismissed, noticed, removed, countered, closed };

[[nodiscard]] std::string_view to_string(CaseState state);
[[nodiscard]] std::optional<CaseState> case_state_of(std::string_view name);

/// Why a person decided as they did.
enum class CaseReason : std::uint8_t {
  none,
  infringing_copy,  ///< confirmed
  infringing_part,  ///< confirmed
  licensed_use,     ///< dismissed
  quotation,        ///< dismissed: criticism, review, parody
  not_the_work,     ///< dismissed: the match is false
  shared_material,  ///< dismissed: card, stock shot, public domain
  own_upload,       ///< dismissed: the holder's own
  duplicate,        ///< dismissed
  taken_down,       ///< removed, closed
  withdrawn,        ///< closed: notice or claim taken back; also why an upheld dispute settles a match
  counter_notice,   ///< countered
  settled,          ///< closed
  reappeared,       ///< open again: what was removed is back, or its account showed another copy
  other,            ///< with a remark
};

[[nodiscard]] std::string_view to_string(CaseReason reason);
[[nodiscard]] std::optional<CaseReason> case_reason_of(std::string_view name);

/// What somebody wants a case to become, while the two-person rule waits for another person.
struct CaseProposal {
  CaseState state = CaseState::open;
  CaseReason reason = CaseReason::none;
  std::string remark{};
  std::string by{};  ///< Principal::name
  WallTime at{};

  friend bool operator==(const CaseProposal&, const CaseProposal&) = default;
};

struct LegalCase {
  CaseId id{};
  HolderId holder{};       ///< whose works
  TenantId tenant{};       ///< of the holder
  std::string platform{};  ///< host or platform where it was seen: "videos.example"
  std::string account{};   ///< of the uploader there; "": not known, then the case is of one upload
  CaseState state = CaseState::open;
  CaseReason reason = CaseReason::none;
  std::string remark{};
  std::string assignee{};
  std::optional<CaseProposal> proposal{};
  bool is_retraction_due = false;       ///< a notice was sent, and what it claimed was taken back
  std::vector<DecisionId> decisions{};  ///< that it rests on, ascending
  std::vector<SightingId> sightings{};  ///< ascending
  WallTime opened_at{};
  WallTime changed_at{};
  std::int64_t version = 1;

  friend bool operator==(const LegalCase&, const LegalCase&) = default;
};

/// One entry of a case's history; never changed.
struct CaseEvent {
  std::int64_t id = 0;
  CaseId in_case{};
  WallTime at{};
  std::string actor{};   ///< Principal::name
  std::string what{};    ///< "state", "sighting", "notice", "dispute", "export", "access", "check" …
  std::string detail{};  ///< a JSON object

  friend bool operator==(const CaseEvent&, const CaseEvent&) = default;
};

}  // namespace reelprint
