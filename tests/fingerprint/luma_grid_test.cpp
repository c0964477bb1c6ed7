#include "fingerprint/luma_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "made_pictures.h"

namespace reelprint::fingerprint {
namespace {

using test::flat_grid;
using test::flat_picture;
using test::MadePicture;
using test::scene_picture;

constexpr Sampling kSamplings[] = {Sampling::area_mean, Sampling::published};

/// The same picture with two bytes a sample, the luma in the upper bits of `bit_depth`.
std::vector<std::uint8_t> deepened(const MadePicture& picture, int bit_depth) {
  std::vector<std::uint8_t> bytes;
  for (const std::uint8_t level : picture.luma) {
    const int sample = level << (bit_depth - 8);
    bytes.push_back(static_cast<std::uint8_t>(sample & 0xFF));
    bytes.push_back(static_cast<std::uint8_t>(sample >> 8));
  }
  return bytes;
}

float largest_difference(const LumaGrid& a, const LumaGrid& b) {
  float largest = 0;
  for (std::size_t i = 0; i < a.cells.size(); ++i)
    largest = std::max(largest, std::abs(a.cells[i] - b.cells[i]));
  return largest;
}

TEST(LumaGrid, KeepsAFlatPictureFlatAtAnySize) {
  for (const auto& [width, height] :
       {std::pair{1, 1}, {16, 16}, {33, 17}, {64, 64}, {65, 63}, {640, 360}, {1, 500}}) {
    const auto picture = flat_picture(static_cast<std::size_t>(width), static_cast<std::size_t>(height), 200);
    for (const Sampling sampling : kSamplings) {
      EXPECT_LE(largest_difference(shrink(picture.plane(), sampling), flat_grid(200)), 0.01F)
          << width << "×" << height;
    }
  }
}

TEST(LumaGrid, IsBlackForAnEmptyPlane) {
  for (const Sampling sampling : kSamplings) EXPECT_EQ(shrink({}, sampling).cells, flat_grid(0).cells);
}

TEST(LumaGrid, IsThePictureItselfAt64Pixels) {
  const MadePicture picture = scene_picture(64, 64);
  const LumaGrid grid = shrink(picture.plane());
  for (std::size_t i = 0; i < grid.cells.size(); ++i)
    ASSERT_EQ(grid.cells[i], picture.luma[i]) << "cell " << i;
}

TEST(LumaGrid, TakesTheMeanOfEachCell) {
  MadePicture picture = flat_picture(128, 128, 0);
  picture.at(2, 4) = 100;
  picture.at(3, 5) = 60;
  const LumaGrid grid = shrink(picture.plane());
  EXPECT_FLOAT_EQ(grid.at(2, 1), 40);
  EXPECT_FLOAT_EQ(grid.at(2, 0), 0);
}

TEST(LumaGrid, SharesAPixelOnACellBorderInProportion) {
  MadePicture picture = flat_picture(96, 64, 0);  // a cell is one and a half pixels wide
  picture.at(1, 0) = 90;
  const LumaGrid grid = shrink(picture.plane());
  EXPECT_FLOAT_EQ(grid.at(0, 0), 30);
  EXPECT_FLOAT_EQ(grid.at(0, 1), 30);
}

TEST(LumaGrid, KeepsTheMeanOfThePicture) {
  for (const auto& [width, height] : {std::pair{33, 17}, {100, 75}, {641, 359}}) {
    const auto picture = scene_picture(static_cast<std::size_t>(width), static_cast<std::size_t>(height));
    double sum = 0;
    for (const std::uint8_t level : picture.luma) sum += level;
    double grid_sum = 0;
    for (const float cell : shrink(picture.plane()).cells) grid_sum += cell;
    EXPECT_NEAR(grid_sum / 4096, sum / static_cast<double>(picture.luma.size()), 0.01)
        << width << "×" << height;
  }
}

TEST(LumaGrid, ReadsBottomUpPlanes) {
  const MadePicture picture = scene_picture(100, 75);
  MadePicture upside_down = picture;
  for (std::size_t y = 0; y < 75; ++y) {
    for (std::size_t x = 0; x < 100; ++x) upside_down.at(x, 74 - y) = picture.at(x, y);
  }
  LumaPlane plane = upside_down.plane();
  plane.samples += 74 * 100;
  plane.row_bytes = -100;
  for (const Sampling sampling : kSamplings) {
    EXPECT_EQ(shrink(plane, sampling).cells, shrink(picture.plane(), sampling).cells);
  }
}

TEST(LumaGrid, SkipsThePaddingOfRows) {
  const MadePicture picture = scene_picture(50, 40);
  std::vector<std::uint8_t> padded(64 * 40, 255);
  for (std::size_t y = 0; y < 40; ++y) {
    std::copy_n(picture.luma.begin() + static_cast<std::ptrdiff_t>(y * 50), 50,
                padded.begin() + static_cast<std::ptrdiff_t>(y * 64));
  }
  EXPECT_EQ(shrink({padded.data(), 64, 50, 40, 1, 8, 0}).cells, shrink(picture.plane()).cells);
}

TEST(LumaGrid, ScalesDeepSamplesToEightBits) {
  const MadePicture picture = scene_picture(100, 75);
  for (const int bit_depth : {10, 12, 16}) {
    const auto bytes = deepened(picture, bit_depth);
    const LumaPlane plane{bytes.data(), 200, 100, 75, 2, bit_depth, 0};
    EXPECT_LE(largest_difference(shrink(plane), shrink(picture.plane())), 0.01F) << bit_depth << " bits";
  }
}

// The one-byte loop is compiled once for each kind of processor, the two-byte loop is not: whatever this
// machine picks must give the same bits as the plain one.
TEST(LumaGrid, GivesTheSameBitsWhateverInstructionsTheProcessorHas) {
  for (const auto& [width, height] : {std::pair{33, 17}, {100, 75}, {641, 359}, {1280, 720}}) {
    const auto picture = scene_picture(static_cast<std::size_t>(width), static_cast<std::size_t>(height));
    const auto bytes = deepened(picture, 8);
    const LumaPlane two_bytes{bytes.data(), 2 * width, picture.width, picture.height, 2, 8, 0};
    for (const Sampling sampling : kSamplings) {
      EXPECT_EQ(shrink(two_bytes, sampling).cells, shrink(picture.plane(), sampling).cells)
          << width << "×" << height;
    }
  }
}

TEST(LumaGrid, IsTurnedUprightClockwise) {
  MadePicture picture = flat_picture(64, 64, 0);
  picture.at(10, 0) = 255;  // top row, the eleventh from the left
  LumaPlane plane = picture.plane();
  plane.quarter_turns = 1;
  EXPECT_EQ(shrink(plane).at(10, 63), 255) << "the top row becomes the right column";
  plane.quarter_turns = 2;
  EXPECT_EQ(shrink(plane).at(63, 53), 255);
  plane.quarter_turns = 3;
  EXPECT_EQ(shrink(plane).at(53, 0), 255) << "the top row becomes the left column";
}

TEST(LumaGrid, HasOneFormForOnePictureOfTwoSizes) {
  const LumaGrid large = shrink(scene_picture(1280, 720).plane());
  EXPECT_LE(mean_difference(large, shrink(scene_picture(320, 180).plane())), 1.0F);
}

TEST(MeanDifference, IsInLevels) {
  EXPECT_FLOAT_EQ(mean_difference(flat_grid(10), flat_grid(35)), 25);
  EXPECT_FLOAT_EQ(mean_difference(flat_grid(35), flat_grid(10)), 25);
  EXPECT_FLOAT_EQ(mean_difference(flat_grid(9), flat_grid(9)), 0);
}

TEST(FlatShare, CountsTheCellsNearTheCommonestLevel) {
  LumaGrid grid = flat_grid(100);
  for (std::size_t i = 0; i < 1024; ++i) grid.cells[i] = static_cast<float>(i % 2 == 0 ? 104 : 95);
  EXPECT_FLOAT_EQ(flat_share(grid), 0.875F) << "104 is within four levels of 100, 95 is not";
}

TEST(FlatShare, IsOneForBlankPicturesOfAnyLevel) {
  for (const float level : {0.0F, 128.0F, 255.0F}) EXPECT_EQ(flat_share(flat_grid(level)), 1.0F);
}

TEST(FlatShare, IsSmallForAPictureFullOfThings) {
  EXPECT_LT(flat_share(shrink(scene_picture(320, 180).plane())), 0.3F);
}

}  // namespace
}  // namespace reelprint::fingerprint
