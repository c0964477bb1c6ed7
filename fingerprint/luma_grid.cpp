#include "fingerprint/luma_grid.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fingerprint/plane_sampling.h"

namespace reelprint::fingerprint {
namespace {

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
  std::vector<CellTaps> axis(kGridSize);
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
  return pack(axis);
}

AxisTaps taps_of(std::size_t pixels, Sampling sampling) {
  return sampling == Sampling::area_mean ? area_taps(pixels, kGridSize) : published_taps(pixels);
}

}  // namespace

LumaGrid shrink(const LumaPlane& luma, Sampling sampling) {
  LumaGrid grid;
  if (luma.width == 0 || luma.height == 0) return grid;
  const auto values = turn(sample(luma, taps_of(luma.height, sampling), taps_of(luma.width, sampling)),
                           kGridSize, luma.quarter_turns);
  std::copy(values.begin(), values.end(), grid.cells.begin());
  return grid;
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
