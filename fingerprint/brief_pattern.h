// The 256 pairs of points that a descriptor compares, turned by the feature's orientation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace reelprint::fingerprint {

inline constexpr std::size_t kDescriptorBits = 256;
inline constexpr int kPatternRadius = 15;  ///< pixels; no point lies further out, rounding included

/// Points relative to the feature, in pixels, x to the right and y down: bit k is 1 where the picture at a[k]
/// is darker than at b[k].
///
/// The pattern is symmetric about the orientation: pair k + 128 is pair k reflected, and the points of angle
/// 128 - a (in 256ths of a turn) are those of angle a with x negated. So the descriptor of the mirrored
/// picture is the descriptor with its halves exchanged, bit for bit.
struct BriefPattern {
  struct Point {
    std::int8_t x = 0;
    std::int8_t y = 0;
  };
  std::array<Point, kDescriptorBits> a;
  std::array<Point, kDescriptorBits> b;
};

/// The pattern at an orientation in 256ths of a turn, clockwise from the x axis. Thread-safe.
[[nodiscard]] const BriefPattern& pattern_at(std::uint8_t angle);

}  // namespace reelprint::fingerprint
