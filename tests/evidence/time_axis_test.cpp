#include "evidence/time_axis.h"

#include <gtest/gtest.h>

#include <limits>

namespace reelprint::evidence {
namespace {

TEST(TimeAxis, HasTicksAtRoundTimes) {
  EXPECT_EQ(ticks_of(10, 10), (std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(ticks_of(93, 8), (std::vector<double>{0, 15, 30, 45, 60, 75, 90}));
  EXPECT_EQ(ticks_of(5400, 10),
            (std::vector<double>{0, 600, 1200, 1800, 2400, 3000, 3600, 4200, 4800, 5400}));
}

TEST(TimeAxis, HasFewTicksWhateverTheLength) {
  for (const double length : {1e-9, 0.3, 77.0, 86'400.0, 1e6, 1e300}) {
    EXPECT_LE(ticks_of(length, 10).size(), 11U) << length;
    EXPECT_FALSE(ticks_of(length, 10).empty()) << length;
  }
  for (const double length :
       {0.0, -5.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(ticks_of(length, 10), std::vector<double>{0}) << length;
  }
  EXPECT_LE(ticks_of(50, 0).size(), 2U);
}

TEST(TimeAxis, WritesTimesAsAClock) {
  EXPECT_EQ(clock_text(7), "0:07");
  EXPECT_EQ(clock_text(750), "12:30");
  EXPECT_EQ(clock_text(3723), "1:02:03");
  EXPECT_EQ(clock_text(7.46, true), "0:07.5");
  EXPECT_EQ(clock_text(59.96, true), "1:00.0");
  EXPECT_EQ(clock_text(-3), "0:00");
  EXPECT_EQ(clock_text(std::numeric_limits<double>::quiet_NaN()), "0:00");
}

}  // namespace
}  // namespace reelprint::evidence
