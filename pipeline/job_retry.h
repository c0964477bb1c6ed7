// When something that failed is tried again.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "core/split_mix.h"

namespace reelprint::pipeline {

struct RetrySettings {
  std::chrono::microseconds first{5'000'000};  ///< after the first failure
  std::chrono::microseconds most{900'000'000};
  double growth = 3.0;  ///< of each delay over the one before
};

/// `delay`, or up to a quarter less: what failed together must not come back together. The same for the same
/// seed and attempt.
[[nodiscard]] inline std::chrono::microseconds with_jitter(std::chrono::microseconds delay, std::int64_t seed,
                                                           int attempt) {
  SplitMix random(static_cast<std::uint64_t>(seed) * 1'000'003U + static_cast<std::uint64_t>(attempt));
  const double share = static_cast<double>(random.next() >> 11) * 0x1p-53;
  return std::chrono::microseconds(
      static_cast<std::int64_t>(static_cast<double>(delay.count()) * (1.0 - 0.25 * share)));
}

/// How long to wait after attempt number `attempt` (from 1) of the job or delivery `seed`.
[[nodiscard]] inline std::chrono::microseconds retry_delay(const RetrySettings& settings, std::int64_t seed,
                                                           int attempt) {
  const auto most = static_cast<double>(settings.most.count());
  auto delay = static_cast<double>(settings.first.count());
  for (int i = 1; i < attempt && delay < most; ++i) delay *= settings.growth;
  return with_jitter(std::chrono::microseconds(static_cast<std::int64_t>(std::min(delay, most))), seed,
                     attempt);
}

}  // namespace reelprint::pipeline
