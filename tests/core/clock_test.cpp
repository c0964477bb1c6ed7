#include "core/clock.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

using namespace std::chrono_literals;

WallTime at(std::chrono::year_month_day day, std::chrono::microseconds time_of_day) {
  return std::chrono::sys_days{day} + time_of_day;
}

TEST(Rfc3339, IsUtcWithWholeSeconds) {
  EXPECT_EQ(to_rfc3339(at({2026y, std::chrono::November, 20d}, 9h + 30min)), "2026-11-20T09:30:00Z");
  EXPECT_EQ(to_rfc3339(WallTime{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(at({2024y, std::chrono::February, 29d}, 23h + 59min + 59s)), "2024-02-29T23:59:59Z");
}

TEST(Rfc3339, CutsFractionsTowardsThePast) {
  EXPECT_EQ(to_rfc3339(WallTime{999'999us}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(WallTime{-1us}), "1969-12-31T23:59:59Z");
}

TEST(Rfc3339, IsReadWithFractionsAndOffsets) {
  const WallTime morning = at({2026y, std::chrono::November, 20d}, 9h + 30min);
  EXPECT_EQ(wall_time_of("2026-11-20T09:30:00Z"), morning);
  EXPECT_EQ(wall_time_of("2026-11-20t09:30:00z"), morning);
  EXPECT_EQ(wall_time_of("2026-11-20 17:30:00+08:00"), morning);
  EXPECT_EQ(wall_time_of("2026-11-19T23:00:00-10:30"), morning);
  EXPECT_EQ(wall_time_of("2026-11-20T09:30:00.25Z"), morning + 250ms);
  EXPECT_EQ(wall_time_of("2026-11-20T09:30:00.1234567891234Z"), morning + 123'456us);
  EXPECT_EQ(wall_time_of("2024-02-29T23:59:60Z"), at({2024y, std::chrono::March, 1d}, 0s));
  EXPECT_EQ(wall_time_of(to_rfc3339(morning)), morning);
}

TEST(Rfc3339, IsNothingWhenItIsNoTime) {
  for (const char* text : {"",
                           "2026",
                           "2026-11-20",
                           "2026-11-20T09:30:00",
                           "2026-11-20T09:30Z",
                           "2026-11-20T09:30:00.Z",
                           "2026-02-29T00:00:00Z",
                           "2026-13-01T00:00:00Z",
                           "2026-00-01T00:00:00Z",
                           "2026-11-31T00:00:00Z",
                           "2026-11-20T24:00:00Z",
                           "2026-11-20T09:60:00Z",
                           "2026-11-20T09:30:61Z",
                           "2026-11-20T09:30:00+24:00",
                           "2026-11-20T09:30:00+08",
                           "2026-11-20T09:30:00+0800",
                           "2026-11-20T09:30:00Zx",
                           " 2026-11-20T09:30:00Z",
                           "+026-11-20T09:30:00Z",
                           "2026-11-2 T09:30:00Z",
                           "2026-11-20T09:30:00,5Z"}) {
    EXPECT_EQ(wall_time_of(text), std::nullopt) << text;
  }
}

TEST(SystemClock, DoesNotStandInThePast) {
  EXPECT_GT(SystemClock{}.now(), at({2020y, std::chrono::January, 1d}, 0s));
}

}  // namespace
}  // namespace reelprint
