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

TEST(SystemClock, DoesNotStandInThePast) {
  EXPECT_GT(SystemClock{}.now(), at({2020y, std::chrono::January, 1d}, 0s));
}

}  // namespace
}  // namespace reelprint
