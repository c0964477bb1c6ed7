#include "store/crawl_exchanges.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

constexpr CrawlUrlId kPage{1};
constexpr CrawlUrlId kVideo{2};
constexpr CrawlUrlId kOtherVideo{3};

class CrawlExchangesTest : public testing::Test {
 protected:
  CrawlExchangesTest() { bring_up_to_date(database_, migrations()); }

  std::int64_t add(const std::string& body, CrawlUrlId used_by) {
    return exchanges_.add({0, "{}", body, 10, false}, used_by);
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  CrawlExchanges exchanges_{database_};
};

TEST_F(CrawlExchangesTest, KeepsWhatAVisitFetchedInItsOrder) {
  const CrawlExchange first{0, R"({"url":"https://a.example/"})", "1-1", 7, false};
  const std::int64_t id = exchanges_.add(first, kVideo);
  const std::int64_t next = add("1-2", kVideo);
  const auto kept = exchanges_.of_url(kVideo);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0], (CrawlExchange{id, first.facts, "1-1", 7, false}));
  EXPECT_EQ(kept[1].id, next);
  EXPECT_EQ(exchanges_.bytes(), 17U);
  EXPECT_TRUE(exchanges_.has_body("1-1"));
  EXPECT_FALSE(exchanges_.has_body(""));
}

TEST_F(CrawlExchangesTest, KeepsAPageUntilTheLastVideoThatItNamesIsDone) {
  const std::int64_t page = add("page", kPage);
  for (const CrawlUrlId video : {kVideo, kOtherVideo}) exchanges_.share(page, video);
  EXPECT_TRUE(exchanges_.of_url(kVideo).at(0).is_of_page);
  EXPECT_TRUE(exchanges_.drop(kPage).files.empty());
  EXPECT_TRUE(exchanges_.drop(kVideo).files.empty());
  const UnneededBodies last = exchanges_.drop(kOtherVideo);
  EXPECT_EQ(last.files, std::vector<std::string>{"page"});
  EXPECT_EQ(last.bytes, 10U);
  EXPECT_EQ(exchanges_.bytes(), 0U);
}

TEST_F(CrawlExchangesTest, KeepsWhatACaptureNeedsUntilItIsWritten) {
  add("media", kVideo);
  const CaptureDue due{SightingId{5}, "whole", "[]"};
  exchanges_.begin_capture(kVideo, due);
  EXPECT_TRUE(exchanges_.drop(kVideo).files.empty());
  EXPECT_EQ(exchanges_.captures_due({}, 10), std::vector{due});
  EXPECT_TRUE(exchanges_.captures_due(SightingId{5}, 10).empty());
  EXPECT_TRUE(exchanges_.is_capture_due(SightingId{5}));
  EXPECT_FALSE(exchanges_.is_capture_due(SightingId{6}));
  EXPECT_EQ(exchanges_.of_sighting(SightingId{5}).size(), 1U);
  EXPECT_EQ(exchanges_.end_capture(SightingId{5}).files, (std::vector<std::string>{"whole", "media"}));
  EXPECT_TRUE(exchanges_.captures_due({}, 10).empty());
}

TEST_F(CrawlExchangesTest, LetsGoOfWhatNoWaitingAddressUses) {
  add("media", kVideo);
  EXPECT_EQ(exchanges_.drop_strays().files, std::vector<std::string>{"media"});
  EXPECT_TRUE(exchanges_.of_url(kVideo).empty());
}

}  // namespace
}  // namespace reelprint::store
