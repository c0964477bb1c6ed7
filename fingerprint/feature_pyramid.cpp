#include "fingerprint/feature_pyramid.h"

#include <algorithm>
#include <cmath>

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kReach = 2;  // of the sums, to each side

[[gnu::target_clones("avx512f", "avx2", "default")]] void add_columns(const std::uint8_t* rows,
                                                                      std::size_t width,
                                                                      std::uint16_t* columns) {
  for (std::size_t x = 0; x < width; ++x) {
    columns[x] = static_cast<std::uint16_t>(rows[x] + rows[x + width] + rows[x + 2 * width] +
                                            rows[x + 3 * width] + rows[x + 4 * width]);
  }
}

[[gnu::target_clones("avx512f", "avx2", "default")]] void add_across(const std::uint16_t* columns,
                                                                     std::size_t count, std::uint16_t* sums) {
  for (std::size_t x = 0; x < count; ++x) {
    sums[x] = static_cast<std::uint16_t>(columns[x] + columns[x + 1] + columns[x + 2] + columns[x + 3] +
                                         columns[x + 4]);
  }
}

std::vector<std::uint16_t> sums_of(const LumaPicture& picture) {
  const std::size_t width = picture.width;
  std::vector<std::uint16_t> sums(picture.luma.size(), 0);
  if (width <= 2 * kReach) return sums;
  std::vector<std::uint16_t> columns(width);
  for (std::size_t y = kReach; y + kReach < picture.height; ++y) {
    add_columns(picture.luma.data() + (y - kReach) * width, width, columns.data());
    add_across(columns.data(), width - 2 * kReach, sums.data() + y * width + kReach);
  }
  return sums;
}

std::size_t reduced(std::size_t side, double factor) {
  return static_cast<std::size_t>(std::lround(static_cast<double>(side) / factor));
}

}  // namespace

std::vector<PyramidLevel> build_pyramid(const LumaPicture& picture, std::size_t levels, double step,
                                        std::size_t least_side) {
  std::vector<PyramidLevel> pyramid;
  double factor = 1;
  for (std::size_t level = 0; level < levels; ++level, factor *= step) {
    const std::size_t width = reduced(picture.width, factor);
    const std::size_t height = reduced(picture.height, factor);
    if (std::min(width, height) < std::max<std::size_t>(1, least_side)) break;
    PyramidLevel& made = pyramid.emplace_back();
    made.picture = level == 0 ? picture : resample(picture.plane(), width, height);
    made.sums = sums_of(made.picture);
  }
  return pyramid;
}

}  // namespace reelprint::fingerprint
