// What a jailed job may take.
#pragma once

#include <chrono>
#include <cstddef>

namespace reelprint::jail {

/// A job may open, make and extend no file and start no process or thread, whatever these numbers are.
struct JailLimits {
  /// Of address space, libraries included. Programs with sanitizers, which map terabytes, are not held to it.
  std::size_t memory_bytes = std::size_t{2} << 30;
  std::chrono::seconds cpu_time{1800};
  std::chrono::seconds wall_time{3600};
  std::size_t output_bytes = std::size_t{1} << 30;
};

}  // namespace reelprint::jail
