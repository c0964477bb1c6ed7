#include "fingerprint/pdq.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kFrequencies = 16;
using CosineRows = std::array<float, kFrequencies * kGridSize>;

/// Rows 1..16 of the 64-point DCT-II matrix: row i is frequency i + 1.
const CosineRows& cosine_rows() {
  static const CosineRows rows = [] {
    CosineRows matrix{};
    const double scale = std::sqrt(2.0 / kGridSize);
    for (std::size_t i = 0; i < kFrequencies; ++i) {
      for (std::size_t j = 0; j < kGridSize; ++j) {
        const double angle =
            std::numbers::pi / (2.0 * kGridSize) * static_cast<double>((i + 1) * (2 * j + 1));
        matrix[i * kGridSize + j] = static_cast<float>(scale * std::cos(angle));
      }
    }
    return matrix;
  }();
  return rows;
}

std::array<float, kFrequencies * kFrequencies> low_frequencies(const LumaGrid& grid) {
  const CosineRows& cosines = cosine_rows();
  std::array<float, kFrequencies * kGridSize> half{};  // cosines × grid
  for (std::size_t i = 0; i < kFrequencies; ++i) {
    for (std::size_t k = 0; k < kGridSize; ++k) {
      const float weight = cosines[i * kGridSize + k];
      for (std::size_t j = 0; j < kGridSize; ++j)
        half[i * kGridSize + j] += weight * grid.cells[k * kGridSize + j];
    }
  }
  std::array<float, kFrequencies * kFrequencies> full{};  // half × cosinesᵀ
  for (std::size_t i = 0; i < kFrequencies; ++i) {
    for (std::size_t j = 0; j < kFrequencies; ++j) {
      float sum = 0;
      for (std::size_t k = 0; k < kGridSize; ++k) sum += half[i * kGridSize + k] * cosines[j * kGridSize + k];
      full[i * kFrequencies + j] = sum;
    }
  }
  return full;
}

/// Section 4.3: the sum of quantised gradients of the 64×64 picture, scaled so that 100 is "plenty".
std::uint8_t quality_of(const LumaGrid& grid) {
  const auto step = [](float a, float b) { return std::abs(static_cast<int>((a - b) * 100 / 255)); };
  int gradients = 0;
  for (std::size_t y = 0; y < kGridSize; ++y) {
    for (std::size_t x = 0; x < kGridSize; ++x) {
      if (y + 1 < kGridSize) gradients += step(grid.at(y, x), grid.at(y + 1, x));
      if (x + 1 < kGridSize) gradients += step(grid.at(y, x), grid.at(y, x + 1));
    }
  }
  return static_cast<std::uint8_t>(std::min(100, gradients / 90));
}

}  // namespace

FrameHash pdq_hash(const LumaGrid& grid) {
  const auto frequencies = low_frequencies(grid);
  auto sorted = frequencies;
  const auto middle =
      sorted.begin() + (sorted.size() - 1) / 2;  // the lower median, as the reference takes it
  std::nth_element(sorted.begin(), middle, sorted.end());

  FrameHash hash;
  for (std::size_t k = 0; k < frequencies.size(); ++k) {
    if (frequencies[k] > *middle) hash.words[k / 64] |= std::uint64_t{1} << (k % 64);
  }
  hash.quality = quality_of(grid);
  return hash;
}

}  // namespace reelprint::fingerprint
