// A distinctive point of a picture, described so that it is found again whatever was cut off around it.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace reelprint {

/// An oriented binary descriptor in the manner of ORB (Rublee et al., ICCV 2011) and where it was taken.
struct LocalFeature {
  std::array<std::uint64_t, 4> descriptor{};  ///< bit k (0..255) is bit k % 64 of descriptor[k / 64]
  std::uint16_t x = 0;                        ///< of the frame's width, 0..65535
  std::uint16_t y = 0;                        ///< of the frame's height, 0..65535
  std::uint8_t scale = 0;                     ///< pyramid level it was found on
  std::uint8_t angle = 0;                     ///< orientation in 256ths of a turn, clockwise from the x axis

  friend constexpr bool operator==(const LocalFeature&, const LocalFeature&) = default;
};

/// The number of differing descriptor bits, 0..256.
[[nodiscard]] constexpr int hamming_distance(const LocalFeature& a, const LocalFeature& b) {
  int distance = 0;
  for (std::size_t i = 0; i < a.descriptor.size(); ++i)
    distance += std::popcount(a.descriptor[i] ^ b.descriptor[i]);
  return distance;
}

/// The feature that the picture flipped left to right has in its place; x to within 1. Costs a few
/// instructions.
[[nodiscard]] constexpr LocalFeature mirrored(const LocalFeature& feature) {
  LocalFeature flipped = feature;
  flipped.descriptor = {feature.descriptor[2], feature.descriptor[3], feature.descriptor[0],
                        feature.descriptor[1]};
  flipped.x = static_cast<std::uint16_t>(65535 - feature.x);
  flipped.angle = static_cast<std::uint8_t>(128 - feature.angle);
  return flipped;
}

}  // namespace reelprint
