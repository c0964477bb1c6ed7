#include "crawler/revisit.h"

#include <gtest/gtest.h>

#include <limits>

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

TEST(RevisitDelay, IsADayUntilTwoVisitsCanBeCompared) {
  EXPECT_EQ(revisit_delay({}), 24h);
  EXPECT_EQ(revisit_delay({.visits = 1, .changes = 0, .span = 0s}), 24h);
}

TEST(RevisitDelay, DoublesWhileNothingChanges) {
  EXPECT_EQ(revisit_delay({.visits = 2, .changes = 0, .span = 24h}), 48h);
  EXPECT_EQ(revisit_delay({.visits = 3, .changes = 0, .span = 72h}), 72h);
}

TEST(RevisitDelay, IsShorterTheMoreOftenItChanged) {
  auto last = std::chrono::seconds::max();
  for (int changes = 0; changes <= 10; ++changes) {
    const auto delay = revisit_delay({.visits = 11, .changes = changes, .span = 240h});
    EXPECT_LE(delay, last) << changes;
    last = delay;
  }
  EXPECT_LT(last, 12h);
}

TEST(RevisitDelay, FindsTheHalfLifeOfAPageThatChangesByPoisson) {
  // One change in two days on average, looked at daily: 1 - exp(-1/2) = 39.3 % of the visits see one.
  const auto delay = revisit_delay({.visits = 1001, .changes = 393, .span = 1000 * 24h});
  EXPECT_NEAR(static_cast<double>(delay.count()) / 3600, 48 * 0.6931, 0.3);
}

TEST(RevisitDelay, StaysBetweenAnHourAndThirtyDaysWhateverTheFigures) {
  const int most = std::numeric_limits<int>::max();
  for (const PageHistory& odd :
       {PageHistory{most, most, 1s}, PageHistory{most, 0, std::chrono::seconds::max()},
        PageHistory{2, -5, -1s}, PageHistory{2, 99, 1s}}) {
    EXPECT_GE(revisit_delay(odd), 1h);
    EXPECT_LE(revisit_delay(odd), 24h * 30);
  }
}

TEST(RetryDelay, GrowsUpToADayAndEnds) {
  EXPECT_EQ(retry_delay(1), 1min);
  EXPECT_EQ(retry_delay(2), 5min);
  EXPECT_EQ(retry_delay(3), 25min);
  EXPECT_EQ(retry_delay(6), 24h);
  EXPECT_EQ(retry_delay(8), 24h);
  EXPECT_FALSE(retry_delay(9));
}

TEST(RetryDelay, WaitsAsLongAsTheServerAsksUpToADay) {
  EXPECT_EQ(retry_delay(1, 10min), 10min);
  EXPECT_EQ(retry_delay(1, 24h * 365), 24h);
  EXPECT_EQ(retry_delay(3, 1s), 25min);
}

}  // namespace
}  // namespace reelprint::crawler
