// The two loops that shrinking a plane spends its time in, once for each kind of processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace reelprint::fingerprint {

/// All cells of one axis, as many taps for each: cell i is the sum over k of weights[k * cells + i] times
/// pixel first[i] + k. Taps that a cell does not have weigh 0 and may lie beyond the last pixel.
struct AxisTaps {
  std::size_t cells = 0;
  std::size_t taps = 0;
  std::vector<std::uint32_t> first;
  std::vector<float> weights;
};

/// Rows of 8-bit samples that are added up: row k begins at first + k * row_bytes and counts with weights[k].
struct WeightedRows {
  const std::uint8_t* first = nullptr;
  std::ptrdiff_t row_bytes = 0;
  std::span<const float> weights;
};

/// Floats behind the last column's sum that add_columns may read, besides the taps; what they are does not
/// matter.
inline constexpr std::size_t kColumnSlack = 32;

struct PlaneKernels {
  const char* name = "";
  /// sums[x], for the first `width` columns, becomes the sum over k, in order.
  void (*add_rows)(const WeightedRows& rows, std::size_t width, float* sums) = nullptr;
  /// cells[i] becomes cell i of `axis`, of the column sums, taps in order.
  void (*add_columns)(const AxisTaps& axis, const float* sums, float* cells) = nullptr;
};

/// Those that run on this machine, the fastest last. All give the same bits: they multiply and add in the
/// same order, without fusing.
[[nodiscard]] std::span<const PlaneKernels> plane_kernels();

}  // namespace reelprint::fingerprint
