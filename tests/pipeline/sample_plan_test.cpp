#include "pipeline/sample_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

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

TEST(SamplePlan, LeavesNoGapWiderThanEveryLessWindow) {
  const SampleSettings settings;
  for (const Duration length : {Duration{61s}, Duration{90s}, Duration{300s}, Duration{2h}}) {
    const auto windows = sample_windows(length, settings);
    ASSERT_FALSE(windows.empty());
    EXPECT_EQ(windows.front().begin, at(0));
    EXPECT_LE(Timestamp{length.count()} - windows.back().end, settings.every - settings.window);
    for (std::size_t i = 1; i < windows.size(); ++i)
      EXPECT_LE(windows[i].begin - windows[i - 1].end, settings.every - settings.window);
  }
}

TEST(SamplePlan, BeginsItsWindowsWhereADecoderCanBegin) {
  std::vector<Timestamp> keys;
  for (int i = 0; i < 100; ++i) keys.push_back(at(4.5 * i));
  SampleSettings settings;
  settings.window = 3s;
  settings.every = 13s;
  const auto windows = sample_windows(450s, settings, keys);
  ASSERT_GT(windows.size(), 2U);
  for (std::size_t i = 0; i < windows.size(); ++i) {
    EXPECT_TRUE(std::ranges::binary_search(keys, windows[i].begin));
    if (i > 0) {
      EXPECT_LE(windows[i].begin - windows[i - 1].end, 10s);
    }
  }
}

TEST(SamplePlan, LooksBetweenKeysThatLieTooFarApart) {
  const auto windows = sample_windows(300s, {}, {at(0), at(250)});
  ASSERT_GT(windows.size(), 3U);
  const SampleSettings settings;
  for (std::size_t i = 1; i < windows.size(); ++i)
    EXPECT_LE(windows[i].begin - windows[i - 1].end, settings.every - settings.window);
}

TEST(SamplePlan, LooksAtNoMoreWindowsThanItMay) {
  SampleSettings settings;
  settings.most_windows = 5;
  EXPECT_EQ(sample_windows(2h, settings).size(), 5U);
  std::vector<Timestamp> keys;
  for (int i = 0; i < 7200; ++i) keys.push_back(at(i));
  EXPECT_LE(sample_windows(2h, settings, keys).size(), 10U);
}

TEST(SamplePlan, KnowsNothingOfAVideoWithoutLength) {
  EXPECT_TRUE(sample_windows(0s, {}).empty());
  EXPECT_TRUE(sample_pieces({}, {}).empty());
}

std::vector<Interval> pieces_of(double length_s, int count) {
  std::vector<Interval> pieces;
  for (int i = 0; i < count; ++i) pieces.push_back({at(length_s * i), at(length_s * (i + 1))});
  return pieces;
}

TEST(SamplePlan, TakesAPieceThatIsNearlyAWindowForOne) {
  SampleSettings settings;
  settings.window = 5s;
  settings.every = 15s;
  const auto chosen = sample_pieces(pieces_of(4, 30), settings);
  EXPECT_EQ(chosen, (std::vector<std::size_t>{0, 4, 8, 12, 16, 20, 24, 28}));
}

TEST(SamplePlan, TakesAsManyShortPiecesAsAWindowNeeds) {
  SampleSettings settings;
  settings.window = 5s;
  settings.every = 15s;
  const auto chosen = sample_pieces(pieces_of(2, 30), settings);
  const std::vector<std::size_t> first(chosen.begin(), chosen.begin() + 4);
  EXPECT_EQ(first, (std::vector<std::size_t>{0, 1, 8, 9}));
}

TEST(SamplePlan, LeavesNoGapBetweenPiecesThatIsAQuarterWiderThanBetweenWindows) {
  for (const double length_s : {1.0, 2.0, 4.0, 6.0, 10.0}) {
    const auto pieces = pieces_of(length_s, 100);
    const SampleSettings settings;
    const Duration widest = (settings.every - settings.window) * 5 / 4;
    Timestamp reached = at(0);
    for (const std::size_t i : sample_pieces(pieces, settings)) {
      EXPECT_LE(pieces[i].begin - reached, widest) << length_s;
      reached = pieces[i].end;
    }
    EXPECT_LE(pieces.back().end - reached, widest) << length_s;
  }
}

TEST(SamplePlan, TakesAllPiecesOfWhatIsShort) {
  EXPECT_EQ(sample_pieces(pieces_of(6, 5), {}).size(), 5U);
}

TEST(SamplePlan, SpreadsBytesOverAFileWithoutAMap) {
  const auto stretches = sample_stretches(100'000'000, 800s, {});
  EXPECT_EQ(stretches.front().begin, 0U);
  EXPECT_GE(stretches.back().end, 98'000'000U);
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
