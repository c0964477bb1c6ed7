#include "index/background.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelprint::index {
namespace {

TEST(Background, PassesThroughTheMeasuredChance) {
  EXPECT_NEAR(std::pow(10, log10_chance_within(84)), 2e-5, 0.5e-5);
}

TEST(Background, IsHalfAtTheMiddleAndOneAtTheEnd) {
  EXPECT_NEAR(std::pow(10, log10_chance_within(128)), 0.5, 0.03);
  EXPECT_NEAR(log10_chance_within(256), 0, 1e-9);
}

TEST(Background, GrowsWithTheDistance) {
  for (int distance = 1; distance <= 256; ++distance) {
    EXPECT_GE(log10_chance_within(distance), log10_chance_within(distance - 1)) << distance;
  }
}

TEST(Background, IsFiniteFarOut) {
  EXPECT_TRUE(std::isfinite(log10_chance_within(0)));
  EXPECT_LT(log10_chance_within(0), -30);
}

TEST(Background, TakesDistancesBeyondTheRangeForItsEnds) {
  EXPECT_EQ(log10_chance_within(-1), log10_chance_within(0));
  EXPECT_EQ(log10_chance_within(300), log10_chance_within(256));
}

TEST(Radius, IsTheWidestForFewPictures) {
  for (const std::size_t pictures : {0U, 1U, 100U, 10'000U})
    EXPECT_EQ(radius_for(pictures, 1), 84) << pictures;
}

TEST(Radius, ShrinksAsTheIndexGrows) {
  int last = 84;
  for (std::size_t pictures = 1; pictures < 1'000'000'000'000; pictures *= 10) {
    const int radius = radius_for(pictures, 1);
    EXPECT_LE(radius, last) << pictures;
    last = radius;
  }
  EXPECT_LT(last, 60);
}

TEST(Radius, ExpectsNoMoreStrangersThanAllowed) {
  for (const std::size_t pictures : {1'000'000U, 360'000'000U}) {
    const auto count = static_cast<double>(pictures);
    const int radius = radius_for(pictures, 1);
    EXPECT_LE(count * std::pow(10, log10_chance_within(radius)), 1) << pictures;
    EXPECT_GT(count * std::pow(10, log10_chance_within(radius + 1)), 1)
        << pictures << ": it is the largest such";
  }
}

TEST(Radius, IsNarrowerWhereFewerStrangersAreAllowed) {
  EXPECT_LT(radius_for(1'000'000, 0.02), radius_for(1'000'000, 1));
}

TEST(Radius, IsNeverNegative) {
  EXPECT_EQ(radius_for(1'000'000, 1e-300), 0);
}

}  // namespace
}  // namespace reelprint::index
