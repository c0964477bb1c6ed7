// What the legal team's work came to within a time: counts and times, no names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Of which time, and of whom: zero narrows nothing.
struct TransparencyQuery {
  WallTime from{};
  WallTime until{};
  TenantId tenant{};
  HolderId holder{};
};

using Counts = std::map<std::string, std::size_t>;

struct TransparencyFigures {
  std::size_t cases_opened = 0;
  std::size_t claims = 0;  ///< decisions that were filed
  std::size_t claims_released = 0;
  Counts steps{};            ///< by the state that cases came into: "confirmed" → 12
  Counts confirmations{};    ///< by reason
  Counts dismissals{};       ///< by reason
  Counts closings{};         ///< by reason
  Counts disputes{};         ///< "opened", "appealed", and by outcome
  Counts notices_sent{};     ///< by kind
  Counts notice_outcomes{};  ///< by the state that they are in now, of those sent within the time
  std::optional<std::chrono::seconds> median_to_decision{};  ///< opened → confirmed or dismissed
  std::optional<std::chrono::seconds> median_to_removal{};   ///< notice sent → removed
  std::optional<std::chrono::seconds> median_to_dispute_outcome{};
};

[[nodiscard]] TransparencyFigures transparency(Database& database, const TransparencyQuery& query);

}  // namespace reelprint::store
