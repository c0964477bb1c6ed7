#include "fingerprint/plane_sampling.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace reelprint::fingerprint {
namespace {

/// Of up to 16 bits.
void add_rows16(const WeightedRows& rows, std::size_t width, float* sums) {
  std::fill_n(sums, width, 0.0F);
  for (std::size_t k = 0; k < rows.weights.size(); ++k) {
    const std::uint8_t* row = rows.first + static_cast<std::ptrdiff_t>(k) * rows.row_bytes;
    for (std::size_t x = 0; x < width; ++x)
      sums[x] += rows.weights[k] * static_cast<float>(row[2 * x] | row[2 * x + 1] << 8);
  }
}

/// The weights of a row of cells, up to the first tap that it does not have: that row may lie beyond the
/// plane.
std::span<const float> weights_of(const AxisTaps& axis, std::size_t cell, float scale,
                                  std::vector<float>& kept) {
  kept.clear();
  for (std::size_t k = 0; k < axis.taps; ++k) {
    const float weight = axis.weights[k * axis.cells + cell];
    if (weight == 0.0F) break;
    kept.push_back(weight * scale);
  }
  return kept;
}

}  // namespace

AxisTaps pack(const std::vector<CellTaps>& cells) {
  AxisTaps axis;
  axis.cells = cells.size();
  for (const CellTaps& cell : cells) axis.taps = std::max(axis.taps, cell.weights.size());
  axis.weights.assign(axis.taps * axis.cells, 0.0F);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    axis.first.push_back(static_cast<std::uint32_t>(cells[i].first));
    for (std::size_t k = 0; k < cells[i].weights.size(); ++k) {
      axis.weights[k * axis.cells + i] = cells[i].weights[k];
    }
  }
  return axis;
}

AxisTaps area_taps(std::size_t pixels, std::size_t cells) {
  AxisTaps axis;
  axis.cells = cells;
  // In parts of a pixel, as many as there are cells, so that the borders are exact.
  for (std::size_t i = 0; i < cells; ++i) {
    axis.first.push_back(static_cast<std::uint32_t>(i * pixels / cells));
    axis.taps = std::max(axis.taps, ((i + 1) * pixels + cells - 1) / cells - axis.first[i]);
  }
  axis.weights.assign(axis.taps * cells, 0.0F);
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t begin = i * pixels;
    const std::size_t end = (i + 1) * pixels;
    for (std::size_t pixel = axis.first[i]; pixel * cells < end; ++pixel) {
      const std::size_t covered = std::min(end, (pixel + 1) * cells) - std::max(begin, pixel * cells);
      axis.weights[(pixel - axis.first[i]) * cells + i] =
          static_cast<float>(covered) / static_cast<float>(pixels);
    }
  }
  return axis;
}

std::vector<float> sample(const LumaPlane& luma, const AxisTaps& rows, const AxisTaps& columns,
                          const PlaneKernels& kernels) {
  const auto scale = static_cast<float>(std::ldexp(1.0, 8 - luma.bit_depth));
  const auto add_rows = luma.sample_bytes == 1 ? kernels.add_rows : add_rows16;

  std::vector<float> values(rows.cells * columns.cells);
  std::vector<float> sums(luma.width + columns.taps + kColumnSlack, 0.0F);
  std::vector<float> weights;
  for (std::size_t y = 0; y < rows.cells; ++y) {
    const auto first = static_cast<std::ptrdiff_t>(rows.first[y]);
    add_rows({luma.samples + first * luma.row_bytes, luma.row_bytes, weights_of(rows, y, scale, weights)},
             luma.width, sums.data());
    kernels.add_columns(columns, sums.data(), values.data() + y * columns.cells);
  }
  return values;
}

std::vector<float> turn(std::vector<float> values, std::size_t width, int quarter_turns) {
  if (quarter_turns % 4 == 0 || values.empty()) return values;
  const std::size_t height = values.size() / width;
  std::vector<float> turned(values.size());
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const float value = values[y * width + x];
      switch (quarter_turns % 4) {
        case 1: turned[x * height + height - 1 - y] = value; break;
        case 2: turned[(height - 1 - y) * width + width - 1 - x] = value; break;
        default: turned[(width - 1 - x) * height + y] = value; break;
      }
    }
  }
  return turned;
}

}  // namespace reelprint::fingerprint
