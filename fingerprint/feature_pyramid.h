// One picture at several sizes, each with its 5×5 sums: what corners and descriptors are read from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fingerprint/luma_picture.h"

namespace reelprint::fingerprint {

/// One size of the picture.
struct PyramidLevel {
  LumaPicture picture;
  /// As many as pixels: the sum over the 5×5 pixels around each; 0 within 2 pixels of the border.
  std::vector<std::uint16_t> sums;
};

/// At most `levels` sizes, each the area mean of the picture and smaller than the one before by `step` (over
/// 1); it stops before a side falls below `least_side`.
[[nodiscard]] std::vector<PyramidLevel> build_pyramid(const LumaPicture& picture, std::size_t levels,
                                                      double step, std::size_t least_side);

}  // namespace reelprint::fingerprint
