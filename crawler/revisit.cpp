#include "crawler/revisit.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace reelprint::crawler {
namespace {

constexpr std::chrono::seconds kFirstRetry{60};
constexpr int kRetryGrowth = 5;
constexpr std::chrono::seconds kLongestRetry = std::chrono::days{1};
constexpr int kMostFailures = 8;

}  // namespace

std::chrono::seconds revisit_delay(const PageHistory& history) {
  const int compared = history.visits - 1;
  if (compared < 1 || history.span.count() <= 0) return kFirstRevisit;
  const double n = compared;
  const double changed = std::clamp(history.changes, 0, compared);
  const double mean_s = static_cast<double>(history.span.count()) / n;
  const double rate = -std::log((n - changed + 0.5) / (n + 0.5)) / mean_s;
  const double cap_s = 2 * mean_s;
  const double delay_s = rate > 0 ? std::min(std::numbers::ln2 / rate, cap_s) : cap_s;
  const double least = static_cast<double>(kShortestRevisit.count());
  const double most = static_cast<double>(kLongestRevisit.count());
  return std::chrono::seconds{static_cast<std::int64_t>(std::clamp(delay_s, least, most))};
}

std::optional<std::chrono::seconds> retry_delay(int failures, std::chrono::seconds server_asks) {
  if (failures > kMostFailures) return std::nullopt;
  std::chrono::seconds delay = kFirstRetry;
  for (int i = 1; i < failures && delay < kLongestRetry; ++i) delay *= kRetryGrowth;
  return std::min(std::max(delay, server_asks), kLongestRetry);
}

}  // namespace reelprint::crawler
