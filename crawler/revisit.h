// When an address is asked again: sooner where it was found changed, later after each failure.
#pragma once

#include <chrono>
#include <optional>

namespace reelprint::crawler {

/// What the visits to a page have shown.
struct PageHistory {
  int visits = 0;                ///< that were answered
  int changes = 0;               ///< of these, how many found other content than the one before
  std::chrono::seconds span{0};  ///< from the first visit to the last
};

inline constexpr std::chrono::seconds kShortestRevisit = std::chrono::hours{1};
inline constexpr std::chrono::seconds kLongestRevisit = std::chrono::days{30};
/// Until a page was visited twice.
inline constexpr std::chrono::seconds kFirstRevisit = std::chrono::days{1};

/// How long after the last visit the next is due: when the page has changed as likely as not. Changes are
/// taken for a Poisson process, of which visits see at most one each; its rate is that of Cho and
/// Garcia-Molina, "Estimating Frequency of Change", ACM TOIT 3(3), 2003, section 4.2: with n comparisons, X
/// of them changed, r = -ln((n - X + 0.5) / (n + 0.5)) changes in the mean time between two visits. Never
/// more than twice that mean time, so that few visits without a change prove little; from 1 hour to 30 days.
[[nodiscard]] std::chrono::seconds revisit_delay(const PageHistory& history);

/// How long after the `failures`-th failure in a row it is tried again: 1, 5, 25 minutes, ~2, ~10 hours, then
/// a day; nothing after the eighth: it is gone. At least `server_asks` (Retry-After), up to a day.
[[nodiscard]] std::optional<std::chrono::seconds> retry_delay(int failures,
                                                              std::chrono::seconds server_asks = {});

}  // namespace reelprint::crawler
