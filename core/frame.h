// A decoded picture: its luma and when it is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/time.h"

namespace reelprint {

/// Luma, H×W, 8 bit, row-major without padding: pixel (x, y) is luma[y * width + x].
struct Frame {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> luma;
  Timestamp shown_at;
};

}  // namespace reelprint
