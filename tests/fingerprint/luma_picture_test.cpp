#include "fingerprint/luma_picture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "fingerprint/luma_grid.h"

namespace reelprint::fingerprint {
namespace {

LumaPicture noise(std::size_t width, std::size_t height) {
  std::mt19937 random(1);
  LumaPicture picture{width, height, std::vector<std::uint8_t>(width * height)};
  for (std::uint8_t& luma : picture.luma) luma = static_cast<std::uint8_t>(random());
  return picture;
}

TEST(LumaPicture, ShrinksByTheAreaMean) {
  // 4×2 to 2×1: (10 + 20 + 30 + 40) / 4 and (1 + 2 + 3 + 4) / 4 = 2.5, rounded up.
  const LumaPicture picture{4, 2, {10, 20, 1, 2, 30, 40, 3, 4}};
  EXPECT_EQ(shrink_to(picture.plane(), 1), (LumaPicture{2, 1, {25, 3}}));
}

TEST(LumaPicture, NeverEnlarges) {
  const LumaPicture picture = noise(50, 30);
  EXPECT_EQ(shrink_to(picture.plane(), 320), picture);
  EXPECT_EQ(shrink_to(picture.plane(), 30), picture);
}

TEST(LumaPicture, KeepsTheAspectRatio) {
  const LumaPicture wide = shrink_to(noise(1280, 720).plane(), 320);
  EXPECT_EQ(wide.height, 320U);
  EXPECT_EQ(wide.width, 569U);
  const LumaPicture tall = shrink_to(noise(540, 960).plane(), 320);
  EXPECT_EQ(tall.width, 320U);
  EXPECT_EQ(tall.height, 569U);
}

TEST(LumaPicture, IsUpright) {
  // 1 2 3    a quarter turn clockwise:  4 1, half:  6 5 4, three quarters:  3 6
  // 4 5 6                               5 2         3 2 1                   2 5
  //                                     6 3                                 1 4
  const LumaPicture stored{3, 2, {1, 2, 3, 4, 5, 6}};
  const auto upright = [&](int quarter_turns) {
    LumaPlane plane = stored.plane();
    plane.quarter_turns = quarter_turns;
    return shrink_to(plane, 2);
  };
  EXPECT_EQ(upright(1), (LumaPicture{2, 3, {4, 1, 5, 2, 6, 3}}));
  EXPECT_EQ(upright(2), (LumaPicture{3, 2, {6, 5, 4, 3, 2, 1}}));
  EXPECT_EQ(upright(3), (LumaPicture{2, 3, {3, 6, 2, 5, 1, 4}}));
}

TEST(LumaPicture, ReadsTenBitsAndBottomUpRows) {
  const std::vector<std::uint8_t> samples = {0xFF, 0x03, 0x00, 0x02,
                                             0x04, 0x00, 0x00, 0x00};  // 1023 512 / 4 0
  const LumaPlane plane{samples.data() + 4, -4, 2, 2, 2, 10, 0};
  EXPECT_EQ(shrink_to(plane, 2), (LumaPicture{2, 2, {1, 0, 255, 128}}));
}

TEST(LumaPicture, IsEmptyForAnEmptyPlaneOrSize) {
  EXPECT_EQ(shrink_to({}, 320), LumaPicture{});
  EXPECT_EQ(shrink_to(noise(8, 8).plane(), 0), LumaPicture{});
}

TEST(LumaPicture, OfHugeThinPicturesIsBounded) {
  for (const auto& [width, height] :
       {std::pair(60000, 20), std::pair(20, 60000), std::pair(60000, 1), std::pair(20000, 400)}) {
    const LumaPicture picture =
        shrink_to(noise(static_cast<std::size_t>(width), static_cast<std::size_t>(height)).plane(), 320);
    EXPECT_LE(std::max(picture.width, picture.height), kMostElongated * 320);
    EXPECT_GE(std::min(picture.width, picture.height), 1U);
  }
}

// The oracle: luma_grid's area mean, before rounding.
TEST(LumaPicture, AgreesWithTheGridAtItsSize) {
  for (const auto& [width, height] : {std::pair(300, 300), std::pair(64, 64), std::pair(777, 777)}) {
    const LumaPicture picture = noise(static_cast<std::size_t>(width), static_cast<std::size_t>(height));
    const LumaPicture small = shrink_to(picture.plane(), kGridSize);
    const LumaGrid grid = shrink(picture.plane());
    for (std::size_t i = 0; i < small.luma.size(); ++i) EXPECT_NEAR(small.luma[i], grid.cells[i], 0.51F);
  }
}

}  // namespace
}  // namespace reelprint::fingerprint
