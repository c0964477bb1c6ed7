#include "fingerprint/luma_grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace reelprint::fingerprint {
namespace {

/// One cell of one axis: pixel first + i counts with weights[i]; the weights add up to 1.
struct Taps {
  std::size_t first = 0;
  std::vector<float> weights;
};
using AxisTaps = std::array<Taps, kGridSize>;

AxisTaps area_taps(std::size_t pixels) {
  AxisTaps axis;
  for (std::size_t i = 0; i < kGridSize; ++i) {
    // In 64ths of a pixel, so that the borders are exact.
    const std::size_t begin = i * pixels;
    const std::size_t end = (i + 1) * pixels;
    axis[i].first = begin / kGridSize;
    for (std::size_t pixel = axis[i].first; pixel * kGridSize < end; ++pixel) {
      const std::size_t covered = std::min(end, (pixel + 1) * kGridSize) - std::max(begin, pixel * kGridSize);
      axis[i].weights.push_back(static_cast<float>(covered) / static_cast<float>(pixels));
    }
  }
  return axis;
}

/// The published box filter's window around pixel `at`, cut off at the ends: [first, last].
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;
  [[nodiscard]] float share() const { return 1.0F / static_cast<float>(last - first + 1); }
};

Window box_window(std::size_t at, std::size_t pixels) {
  const std::size_t size = (pixels + 2 * kGridSize - 1) / (2 * kGridSize);
  const std::size_t ahead = (size + 2) / 2 - 1;
  return {at + ahead + 1 > size ? at + ahead + 1 - size : 0, std::min(at + ahead, pixels - 1)};
}

AxisTaps published_taps(std::size_t pixels) {
  AxisTaps axis;
  for (std::size_t i = 0; i < kGridSize; ++i) {
    const Window outer = box_window((2 * i + 1) * pixels / (2 * kGridSize), pixels);
    axis[i].first = box_window(outer.first, pixels).first;
    axis[i].weights.assign(box_window(outer.last, pixels).last - axis[i].first + 1, 0.0F);
    for (std::size_t at = outer.first; at <= outer.last; ++at) {
      const Window inner = box_window(at, pixels);
      for (std::size_t pixel = inner.first; pixel <= inner.last; ++pixel) {
        axis[i].weights[pixel - axis[i].first] += outer.share() * inner.share();
      }
    }
  }
  return axis;
}

AxisTaps taps_of(std::size_t pixels, Sampling sampling) {
  return sampling == Sampling::area_mean ? area_taps(pixels) : published_taps(pixels);
}

[[gnu::target_clones("avx512f", "avx2", "default")]] void add_weighted(const std::uint8_t* row,
                                                                       std::size_t width, float weight,
                                                                       float* sums) {
  for (std::size_t x = 0; x < width; ++x) sums[x] += weight * static_cast<float>(row[x]);
}

void add_weighted16(const std::uint8_t* row, std::size_t width, float weight, float* sums) {
  for (std::size_t x = 0; x < width; ++x) {
    sums[x] += weight * static_cast<float>(row[2 * x] | row[2 * x + 1] << 8);
  }
}

LumaGrid turn(const LumaGrid& grid, int quarter_turns) {
  if (quarter_turns % 4 == 0) return grid;
  LumaGrid turned;
  constexpr std::size_t kLast = kGridSize - 1;
  for (std::size_t y = 0; y < kGridSize; ++y) {
    for (std::size_t x = 0; x < kGridSize; ++x) {
      float& cell = turned.cells[y * kGridSize + x];
      switch (quarter_turns % 4) {
        case 1: cell = grid.at(kLast - x, y); break;
        case 2: cell = grid.at(kLast - y, kLast - x); break;
        default: cell = grid.at(x, kLast - y); break;
      }
    }
  }
  return turned;
}

}  // namespace

LumaGrid shrink(const LumaPlane& luma, Sampling sampling) {
  LumaGrid grid;
  if (luma.width == 0 || luma.height == 0) return grid;
  const AxisTaps rows = taps_of(luma.height, sampling);
  const AxisTaps columns = taps_of(luma.width, sampling);
  const auto scale = static_cast<float>(std::ldexp(1.0, 8 - luma.bit_depth));
  const auto add = luma.sample_bytes == 1 ? add_weighted : add_weighted16;

  std::vector<float> sums(luma.width);
  for (std::size_t y = 0; y < kGridSize; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (std::size_t i = 0; i < rows[y].weights.size(); ++i) {
      const auto row = static_cast<std::ptrdiff_t>(rows[y].first + i);
      add(luma.samples + row * luma.row_bytes, luma.width, rows[y].weights[i] * scale, sums.data());
    }
    for (std::size_t x = 0; x < kGridSize; ++x) {
      const auto& weights = columns[x].weights;
      grid.cells[y * kGridSize + x] =
          std::inner_product(weights.begin(), weights.end(), sums.data() + columns[x].first, 0.0F);
    }
  }
  return turn(grid, luma.quarter_turns);
}

Thumbnail thumbnail_of(const LumaGrid& grid) {
  constexpr std::size_t kStep = kGridSize / kThumbnailSize;
  static_assert(kStep == 2);
  Thumbnail thumbnail{};
  for (std::size_t y = 0; y < kThumbnailSize; ++y) {
    for (std::size_t x = 0; x < kThumbnailSize; ++x) {
      const float sum = grid.at(2 * y, 2 * x) + grid.at(2 * y, 2 * x + 1) + grid.at(2 * y + 1, 2 * x) +
                        grid.at(2 * y + 1, 2 * x + 1);
      thumbnail[y * kThumbnailSize + x] = static_cast<std::uint8_t>(std::clamp(sum / 4 + 0.5F, 0.0F, 255.0F));
    }
  }
  return thumbnail;
}

float mean_difference(const LumaGrid& a, const LumaGrid& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i) sum += std::abs(a.cells[i] - b.cells[i]);
  return sum / static_cast<float>(a.cells.size());
}

float flat_share(const LumaGrid& grid) {
  std::array<int, 256> histogram{};
  for (const float cell : grid.cells) ++histogram[static_cast<std::size_t>(std::clamp(cell, 0.0F, 255.0F))];
  constexpr int kReach = 4;
  int best = 0;
  for (int level = 0; level < 256; ++level) {
    int count = 0;
    for (int near = std::max(0, level - kReach); near <= std::min(255, level + kReach); ++near) {
      count += histogram[static_cast<std::size_t>(near)];
    }
    best = std::max(best, count);
  }
  return static_cast<float>(best) / static_cast<float>(grid.cells.size());
}

}  // namespace reelprint::fingerprint
