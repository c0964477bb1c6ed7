// Waits for what other threads or processes do.
#pragma once

#include <chrono>
#include <thread>

namespace reelprint::test {

/// Whether `is_so()` becomes true within half a minute: a bound for hangs, not a time that anything takes.
template <class Predicate>
[[nodiscard]] bool eventually(Predicate is_so) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!is_so()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace reelprint::test
