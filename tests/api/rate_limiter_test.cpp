#include "api/rate_limiter.h"

#include <gtest/gtest.h>

namespace reelprint::api {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kStart{1000s};

TEST(RateLimiter, GrantsABurstAndThenAsManyAsComeBack) {
  RateLimiter limiter({.per_s = 0.5, .burst = 2});
  EXPECT_TRUE(limiter.take("a", kStart).is_granted);
  EXPECT_TRUE(limiter.take("a", kStart).is_granted);
  const Allowance refused = limiter.take("a", kStart);
  EXPECT_FALSE(refused.is_granted);
  EXPECT_EQ(refused.until_next, 2s);
  EXPECT_EQ(refused.until_full, 4s);
  EXPECT_TRUE(limiter.take("a", kStart + 2s).is_granted);
  EXPECT_FALSE(limiter.take("a", kStart + 2s).is_granted);
}

TEST(RateLimiter, CountsEachNameAlone) {
  RateLimiter limiter({.per_s = 1, .burst = 1});
  EXPECT_TRUE(limiter.take("a", kStart).is_granted);
  EXPECT_TRUE(limiter.take("b", kStart).is_granted);
}

TEST(RateLimiter, GivesNothingForAClockThatGoesBack) {
  RateLimiter limiter({.per_s = 1, .burst = 1});
  EXPECT_TRUE(limiter.take("a", kStart).is_granted);
  EXPECT_FALSE(limiter.take("a", kStart - 100s).is_granted);
}

TEST(RateLimiter, LooksWithoutTaking) {
  RateLimiter limiter({.per_s = 1, .burst = 1});
  EXPECT_TRUE(limiter.look("a", kStart).is_granted);
  EXPECT_TRUE(limiter.look("a", kStart).is_granted);
  EXPECT_TRUE(limiter.take("a", kStart).is_granted);
  EXPECT_FALSE(limiter.look("a", kStart).is_granted);
}

TEST(RateLimiter, LimitsNothingWithoutABurst) {
  RateLimiter limiter({});
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limiter.take("a", kStart).is_granted);
}

TEST(RateLimiter, KeepsABoundedNumberOfNames) {
  RateLimiter limiter({.per_s = 0, .burst = 1});
  for (int i = 0; i < 100'000; ++i) EXPECT_TRUE(limiter.take(std::to_string(i), kStart).is_granted);
  EXPECT_TRUE(limiter.take("new", kStart).is_granted);
  EXPECT_FALSE(limiter.take("another", kStart).is_granted);
}

}  // namespace
}  // namespace reelprint::api
