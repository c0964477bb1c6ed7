#include "pipeline/clock_state.h"

#include <sys/timex.h>

#include <array>
#include <cstdio>

namespace reelprint::pipeline {

ClockState clock_state() {
  timex request{};  // no modes: only asks
  const int answer = ::adjtimex(&request);
  if (answer < 0) return {};
  return {true, answer != TIME_ERROR && (request.status & STA_UNSYNC) == 0, request.maxerror};
}

std::string to_text(const ClockState& state) {
  if (!state.is_known) return "system clock; whether it is synchronised is not known";
  if (!state.is_synchronised) return "system clock, not synchronised by the kernel's account";
  std::array<char, 120> text{};
  std::snprintf(text.data(), text.size(),
                "system clock, synchronised (by the kernel's account, at most %.1f ms off)",
                static_cast<double>(state.most_error_us) / 1000);
  return text.data();
}

}  // namespace reelprint::pipeline
