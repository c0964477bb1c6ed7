#include "pipeline/sample_plan.h"

#include <gtest/gtest.h>

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;

Timestamp at(double s) {
  return Timestamp{} + duration_of(s);
}

TEST(SamplePlan, LooksAtAllOfWhatIsShort) {
  const auto windows = sample_windows(30s, {});
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_EQ(windows[0], (Interval{at(0), at(30)}));
}

TEST(SamplePlan, HoldsAWholeWindowInEveryStretchOfEveryPlusWindow) {
  const SampleSettings settings;
  for (const Duration length : {Duration{61s}, Duration{90s}, Duration{300s}, Duration{2h}}) {
    const auto windows = sample_windows(length, settings);
    ASSERT_FALSE(windows.empty());
    EXPECT_EQ(windows.front().begin, at(0));
    EXPECT_EQ(windows.back().end, Timestamp{length.count()});
    for (std::size_t i = 1; i < windows.size(); ++i)
      EXPECT_LE(windows[i].begin - windows[i - 1].begin, settings.every);
  }
}

TEST(SamplePlan, LooksAtNoMoreWindowsThanItMay) {
  SampleSettings settings;
  settings.most_windows = 5;
  EXPECT_EQ(sample_windows(2h, settings).size(), 5U);
}

TEST(SamplePlan, KnowsNothingOfAVideoWithoutLength) {
  EXPECT_TRUE(sample_windows(0s, {}).empty());
  EXPECT_TRUE(sample_pieces({}, {}).empty());
}

TEST(SamplePlan, TakesThePiecesThatAWindowTouchesOnceEach) {
  std::vector<Interval> pieces;
  for (int i = 0; i < 40; ++i) pieces.push_back({at(6 * i), at(6 * i + 6)});
  SampleSettings settings;
  settings.window = std::chrono::seconds(10);
  settings.every = std::chrono::seconds(40);
  const auto chosen = sample_pieces(pieces, settings);
  EXPECT_LE(chosen.size(), pieces.size() / 2);
  EXPECT_EQ(chosen.front(), 0U);
  EXPECT_EQ(chosen.back(), pieces.size() - 1);
  for (std::size_t i = 1; i < chosen.size(); ++i) EXPECT_LT(chosen[i - 1], chosen[i]);
}

TEST(SamplePlan, SpreadsBytesOverAFileWithoutAMap) {
  const auto stretches = sample_stretches(100'000'000, 800s, {});
  EXPECT_EQ(stretches.front().begin, 0U);
  EXPECT_EQ(stretches.back().end, 100'000'000U);
  std::uint64_t sum = 0;
  for (const ByteStretch& stretch : stretches) sum += stretch.end - stretch.begin;
  EXPECT_LT(sum, 35'000'000U);
}

TEST(SamplePlan, JoinsStretchesThatAreNear) {
  EXPECT_EQ(joined_stretches({{50, 60}, {0, 10}, {12, 20}, {55, 58}, {7, 7}}, 2),
            (std::vector<ByteStretch>{{0, 20}, {50, 60}}));
}

}  // namespace
}  // namespace reelprint::pipeline
