// Pictures made in code, the same on every machine, for the tests of everything behind the decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "fingerprint/luma_grid.h"

namespace reelprint::test {

/// Luma with its own memory, 8 bit, row-major.
struct MadePicture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> luma;

  [[nodiscard]] std::uint8_t& at(std::size_t x, std::size_t y) { return luma[y * width + x]; }
  [[nodiscard]] std::uint8_t at(std::size_t x, std::size_t y) const { return luma[y * width + x]; }
  [[nodiscard]] fingerprint::LumaPlane plane() const {
    return {luma.data(), static_cast<std::ptrdiff_t>(width), width, height, 1, 8, 0};
  }
};

inline MadePicture flat_picture(std::size_t width, std::size_t height, std::uint8_t level) {
  return {width, height, std::vector<std::uint8_t>(width * height, level)};
}

/// A folded ramp 0..255..0, of period 512.
inline std::uint32_t folded(std::uint64_t value) {
  const auto phase = static_cast<std::uint32_t>(value % 512);
  return phase < 256 ? phase : 511 - phase;
}

/// The same scene at any size, in integers: soft slopes across the whole picture, three of them, and no two
/// parts alike.
inline MadePicture scene_picture(std::size_t width, std::size_t height, unsigned seed = 1) {
  MadePicture picture = flat_picture(width, height, 0);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      const std::uint64_t u = (2 * x + 1) * 4096 / (2 * width);  // the pixel's centre, 0..4095
      const std::uint64_t v = (2 * y + 1) * 4096 / (2 * height);
      const std::uint32_t slopes = folded((u * (3 + seed % 5) + v) / 9) +
                                   folded((v * 5 + u * 2 + seed * 97) / 11) +
                                   folded((u * v / 4096 * 7 + seed * 31) / 10);
      picture.at(x, y) = static_cast<std::uint8_t>(slopes / 3);
    }
  }
  return picture;
}

inline MadePicture mirrored(const MadePicture& picture) {
  MadePicture flipped = picture;
  for (std::size_t y = 0; y < picture.height; ++y) {
    for (std::size_t x = 0; x < picture.width; ++x) flipped.at(picture.width - 1 - x, y) = picture.at(x, y);
  }
  return flipped;
}

/// Blocks of 5×5 cells of random level: a picture with plenty of structure, unlike that of any other seed.
/// (Blocks of 8 would leave whole rows of the cosine transform empty, and their hash bits to chance.)
inline fingerprint::LumaGrid blocks_grid(std::uint32_t seed) {
  constexpr std::size_t kBlock = 5;
  constexpr std::size_t kBlocks = fingerprint::kGridSize / kBlock + 1;
  std::mt19937 random(seed);
  std::vector<float> levels;
  for (std::size_t i = 0; i < kBlocks * kBlocks; ++i) levels.push_back(static_cast<float>(random() % 256));
  fingerprint::LumaGrid grid;
  for (std::size_t row = 0; row < fingerprint::kGridSize; ++row) {
    for (std::size_t column = 0; column < fingerprint::kGridSize; ++column) {
      grid.cells[row * fingerprint::kGridSize + column] = levels[row / kBlock * kBlocks + column / kBlock];
    }
  }
  return grid;
}

inline fingerprint::LumaGrid flat_grid(float level) {
  fingerprint::LumaGrid grid;
  grid.cells.fill(level);
  return grid;
}

/// `share` 0..1 of the way from `a` to `b`.
inline fingerprint::LumaGrid blended(const fingerprint::LumaGrid& a, const fingerprint::LumaGrid& b,
                                     float share) {
  fingerprint::LumaGrid grid;
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    grid.cells[i] = a.cells[i] + share * (b.cells[i] - a.cells[i]);
  }
  return grid;
}

/// `grid` with every cell up to `levels` off.
inline fingerprint::LumaGrid shaken(fingerprint::LumaGrid grid, std::uint32_t seed, float levels) {
  std::mt19937 random(seed);
  for (float& cell : grid.cells) cell += levels * (static_cast<float>(random() % 2001) / 1000 - 1);
  return grid;
}

/// `grid` moved to the left by `cells`, what leaves on one side coming in on the other.
inline fingerprint::LumaGrid panned(const fingerprint::LumaGrid& grid, std::size_t cells) {
  fingerprint::LumaGrid moved;
  for (std::size_t row = 0; row < fingerprint::kGridSize; ++row) {
    for (std::size_t column = 0; column < fingerprint::kGridSize; ++column) {
      moved.cells[row * fingerprint::kGridSize + column] =
          grid.at(row, (column + cells) % fingerprint::kGridSize);
    }
  }
  return moved;
}

}  // namespace reelprint::test
