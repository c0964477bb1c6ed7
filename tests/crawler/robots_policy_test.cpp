// Headed by the sections of RFC 9309.
#include "crawler/robots_policy.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

const WallTime kNow{1'800'000'000s};
constexpr const char* kText = "User-agent: *\nDisallow: /private/\n";

RobotsMemory after(const RobotsAnswer& answer, const RobotsMemory& before = {}, WallTime now = kNow) {
  const RobotsStep step = robots_step(before, answer, now);
  EXPECT_EQ(step.follow, "");
  return step.memory;
}

bool allows(const RobotsMemory& memory, std::string_view target, WallTime now = kNow) {
  return robots_state(memory, "reelprint", now).rules.is_allowed(target);
}

TEST(RobotsPolicy, FetchesTheFileBeforeAnythingElse) {
  const RobotsState state = robots_state({}, "reelprint", kNow);
  EXPECT_TRUE(state.must_fetch);
  EXPECT_FALSE(state.rules.is_allowed("/"));
}

// --- 2.3.1.1: successful access ---

TEST(RobotsPolicy, GoesByTheFile) {
  const RobotsMemory memory = after({.status = 200, .text = kText});
  EXPECT_FALSE(robots_state(memory, "reelprint", kNow).must_fetch);
  EXPECT_FALSE(allows(memory, "/private/a"));
  EXPECT_TRUE(allows(memory, "/a"));
}

// --- 2.3.1.2: redirects ---

TEST(RobotsPolicy, FollowsFiveRedirectsAlsoToOtherHosts) {
  const RobotsMemory before{.text = "old", .status = 200};
  for (int redirects = 0; redirects < 5; ++redirects) {
    const RobotsStep step = robots_step(
        before, {.status = 301, .redirect = "https://other.example/robots.txt", .redirects = redirects},
        kNow);
    EXPECT_EQ(step.follow, "https://other.example/robots.txt");
    EXPECT_EQ(step.memory, before);
  }
  EXPECT_FALSE(allows(after({.status = 200, .text = kText, .redirects = 5}), "/private/a"));
}

TEST(RobotsPolicy, TakesASixthRedirectForUnavailable) {
  EXPECT_TRUE(allows(after({.status = 302, .redirect = "https://a.example/", .redirects = 5}), "/private/a"));
}

TEST(RobotsPolicy, ForbidsAllWhenARedirectMayNotBeFollowed) {
  EXPECT_FALSE(allows(after({.status = 302, .redirect = ""}), "/a"));
}

// --- 2.3.1.3: unavailable ---

TEST(RobotsPolicy, AllowsAllWhenThereIsNoFile) {
  for (const int status : {400, 401, 403, 404, 410, 451}) {
    const RobotsMemory memory = after({.status = status}, {.text = kText, .status = 200});
    EXPECT_TRUE(allows(memory, "/private/a")) << status;
    EXPECT_EQ(memory.fetch_again_at, kNow + 24h);
  }
}

// --- 2.3.1.4: unreachable ---

TEST(RobotsPolicy, ForbidsAllWhileItCannotBeReached) {
  for (const int status : {0, 429, 500, 503, 599}) {
    const RobotsMemory memory = after({.status = status}, {.text = kText, .status = 200});
    EXPECT_FALSE(allows(memory, "/a")) << status;
    EXPECT_EQ(memory.unreachable_since, kNow);
    EXPECT_EQ(memory.fetch_again_at, kNow + 10min);
  }
}

TEST(RobotsPolicy, TriesAgainEverMoreSeldomAtLeastDaily) {
  RobotsMemory memory = after({});
  WallTime now = kNow + 10min;
  memory = after({}, memory, now);
  EXPECT_EQ(memory.fetch_again_at, now + 10min);
  now += 10min;
  memory = after({}, memory, now);
  EXPECT_EQ(memory.fetch_again_at, now + 20min);
  now += 240h;
  memory = after({}, memory, now);
  EXPECT_EQ(memory.fetch_again_at, now + 24h);
  EXPECT_EQ(memory.unreachable_since, kNow);
}

TEST(RobotsPolicy, WaitsForRetryAfterBeforeItTriesAgain) {
  EXPECT_EQ(after({.status = 503, .retry_after = "7200"}).fetch_again_at, kNow + 2h);
  EXPECT_EQ(after({.status = 503, .retry_after = "9999999"}).fetch_again_at, kNow + 24h);
}

TEST(RobotsPolicy, TakesItForUnavailableAfterThirtyDays) {
  const WallTime later = kNow + 24h * 30;
  const RobotsMemory without = after({}, after({}), later);
  EXPECT_TRUE(allows(without, "/private/a", later));
  const RobotsMemory with_copy = after({}, after({}, {.text = kText, .status = 200}), later);
  EXPECT_FALSE(allows(with_copy, "/private/a", later));
  EXPECT_TRUE(allows(with_copy, "/a", later));
  const RobotsMemory almost = after({}, after({}), later - 1s);
  EXPECT_FALSE(allows(almost, "/a", later - 1s));
}

TEST(RobotsPolicy, ForgetsTheSilenceWithTheFirstAnswer) {
  const RobotsMemory memory = after({.status = 200, .text = kText}, after({}));
  EXPECT_EQ(memory.unreachable_since, WallTime{});
  EXPECT_TRUE(allows(memory, "/a"));
}

// --- 2.4: caching ---

TEST(RobotsPolicy, KeepsACopyForADayAtMost) {
  const RobotsMemory memory = after({.status = 200, .text = kText});
  EXPECT_FALSE(robots_state(memory, "reelprint", kNow + 24h - 1s).must_fetch);
  EXPECT_TRUE(robots_state(memory, "reelprint", kNow + 24h).must_fetch);
  EXPECT_FALSE(allows(memory, "/a", kNow + 24h));
}

TEST(RobotsPolicy, HonoursCacheControlWithinThat) {
  const auto kept = [](const std::string& cache_control) {
    return after({.status = 200, .cache_control = cache_control}).fetch_again_at - kNow;
  };
  EXPECT_EQ(kept("public, max-age=3600"), 1h);
  EXPECT_EQ(kept("Max-Age=3600"), 1h);
  EXPECT_EQ(kept("s-maxage=5"), 24h);
  EXPECT_EQ(kept("max-age=99999999999"), 24h);
  EXPECT_EQ(kept("max-age=x"), 24h);
  EXPECT_EQ(kept("max-age=0"), 10min);
  EXPECT_EQ(kept("no-store"), 10min);
  EXPECT_EQ(kept("s-maxage=5, max-age=7200"), 2h);
}

TEST(RobotsPolicy, KeepsTheTextWhenItHasNotChanged) {
  const RobotsMemory memory = after({.status = 304}, {.text = kText, .status = 200});
  EXPECT_FALSE(allows(memory, "/private/a"));
  EXPECT_EQ(memory.fetch_again_at, kNow + 24h);
}

// --- 2.5: limits ---

TEST(RobotsPolicy, RemembersNoMoreThanCounts) {
  const RobotsMemory memory = after({.status = 200, .text = std::string(10'000'000, 'a')});
  EXPECT_EQ(memory.text.size(), kMostRobotsBytes);
}

}  // namespace
}  // namespace reelprint::crawler
