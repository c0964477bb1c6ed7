// A dispute: the accused says that a decision is wrong, and somebody has to answer in time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/ids.h"

namespace reelprint {

enum class DisputeState : std::uint8_t {
  open,
  upheld,     ///< the accused is right: the decision is taken back
  rejected,   ///< the decision stands; it may be appealed against, once
  withdrawn,  ///< by the accused
};

[[nodiscard]] std::string_view to_string(DisputeState state);
[[nodiscard]] std::optional<DisputeState> dispute_state_of(std::string_view name);

struct Dispute {
  DisputeId id{};
  CaseId in_case{};
  DecisionId decision{};  ///< that is disputed
  TenantId tenant{};      ///< that brought it: a platform, or the holder's own on the accused's behalf
  DisputeId appeal_of{};  ///< zero: it is no appeal
  std::string statement{};
  std::string contact{};  ///< of the accused: a personal datum, never logged
  DisputeState state = DisputeState::open;
  std::string opened_by{};
  std::string decided_by{};
  std::string why{};  ///< of the outcome
  WallTime opened_at{};
  WallTime due_at{};
  WallTime decided_at{};  ///< zero: not yet
  std::int64_t version = 1;

  friend bool operator==(const Dispute&, const Dispute&) = default;
};

}  // namespace reelprint
