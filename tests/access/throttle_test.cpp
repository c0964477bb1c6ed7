#include "access/throttle.h"

#include <gtest/gtest.h>

#include <limits>

namespace reelprint::access {
namespace {

using std::chrono::seconds;

TEST(Throttle, TheFirstFailuresCostNothing) {
  const ThrottleRule rule;
  for (int failures = 0; failures <= 5; ++failures) EXPECT_EQ(delay_after(rule, failures), seconds(0));
}

TEST(Throttle, EachFurtherFailureDoublesTheDelayUpToTheLongest) {
  const ThrottleRule rule;
  EXPECT_EQ(delay_after(rule, 6), seconds(1));
  EXPECT_EQ(delay_after(rule, 7), seconds(2));
  EXPECT_EQ(delay_after(rule, 11), seconds(32));
  EXPECT_EQ(delay_after(rule, 12), seconds(60));
  EXPECT_EQ(delay_after(rule, std::numeric_limits<int>::max()), seconds(60));
}

}  // namespace
}  // namespace reelprint::access
