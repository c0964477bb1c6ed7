// The 64×64 working picture: the area mean of a decoded frame's luma, which every hash and shot decision
// reads.
#pragma once

#include <array>
#include <cstddef>

#include "core/fingerprint.h"
#include "fingerprint/media_decoder.h"

namespace reelprint::fingerprint {

inline constexpr std::size_t kGridSize = 64;

/// 64×64 mean luma 0..255, row-major, upright.
struct LumaGrid {
  std::array<float, kGridSize * kGridSize> cells{};
  [[nodiscard]] float at(std::size_t row, std::size_t column) const {
    return cells[row * kGridSize + column];
  }
};

/// How the cells of a grid are taken from the pixels.
enum class Sampling {
  /// Exact area means, pixels on a cell border shared in proportion. One picture at two sizes gives the same
  /// grid: its
  /// PDQ hashes differ by 0.4 to 3 bits on average (docs/decisions/0005).
  area_mean,
  /// Point samples after two box filters, as PDQ's published code takes them: for exchanging hashes with
  /// other PDQ
  /// systems. Off centre by up to a pixel: one picture at two sizes differs by 3 to 17 bits on average.
  published,
};

/// Shrinks (or, below 64 pixels, stretches) a plane to 64×64 and turns it upright. Any size from 1×1; one
/// pass over the samples, no full-size copy. An empty plane gives a black grid.
[[nodiscard]] LumaGrid shrink(const LumaPlane& luma, Sampling sampling = Sampling::area_mean);

/// The grid at half its size, rounded to 8 bits.
[[nodiscard]] Thumbnail thumbnail_of(const LumaGrid& grid);

/// Mean absolute difference of two grids, 0..255.
[[nodiscard]] float mean_difference(const LumaGrid& a, const LumaGrid& b);

/// Share 0..1 of the cells within ±4 levels of the picture's most common luma: near 1 for blank frames and
/// for text or a logo on a plain ground.
[[nodiscard]] float flat_share(const LumaGrid& grid);

}  // namespace reelprint::fingerprint
