// What the legal team's work came to within a time: counts and times, no names. docs/cases.md says what each
// figure counts.
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

/// Names that there are always are there with 0, so that months can be laid side by side.
using Counts = std::map<std::string, std::size_t>;

struct TransparencyFigures {
  std::size_t cases_opened = 0;
  std::size_t cases_reopened = 0;  ///< came back to open
  std::size_t claims = 0;      ///< uploads that were filed; each once in a case, however often it is ruled on
  Counts claims_by_verdict{};  ///< what the machine said when the upload was filed
  Counts claims_by_action{};   ///< what the policy asked for then, before any person looked
  std::size_t claims_released = 0;
  Counts steps{};            ///< by the state that cases came into: "confirmed" → 12
  Counts steps_by{};         ///< "person", "service"
  Counts confirmations{};    ///< of open cases, by reason
  Counts dismissals{};       ///< by reason
  Counts closings{};         ///< by reason
  Counts judged{};           ///< cases by a person's last word within the time; duplicates say nothing
  Counts disputes{};         ///< "opened", by outcome, "late", and "open_at_end"
  Counts appeals{};          ///< likewise
  Counts notices_sent{};     ///< by kind
  Counts notice_outcomes{};  ///< of those that claim an infringement, by the state that they are in now
  std::optional<std::chrono::seconds> median_to_decision{};         ///< open → confirmed or dismissed
  std::optional<std::chrono::seconds> median_to_removal{};          ///< noticed → removed
  std::optional<std::chrono::seconds> median_to_dispute_outcome{};  ///< of disputes and appeals
};

[[nodiscard]] TransparencyFigures transparency(Database& database, const TransparencyQuery& query);

/// Of the cases that persons judged, the share that they dismissed; nothing when they judged none.
[[nodiscard]] std::optional<double> error_rate(const TransparencyFigures& figures);
/// Of the disputes and appeals that were upheld or rejected, the share that was upheld.
[[nodiscard]] std::optional<double> reversal_rate(const TransparencyFigures& figures);

}  // namespace reelprint::store
