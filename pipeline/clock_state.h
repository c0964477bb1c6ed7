// Whether this machine's clock is kept right, as its kernel says.
#pragma once

#include <cstdint>
#include <string>

namespace reelprint::pipeline {

struct ClockState {
  bool is_known = false;         ///< false: the kernel does not say
  bool is_synchronised = false;  ///< somebody (NTP, PTP) disciplines it
  std::int64_t most_error_us = 0;
};

/// What adjtimex(2) says; changes nothing.
[[nodiscard]] ClockState clock_state();

/// "system clock, synchronised (by the kernel's account, at most 2.5 ms off)".
[[nodiscard]] std::string to_text(const ClockState& state);

}  // namespace reelprint::pipeline
