#include "store/crawl_sources.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/frontier.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'000'000s};

CrawlSource sample_source() {
  CrawlSource source;
  source.tenant = TenantId{2};
  source.name = "dramas";
  source.kind = CrawlSourceKind::channel;
  source.start_urls = {"https://a.example/u/x", "https://b.example/u/y"};
  source.scope = {.hosts = {"a.example", "*.b.example"},
                  .path_prefixes = {"/u/"},
                  .excluded_prefixes = {"/u/z"},
                  .most_depth = 2};
  source.budget = {.pages = 10, .bytes = 1'000, .time = 60s, .host_pages = 5, .host_bytes = 500};
  source.every = 48h;
  source.at = 90min;
  source.priority = -3;
  source.depth = FetchDepth::whole;
  source.obeys_nofollow = false;
  source.obeys_noindex = true;
  source.uses_extractor = true;
  source.territory = "DE";
  source.next_round_at = kNow;
  source.created_at = kNow - 1s;
  return source;
}

class CrawlSourcesTest : public testing::Test {
 protected:
  CrawlSourcesTest() { bring_up_to_date(database_, migrations()); }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  CrawlSources sources_{database_};
};

TEST_F(CrawlSourcesTest, KeepsEveryFieldOfASource) {
  CrawlSource source = sample_source();
  source.id = sources_.add(source);
  EXPECT_EQ(sources_.find(source.id), source);
  EXPECT_EQ(sources_.find(TenantId{2}, "dramas"), source);
  EXPECT_FALSE(sources_.find(TenantId{3}, "dramas"));
  EXPECT_FALSE(sources_.find(CrawlSourceId{99}));
}

TEST_F(CrawlSourcesTest, RefusesANameTwiceAndALineBreakInAList) {
  CrawlSource source = sample_source();
  sources_.add(source);
  EXPECT_EQ(error_of([&] { sources_.add(source); }), ErrorCode::invalid_input);
  source.name = "other";
  source.start_urls = {"https://a.example/\nhttps://c.example/"};
  EXPECT_EQ(error_of([&] { sources_.add(source); }), ErrorCode::invalid_input);
}

TEST_F(CrawlSourcesTest, ChangesASourceOfTheVersionThatIsStored) {
  CrawlSource source = sample_source();
  source.id = sources_.add(source);
  source.name = "renamed";
  source.at.reset();
  EXPECT_TRUE(sources_.update(source));
  EXPECT_FALSE(sources_.update(source));
  const auto found = sources_.find(source.id);
  EXPECT_EQ(found->name, "renamed");
  EXPECT_EQ(found->version, 2);
  EXPECT_FALSE(found->at);
}

TEST_F(CrawlSourcesTest, ListsByTenant) {
  CrawlSource source = sample_source();
  const auto first = sources_.add(source);
  source.name = "second";
  const auto second = sources_.add(source);
  source.tenant = TenantId{3};
  sources_.add(source);
  EXPECT_EQ(sources_.list(TenantId{2}, {}, 10).size(), 2u);
  EXPECT_EQ(sources_.list(TenantId{2}, first, 10).at(0).id, second);
  EXPECT_EQ(sources_.list({}, {}, 10).size(), 3u);
  EXPECT_EQ(sources_.list({}, {}, 1).size(), 1u);
}

TEST_F(CrawlSourcesTest, BeginsARoundWithItsStartUrlsAndTheNextAfterItsTime) {
  CrawlSource source = sample_source();
  source.at.reset();
  source.id = sources_.add(source);
  EXPECT_EQ(sources_.due(kNow - 1s).size(), 0u);
  ASSERT_EQ(sources_.due(kNow).size(), 1u);
  const CrawlRound round = sources_.begin_round(source, kNow);
  EXPECT_EQ(round.number, 1);
  EXPECT_EQ(round.began_at, kNow);
  EXPECT_TRUE(sources_.due(kNow).empty());
  EXPECT_EQ(sources_.find(source.id)->next_round_at, kNow + 48h);
  Frontier frontier(database_);
  const auto taken = frontier.take("c1", 10, kNow, kNow + 60s);
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[0].host, "https://a.example");
  for (const CrawlUrl& url : taken) ASSERT_TRUE(frontier.settle(url.id, "c1", {}, kNow, kNow));
  EXPECT_TRUE(frontier.take("c1", 10, kNow + 1h, kNow + 2h).empty());
  EXPECT_EQ(sources_.begin_round(*sources_.find(source.id), kNow + 48h).number, 2);
  EXPECT_EQ(frontier.take("c1", 10, kNow + 48h, kNow + 49h).size(), 2u);
  EXPECT_EQ(sources_.rounds(source.id, 10).at(1).stopped_by, "the next round began");
}

TEST_F(CrawlSourcesTest, AddsUpTheFiguresOfARound) {
  CrawlSource source = sample_source();
  source.id = sources_.add(source);
  sources_.begin_round(source, kNow);
  sources_.count(source.id, {.pages = 1, .bytes = 10, .matched = 1, .cpu_s = 0.5}, kNow);
  sources_.count(source.id, {.requests = 3, .pages = 2, .media_s = 1.5, .cpu_s = 0.25}, kNow);
  const auto round = sources_.current_round(source.id);
  ASSERT_TRUE(round);
  EXPECT_EQ(round->requests, 3u);
  EXPECT_EQ(round->pages, 3u);
  EXPECT_EQ(round->bytes, 10u);
  EXPECT_EQ(round->matched, 1u);
  EXPECT_DOUBLE_EQ(round->media_s, 1.5);
  EXPECT_DOUBLE_EQ(round->cpu_s, 0.75);
  sources_.end_round(source.id, "budget: pages", kNow + 1s);
  EXPECT_FALSE(sources_.current_round(source.id));
  EXPECT_EQ(sources_.rounds(source.id, 1).at(0).stopped_by, "budget: pages");
}

TEST_F(CrawlSourcesTest, CountsWhatARoundHasAskedOfAHost) {
  CrawlSource source = sample_source();
  source.id = sources_.add(source);
  sources_.begin_round(source, kNow);
  sources_.count_host(source.id, "https://a.example", {.pages = 1, .bytes = 10}, kNow);
  sources_.count_host(source.id, "https://a.example", {.pages = 2, .bytes = 5}, kNow);
  EXPECT_EQ(sources_.host_use(source.id, "https://a.example"), (CrawlHostUse{3, 15}));
  EXPECT_EQ(sources_.host_use(source.id, "https://b.example"), CrawlHostUse{});
  sources_.begin_round(source, kNow + 1h);
  EXPECT_EQ(sources_.host_use(source.id, "https://a.example"), CrawlHostUse{});
  sources_.count_host(source.id, "https://a.example", {.pages = 1, .bytes = 1}, kNow);
  EXPECT_EQ(sources_.host_use(source.id, "https://a.example"), (CrawlHostUse{1, 1}));
}

}  // namespace
}  // namespace reelprint::store
