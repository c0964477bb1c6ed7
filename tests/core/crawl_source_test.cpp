#include "core/crawl_source.h"

#include <gtest/gtest.h>

#include "core/crawl_url.h"
#include "core/path_shape.h"

namespace reelprint {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNoon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 12h;

TEST(CrawlNames, AreReadBackAsTheyAreWritten) {
  const auto expect_names = [](auto last, auto read) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
      const auto value = static_cast<decltype(last)>(i);
      EXPECT_EQ(read(to_string(value)), value);
    }
    EXPECT_FALSE(read("?"));
  };
  expect_names(CrawlSourceKind::folder, crawl_source_kind_of);
  expect_names(FetchDepth::whole, fetch_depth_of);
  expect_names(CrawlSourceState::paused, crawl_source_state_of);
  expect_names(CrawlUrlKind::image, crawl_url_kind_of);
  expect_names(CrawlUrlState::gone, crawl_url_state_of);
  expect_names(CrawlPurpose::revisit, crawl_purpose_of);
}

TEST(NextRound, FollowsAfterTheIntervalOrNever) {
  CrawlSource source;
  source.every = 6h;
  EXPECT_EQ(next_round_after(source, kNoon), kNoon + 6h);
  source.every = 0min;
  EXPECT_EQ(next_round_after(source, kNoon), kNoMoreRounds);
}

TEST(NextRound, IsAtItsTimeOfTheDay) {
  CrawlSource source;
  source.every = 24h;
  source.at = 3h;
  EXPECT_EQ(next_round_after(source, kNoon), kNoon + 15h);       // begun late today, tomorrow at three
  EXPECT_EQ(next_round_after(source, kNoon - 9h), kNoon + 15h);  // begun at three
  source.every = 7 * 24h;
  EXPECT_EQ(next_round_after(source, kNoon - 9h), kNoon - 9h + 7 * 24h);
}

TEST(PathShape, IsTheSameForAddressesOfOneMaking) {
  EXPECT_EQ(path_shape("https://a.example/watch/17"), "/watch/#");
  EXPECT_EQ(path_shape("https://a.example/watch/18"), "/watch/#");
  EXPECT_EQ(path_shape("https://a.example/watch?v=dQw4w9WgXcQ&t=3"), "/watch?v&t");
  EXPECT_EQ(path_shape("https://a.example/drama/the-hidden-heiress-returns/ep-3.html"), "/drama/*/ep-#.html");
  EXPECT_EQ(path_shape("https://a.example/%E7%9F%AD%E5%89%A7/1"), "/*/#");
  EXPECT_EQ(path_shape("https://a.example"), "");
  EXPECT_EQ(path_shape("https://a.example/"), "/");
}

TEST(PathShape, IsShortWhateverTheUrl) {
  EXPECT_LE(path_shape("https://a.example/" + std::string(2'000, 'x')).size(), 100u);
  std::string deep = "https://a.example";
  std::string wide = "https://a.example/?";
  for (int i = 0; i < 500; ++i) {
    deep += "/x";
    wide += "ab&";
  }
  EXPECT_EQ(path_shape(deep), "/x/x/x/x/...");
  EXPECT_LE(path_shape(wide).size(), 100u);
}

}  // namespace
}  // namespace reelprint
