#include "fingerprint/shot_detector.h"

#include <gtest/gtest.h>

#include "made_pictures.h"

namespace reelprint::fingerprint {
namespace {

using test::blended;
using test::blocks_grid;
using test::flat_grid;
using test::panned;
using test::shaken;

/// Where everything changes all the time, the first picture and the two after the change began: then it is
/// usual.
constexpr std::size_t kStartsUntilUsual = 3;

/// Positions of the pictures that start a shot.
std::vector<std::size_t> starts_in(const std::vector<LumaGrid>& pictures) {
  ShotDetector detector;
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    if (detector.starts_shot(pictures[i])) starts.push_back(i);
  }
  return starts;
}

/// `count` pictures of one scene, each a little noisy.
void append_shot(std::vector<LumaGrid>& pictures, std::uint32_t scene, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    pictures.push_back(shaken(blocks_grid(scene), static_cast<std::uint32_t>(pictures.size()), 2));
  }
}

void append_fade(std::vector<LumaGrid>& pictures, const LumaGrid& from, const LumaGrid& to, int steps) {
  for (int i = 0; i <= steps; ++i) {
    pictures.push_back(blended(from, to, static_cast<float>(i) / static_cast<float>(steps)));
  }
}

TEST(ShotDetector, TakesTheFirstPictureForAStart) {
  EXPECT_EQ(starts_in({flat_grid(0)}), (std::vector<std::size_t>{0}));
}

TEST(ShotDetector, FindsEveryHardCutAndNothingElse) {
  std::vector<LumaGrid> pictures;
  for (const std::uint32_t scene : {1U, 2U, 3U, 4U, 5U}) append_shot(pictures, scene, 20);
  EXPECT_EQ(starts_in(pictures), (std::vector<std::size_t>{0, 20, 40, 60, 80}));
}

TEST(ShotDetector, FindsTheCutFromBlack) {
  std::vector<LumaGrid> pictures(10, flat_grid(16));
  append_shot(pictures, 7, 10);
  EXPECT_EQ(starts_in(pictures), (std::vector<std::size_t>{0, 10}));
}

TEST(ShotDetector, IsNotFooledByNoise) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t i = 0; i < 50; ++i) pictures.push_back(shaken(blocks_grid(1), i, 8));
  EXPECT_EQ(starts_in(pictures).size(), 1U);
}

TEST(ShotDetector, FindsNoCutInAFadeToBlack) {
  std::vector<LumaGrid> pictures;
  append_shot(pictures, 1, 10);
  append_fade(pictures, blocks_grid(1), flat_grid(0), 24);
  EXPECT_EQ(starts_in(pictures).size(), 1U);
}

TEST(ShotDetector, DoesNotTakeAQuickDissolveForARunOfCuts) {
  std::vector<LumaGrid> pictures;
  append_shot(pictures, 1, 10);
  append_fade(pictures, blocks_grid(1), blocks_grid(2), 6);
  append_shot(pictures, 2, 10);
  EXPECT_LE(starts_in(pictures).size(), kStartsUntilUsual);
}

TEST(ShotDetector, DoesNotTakeAPanThatStartsSuddenlyForARunOfCuts) {
  std::vector<LumaGrid> pictures(10, blocks_grid(3));
  for (std::size_t i = 1; i < 60; ++i) pictures.push_back(panned(blocks_grid(3), i));
  EXPECT_LE(starts_in(pictures).size(), kStartsUntilUsual);
}

TEST(ShotDetector, FindsACutWithinAPan) {
  std::vector<LumaGrid> pictures;
  for (std::size_t i = 0; i < 30; ++i) pictures.push_back(panned(blocks_grid(3), i));
  for (std::size_t i = 0; i < 30; ++i) pictures.push_back(panned(blocks_grid(4), i));
  const auto starts = starts_in(pictures);
  EXPECT_TRUE(std::find(starts.begin(), starts.end(), 30U) != starts.end());
}

TEST(ShotDetector, DoesNotTakeFlickerForARunOfCuts) {
  std::vector<LumaGrid> pictures;
  for (int i = 0; i < 100; ++i) pictures.push_back(flat_grid(i % 2 == 0 ? 40 : 200));
  EXPECT_LE(starts_in(pictures).size(), kStartsUntilUsual);
}

TEST(ShotDetector, DoesNotTakePicturesWithoutAnyLikenessForARunOfCuts) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t i = 0; i < 100; ++i) pictures.push_back(blocks_grid(100 + i));
  EXPECT_LE(starts_in(pictures).size(), kStartsUntilUsual);
}

}  // namespace
}  // namespace reelprint::fingerprint
