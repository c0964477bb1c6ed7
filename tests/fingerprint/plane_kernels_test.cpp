#include "fingerprint/plane_kernels.h"

#include <gtest/gtest.h>

#include <random>

#include "fingerprint/plane_sampling.h"

namespace reelprint::fingerprint {
namespace {

std::vector<std::uint8_t> noise(std::size_t count) {
  std::mt19937 random(7);
  std::vector<std::uint8_t> bytes(count);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

/// Shrinks a plane of 8 bits with one plain loop a cell, in the order that the kernels promise.
std::vector<float> sampled_plainly(const LumaPlane& luma, const AxisTaps& rows, const AxisTaps& columns) {
  std::vector<float> values;
  for (std::size_t y = 0; y < rows.cells; ++y) {
    std::vector<float> sums(luma.width + columns.taps, 0.0F);
    for (std::size_t x = 0; x < luma.width; ++x) {
      for (std::size_t k = 0; k < rows.taps && rows.first[y] + k < luma.height; ++k) {
        const auto row = static_cast<std::ptrdiff_t>(rows.first[y] + k);
        sums[x] += rows.weights[k * rows.cells + y] *
                   static_cast<float>(luma.samples[row * luma.row_bytes + static_cast<std::ptrdiff_t>(x)]);
      }
    }
    for (std::size_t i = 0; i < columns.cells; ++i) {
      float value = 0;
      for (std::size_t k = 0; k < columns.taps; ++k)
        value += columns.weights[k * columns.cells + i] * sums[columns.first[i] + k];
      values.push_back(value);
    }
  }
  return values;
}

struct Shape {
  std::size_t width;
  std::size_t height;
  std::size_t columns;
  std::size_t rows;
};

// Below, at and above the widths that registers hold; shrunk a little, much, not at all, and stretched.
constexpr Shape kShapes[] = {{1, 1, 1, 1},       {15, 9, 7, 4},      {63, 40, 16, 20},    {64, 64, 64, 64},
                             {65, 33, 33, 33},   {90, 160, 75, 133}, {720, 90, 480, 60},  {721, 90, 600, 75},
                             {1080, 64, 64, 64}, {40, 30, 64, 64},   {128, 100, 127, 99}, {200, 10, 50, 10}};

TEST(PlaneKernels, GiveTheSameBitsOnEveryProcessor) {
  for (const Shape& shape : kShapes) {
    const auto bytes = noise(shape.width * shape.height);
    const LumaPlane luma{
        bytes.data(), static_cast<std::ptrdiff_t>(shape.width), shape.width, shape.height, 1, 8, 0};
    const AxisTaps rows = area_taps(shape.height, shape.rows);
    const AxisTaps columns = area_taps(shape.width, shape.columns);
    const auto expected = sampled_plainly(luma, rows, columns);
    for (const PlaneKernels& kernels : plane_kernels()) {
      EXPECT_EQ(sample(luma, rows, columns, kernels), expected)
          << kernels.name << ", " << shape.width << "×" << shape.height << " to " << shape.columns << "×"
          << shape.rows;
    }
  }
}

TEST(PlaneKernels, ReadPlanesFromTheBottomUp) {
  const auto bytes = noise(std::size_t{100} * 80);
  const LumaPlane upside_down{bytes.data() + 79 * 100, -100, 100, 80, 1, 8, 0};
  const AxisTaps rows = area_taps(80, 64);
  const AxisTaps columns = area_taps(100, 64);
  const auto expected = sampled_plainly(upside_down, rows, columns);
  for (const PlaneKernels& kernels : plane_kernels())
    EXPECT_EQ(sample(upside_down, rows, columns, kernels), expected) << kernels.name;
}

}  // namespace
}  // namespace reelprint::fingerprint
