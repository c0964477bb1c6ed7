// What chance looks like: how near the hashes of unrelated pictures come.
#pragma once

#include <cstddef>

namespace reelprint::index {

/// log10 of the probability that two unrelated pictures lie within `distance` bits (0..256) of each other. A
/// normal law with mean 128 and deviation 10.7, which passes through the 2·10⁻⁵ at 84 that was measured on
/// unrelated frames of 70 real clips; true hashes have a heavier tail (pictures resemble each other for
/// reasons), which is why the evidence of one picture is capped (score.h).
[[nodiscard]] double log10_chance_within(int distance);

/// The largest distance 0..84 at which one picture expects at most `expected` unrelated neighbours among
/// `pictures`.
[[nodiscard]] int radius_for(std::size_t pictures, double expected);

}  // namespace reelprint::index
