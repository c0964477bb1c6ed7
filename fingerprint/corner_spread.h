// Chooses corners evenly over the picture: else two lines of subtitles take them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reelprint::fingerprint {

struct Corner {
  std::uint16_t x = 0;       ///< of the picture's width, 0..65535
  std::uint16_t y = 0;       ///< of the picture's height, 0..65535
  std::uint8_t level = 0;    ///< of the pyramid
  std::uint32_t column = 0;  ///< pixel of that level
  std::uint32_t row = 0;
  float strength =
      0;  ///< FAST's score: the largest contrast, in levels of luma, at which it is still a corner

  friend bool operator==(const Corner&, const Corner&) = default;
};

/// At most `most` corners, the best first, so that the first n are what most = n gives. The strongest of each
/// cell of a grid × grid raster counts in full, the second half, the third a third ...: cells of equal
/// corners get equal shares, and what poor cells cannot fill goes to the others. Strength counts up to a
/// ceiling, so that white text on black gains little by its contrast. Does not depend on the order given.
[[nodiscard]] std::vector<Corner> spread(std::vector<Corner> corners, std::size_t grid, std::size_t most);

}  // namespace reelprint::fingerprint
