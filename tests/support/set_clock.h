// A clock that stands still until it is set.
#pragma once

#include <atomic>
#include <chrono>

#include "core/clock.h"

namespace reelprint::test {

/// Thread-safe.
class SetClock final : public Clock {
 public:
  explicit SetClock(WallTime now = WallTime{std::chrono::seconds{1'800'000'000}}) : now_(now) {}
  [[nodiscard]] WallTime now() const override { return now_; }
  void advance(std::chrono::microseconds by) { now_ = now() + by; }

 private:
  std::atomic<WallTime> now_;
};

}  // namespace reelprint::test
