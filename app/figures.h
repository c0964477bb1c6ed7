// Figures and spans as the commands print them.
#pragma once

#include <string>

#include "app/console.h"
#include "core/time.h"
#include "core/verdict.h"

namespace reelprint::app {

/// `value` with `digits` decimal places, `unit` behind it.
[[nodiscard]] std::string fixed(double value, int digits, const char* unit = "");
/// "0:07.5–0:12.0"
[[nodiscard]] std::string span_text(const Interval& span);
[[nodiscard]] Colour colour_of(Decision decision);

}  // namespace reelprint::app
