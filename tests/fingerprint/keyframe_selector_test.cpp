#include "fingerprint/keyframe_selector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "made_pictures.h"

namespace reelprint::fingerprint {
namespace {

using test::blended;
using test::blocks_grid;
using test::flat_grid;
using test::panned;
using test::shaken;

constexpr std::int64_t kRate_hz = 25;

Timestamp picture_time(std::size_t picture, std::int64_t rate_hz = kRate_hz) {
  return {static_cast<std::int64_t>(picture) * 1'000'000 / rate_hz};
}

/// The keyframes of pictures shown at a steady rate.
std::vector<Keyframe> select(const std::vector<LumaGrid>& pictures,
                             const SelectionSettings& settings = selection_of(Effort::standard),
                             std::int64_t rate_hz = kRate_hz) {
  KeyframeSelector selector(settings);
  for (std::size_t i = 0; i < pictures.size(); ++i) selector.add(pictures[i], picture_time(i, rate_hz));
  return selector.finish(Duration{picture_time(pictures.size(), rate_hz).us});
}

/// Shots in which one scene slowly turns into another, parted by cuts.
std::vector<LumaGrid> moving_shots(std::uint32_t shots, std::uint32_t pictures_each) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t shot = 0; shot < shots; ++shot) {
    const auto begin = blocks_grid(10 + 2 * shot);
    const auto end = blocks_grid(11 + 2 * shot);
    for (std::uint32_t i = 0; i < pictures_each; ++i) {
      pictures.push_back(blended(begin, end, static_cast<float>(i) / static_cast<float>(pictures_each)));
    }
  }
  return pictures;
}

/// A plain ground with structure in the lowest `rows` of its rows.
LumaGrid caption_grid(std::size_t rows) {
  LumaGrid grid = flat_grid(16);
  const LumaGrid text = blocks_grid(5);
  const std::size_t first = (kGridSize - rows) * kGridSize;
  std::copy(text.cells.begin() + static_cast<std::ptrdiff_t>(first), text.cells.end(),
            grid.cells.begin() + static_cast<std::ptrdiff_t>(first));
  return grid;
}

TEST(KeyframeSelector, CoversTheVideoWithoutGaps) {
  const auto keyframes = select(moving_shots(5, 63));
  ASSERT_FALSE(keyframes.empty());
  EXPECT_EQ(keyframes.front().span.begin, Timestamp{0});
  EXPECT_EQ(keyframes.back().span.end, picture_time(5 * 63));
  for (std::size_t i = 1; i < keyframes.size(); ++i) {
    EXPECT_EQ(keyframes[i - 1].span.end, keyframes[i].span.begin) << "keyframe " << i;
  }
}

TEST(KeyframeSelector, LeavesNoKeyframeEmpty) {
  const auto keyframes = select(moving_shots(5, 63));
  EXPECT_TRUE(std::ranges::none_of(keyframes, [](const Keyframe& k) { return k.span.is_empty(); }));
}

TEST(KeyframeSelector, StartsAShotAtEveryCut) {
  std::vector<std::int64_t> starts;
  for (const Keyframe& keyframe : select(moving_shots(4, 63))) {
    if (keyframe.starts_shot) starts.push_back(keyframe.span.begin.us);
  }
  EXPECT_EQ(starts,
            (std::vector<std::int64_t>{0, picture_time(63).us, picture_time(126).us, picture_time(189).us}));
}

TEST(KeyframeSelector, MergesAStillIntoOneKeyframe) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t i = 0; i < 250; ++i) pictures.push_back(shaken(blocks_grid(1), i, 1));
  EXPECT_EQ(select(pictures).size(), 1U);
}

TEST(KeyframeSelector, KeepsTwoStillsApartWhereACutParts) {
  std::vector<LumaGrid> pictures(50, blocks_grid(1));
  pictures.insert(pictures.end(), 50, blocks_grid(2));
  const auto keyframes = select(pictures);
  ASSERT_EQ(keyframes.size(), 2U);
  EXPECT_EQ(keyframes[1].span.begin, picture_time(50));
}

TEST(KeyframeSelector, GivesABlankPictureNoQuality) {
  const auto keyframes = select(std::vector<LumaGrid>(30, shaken(flat_grid(128), 3, 3)));
  ASSERT_EQ(keyframes.size(), 1U);
  EXPECT_EQ(keyframes[0].hash.quality, 0);
}

TEST(KeyframeSelector, GivesTextOnAPlainGroundNoQuality) {
  const LumaGrid caption = caption_grid(8);
  ASSERT_GT(flat_share(caption), 0.8F);
  EXPECT_EQ(select({caption}).at(0).hash.quality, 0);
}

TEST(KeyframeSelector, LeavesAPictureWithAPlainHalfItsQuality) {
  const LumaGrid half = caption_grid(32);
  ASSERT_LT(flat_share(half), 0.8F);
  EXPECT_GE(select({half}).at(0).hash.quality, 50);
}

TEST(KeyframeSelector, MergesBlankPicturesWhateverTheirHashes) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t i = 0; i < 100; ++i) pictures.push_back(shaken(flat_grid(30), i, 3));
  EXPECT_EQ(select(pictures).size(), 1U);
}

TEST(KeyframeSelector, SamplesASteadyRateWhereLittleChanges) {
  const auto scene = blocks_grid(1);
  std::vector<LumaGrid> pictures;
  for (std::size_t i = 0; i < 250; ++i)
    pictures.push_back(blended(scene, blocks_grid(2), static_cast<float>(i) / 250));
  const auto keyframes = select(pictures);
  EXPECT_GE(keyframes.size(), 10U);
  EXPECT_LE(keyframes.size(), 20U) << "two a second";
}

TEST(KeyframeSelector, SamplesMoreOftenWhereMuchChanges) {
  std::vector<LumaGrid> pictures;
  for (std::size_t i = 0; i < 100; ++i) pictures.push_back(panned(blocks_grid(1), i));
  EXPECT_GT(select(pictures).size(), 20U) << "four seconds at two a second are eight";
}

TEST(KeyframeSelector, NeverTakesMoreThanEightSamplesASecond) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t i = 0; i < 600; ++i) pictures.push_back(blocks_grid(1000 + i));
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep}) {
    SelectionSettings settings = selection_of(effort);
    settings.detect_shots = false;
    std::map<std::int64_t, int> in_second;
    for (const Keyframe& keyframe : select(pictures, settings, 60))
      ++in_second[keyframe.span.begin.us / 1'000'000];
    for (const auto& [second, count] : in_second)
      EXPECT_LE(count, 8) << to_string(effort) << ", second " << second;
  }
}

TEST(KeyframeSelector, IsBoundedThoughNoPictureResemblesTheOneBefore) {
  std::vector<LumaGrid> pictures;
  for (std::uint32_t i = 0; i < 600; ++i) pictures.push_back(blocks_grid(1000 + i));
  EXPECT_LE(select(pictures, selection_of(Effort::standard), 60).size(), 10U * 8 + 5);
}

TEST(KeyframeSelector, MakesNothingOfNoPictures) {
  EXPECT_TRUE(select({}).empty());
}

TEST(KeyframeSelector, StretchesASinglePictureOverTheWholeDuration) {
  KeyframeSelector selector(selection_of(Effort::standard));
  selector.add(blocks_grid(1), Timestamp{0});
  const auto keyframes = selector.finish(std::chrono::seconds(7));
  ASSERT_EQ(keyframes.size(), 1U);
  EXPECT_EQ(keyframes[0].span, (Interval{Timestamp{0}, Timestamp{7'000'000}}));
  EXPECT_TRUE(keyframes[0].starts_shot);
}

TEST(KeyframeSelector, ShowsTheLaterOfTwoPicturesWithOneTime) {
  KeyframeSelector selector(selection_of(Effort::standard));
  selector.add(blocks_grid(1), Timestamp{0});
  selector.add(blocks_grid(2), Timestamp{0});
  const auto keyframes = selector.finish(std::chrono::seconds(1));
  ASSERT_EQ(keyframes.size(), 1U);
  EXPECT_EQ(keyframes[0].hash, select({blocks_grid(2)}).at(0).hash);
}

TEST(KeyframeSelector, MakesNothingOfAVideoThatTakesNoTime) {
  KeyframeSelector selector(selection_of(Effort::standard));
  selector.add(blocks_grid(1), Timestamp{0});
  EXPECT_TRUE(selector.finish(Duration{0}).empty());
}

TEST(KeyframeSelector, FindsNoShotsWherePicturesAreSecondsApart) {
  KeyframeSelector selector(selection_of(Effort::fast));
  for (std::uint32_t i = 0; i < 10; ++i) selector.add(blocks_grid(i), Timestamp{i * 3'000'000});
  const auto keyframes = selector.finish(std::chrono::seconds(30));
  EXPECT_EQ(keyframes.size(), 10U);
  EXPECT_TRUE(std::ranges::none_of(keyframes, &Keyframe::starts_shot));
}

}  // namespace
}  // namespace reelprint::fingerprint
