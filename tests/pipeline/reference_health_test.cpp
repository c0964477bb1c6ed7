#include "pipeline/reference_health.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace reelprint::pipeline {
namespace {

using std::chrono::seconds;

index::IndexedReference indexed(std::int64_t reference, std::int64_t episode, std::int64_t series,
                                std::vector<Keyframe> keyframes) {
  return {
      ReferenceId{reference}, EpisodeId{episode}, SeriesId{series}, seconds(60), std::move(keyframes), {}};
}

/// The keyframes [begin, end) of a print.
std::vector<Keyframe> some(const Fingerprint& print, std::ptrdiff_t begin, std::ptrdiff_t end) {
  return {print.keyframes.begin() + begin, print.keyframes.begin() + end};
}

TEST(ReferenceHealth, TellsWhatEachSecondIsGoodFor) {
  Fingerprint print = test::print_of(1, 90);
  for (int i = 0; i < 4; ++i) print.keyframes[static_cast<std::size_t>(i)].hash.quality = 0;
  for (int i = 4; i < 9; ++i) print.keyframes[static_cast<std::size_t>(i)].hash.quality = 20;
  index::FrameIndex frames;
  frames.add(indexed(1, 1, 1, print.keyframes));
  frames.add(indexed(2, 2, 1, some(print, 10, 16)));  // another episode
  frames.add(indexed(3, 3, 2, some(print, 16, 23)));  // another series of the holder
  frames.add(indexed(4, 4, 3, some(print, 20, 28)));  // another holder
  const auto health = examine({print, ReferenceId{1}, EpisodeId{1}, SeriesId{1}}, frames,
                              [](const auto& other) { return other.series != SeriesId{3}; });
  EXPECT_EQ(health.duration, seconds(90));
  EXPECT_EQ(health.whole.blank, seconds(4));
  EXPECT_EQ(health.whole.plain, seconds(5));
  EXPECT_EQ(health.whole.other_episodes, seconds(6));
  EXPECT_EQ(health.whole.other_series, seconds(4));
  EXPECT_EQ(health.whole.other_holders, seconds(8));
  EXPECT_EQ(health.whole.distinctive, seconds(63));
  ASSERT_EQ(health.minutes.size(), 2U);
  EXPECT_EQ(health.minutes[0].distinctive, seconds(33));
  EXPECT_EQ(health.minutes[1].distinctive, seconds(30));
  EXPECT_EQ(health.minutes[1].span.length(), seconds(30));
  ASSERT_EQ(health.weakest.size(), 1U);
  EXPECT_EQ(health.weakest[0].span.begin, Timestamp{0});
}

TEST(ReferenceHealth, CountsLongStillPictures) {
  Fingerprint print = test::print_of(1, 20);
  print.keyframes.resize(10);
  print.keyframes[9].span.end = {20'000'000};
  const auto health =
      examine({print, ReferenceId{1}, {}, {}}, index::FrameIndex(), [](const auto&) { return true; });
  EXPECT_EQ(health.still, seconds(11));
  EXPECT_EQ(health.whole.distinctive, seconds(20));
  EXPECT_TRUE(health.weakest.empty());
}

TEST(ReferenceHealth, OfNothingIsNothing) {
  const Fingerprint nothing;
  const auto health =
      examine({nothing, ReferenceId{1}, {}, {}}, index::FrameIndex(), [](const auto&) { return true; });
  EXPECT_EQ(health.whole, PictureTime{});
  EXPECT_TRUE(health.minutes.empty());
}

}  // namespace
}  // namespace reelprint::pipeline
