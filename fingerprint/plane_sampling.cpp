#include "fingerprint/plane_sampling.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace reelprint::fingerprint {
namespace {

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

/// Cells [begin, begin + kStrip) of a row, or fewer: added up in registers.
constexpr std::size_t kStrip = 64;

[[gnu::target_clones("avx512f", "avx2", "default")]] void add_taps(const AxisTaps& axis, const float* sums,
                                                                   float* out) {
  const std::uint32_t* first = axis.first.data();
  std::size_t begin = 0;
  for (; begin + kStrip <= axis.cells; begin += kStrip) {
    std::array<float, kStrip> cells{};
    for (std::size_t k = 0; k < axis.taps; ++k) {
      const float* weights = axis.weights.data() + k * axis.cells + begin;
      for (std::size_t i = 0; i < kStrip; ++i) cells[i] += weights[i] * sums[first[begin + i] + k];
    }
    std::copy(cells.begin(), cells.end(), out + begin);
  }
  for (std::size_t k = 0; k < axis.taps; ++k) {
    const float* weights = axis.weights.data() + k * axis.cells;
    for (std::size_t i = begin; i < axis.cells; ++i) out[i] += weights[i] * sums[first[i] + k];
  }
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

std::vector<float> sample(const LumaPlane& luma, const AxisTaps& rows, const AxisTaps& columns) {
  std::vector<float> values(rows.cells * columns.cells, 0.0F);
  const auto scale = static_cast<float>(std::ldexp(1.0, 8 - luma.bit_depth));
  const auto add = luma.sample_bytes == 1 ? add_weighted : add_weighted16;

  std::vector<float> sums(luma.width + columns.taps);
  for (std::size_t y = 0; y < rows.cells; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (std::size_t k = 0; k < rows.taps; ++k) {
      const float weight = rows.weights[k * rows.cells + y];
      if (weight == 0.0F) continue;
      const auto row = static_cast<std::ptrdiff_t>(rows.first[y] + k);
      add(luma.samples + row * luma.row_bytes, luma.width, weight * scale, sums.data());
    }
    add_taps(columns, sums.data(), values.data() + y * columns.cells);
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
