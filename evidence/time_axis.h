// Seconds along an axis: where its ticks stand and what is written at them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace reelprint::evidence {

/// Times of the ticks of an axis of `length_s` seconds: multiples of 1, 2, 5, 10, 15, 30 or 60 s and their
/// likes, from zero, at most `most` + 1 of them. A length that is no positive number has the tick at zero
/// alone.
[[nodiscard]] std::vector<double> ticks_of(double length_s, std::size_t most);

/// "0:07", "12:30", "1:02:03"; with a tenth, "0:07.5".
[[nodiscard]] std::string clock_text(double seconds, bool with_tenth = false);

}  // namespace reelprint::evidence
