#include "crawler/budget.h"

#include <gtest/gtest.h>

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

constexpr CrawlBudget kBudget{.pages = 10, .bytes = 100, .time = 60s, .host_pages = 3, .host_bytes = 50};

TEST(Budget, SaysWhichPartIsUsedUp) {
  EXPECT_FALSE(used_up(kBudget, {.pages = 9, .bytes = 99, .time = 59s}));
  EXPECT_EQ(used_up(kBudget, {.pages = 10}), "pages");
  EXPECT_EQ(used_up(kBudget, {.bytes = 101}), "bytes");
  EXPECT_EQ(used_up(kBudget, {.time = 60s}), "time");
  EXPECT_FALSE(host_used_up(kBudget, 2, 49));
  EXPECT_EQ(host_used_up(kBudget, 3, 0), "host pages");
  EXPECT_EQ(host_used_up(kBudget, 0, 50), "host bytes");
}

TEST(Budget, OfZeroIsNoLimit) {
  constexpr CrawlBudget kNone{.pages = 0, .bytes = 0, .time = 0s};
  EXPECT_FALSE(used_up(kNone, {.pages = 1'000'000, .bytes = ~std::uint64_t{0}, .time = 24h * 365}));
  EXPECT_FALSE(host_used_up(kNone, 1'000'000, ~std::uint64_t{0}));
}

}  // namespace
}  // namespace reelprint::crawler
