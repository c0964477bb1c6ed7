#include "store/frontier.h"

#include <gtest/gtest.h>

#include <set>

#include "samples.h"
#include "store/crawl_sources.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'000'000s};

class FrontierTest : public testing::Test {
 protected:
  FrontierTest() {
    bring_up_to_date(database_, migrations());
    source_ = add_source("first");
  }

  CrawlSourceId add_source(const std::string& name, int priority = 0) {
    CrawlSource source;
    source.name = name;
    source.priority = priority;
    return sources_.add(source);
  }
  /// "https://host/path", of `source_` unless another is given.
  CrawlUrl url_at(const std::string& host, const std::string& path, CrawlSourceId source = {}) {
    CrawlUrl url;
    url.source = source == CrawlSourceId{} ? source_ : source;
    url.host = "https://" + host;
    url.url = url.host + path;
    return url;
  }
  CrawlUrlId add(const CrawlUrl& url, WallTime now = kNow) {
    frontier_.add({&url, 1}, now);
    return frontier_.find(url.source, url.url)->id;
  }
  std::vector<std::string> taken(std::size_t most, WallTime now = kNow, std::string_view crawler = "c1") {
    std::vector<std::string> urls;
    for (const CrawlUrl& url : frontier_.take(crawler, most, now, now + 60s)) urls.push_back(url.url);
    return urls;
  }
  CrawlUrl take_one(WallTime now = kNow, std::string_view crawler = "c1") {
    return frontier_.take(crawler, 1, now, now + 60s).at(0);
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  CrawlSources sources_{database_};
  Frontier frontier_{database_};
  CrawlSourceId source_;
};

TEST_F(FrontierTest, KeepsEveryFieldOfAnAddress) {
  CrawlUrl url = url_at("a.example", "/w/1");
  url.kind = CrawlUrlKind::media;
  url.purpose = CrawlPurpose::sample;
  url.parent = CrawlUrlId{77};
  url.depth = 3;
  url.hints = R"({"title":"x"})";
  EXPECT_EQ(frontier_.add({&url, 1}, kNow), 1u);
  auto found = frontier_.find(source_, url.url);
  ASSERT_TRUE(found);
  url.id = found->id;
  url.due_at = kNow;
  url.yield = found->yield;
  EXPECT_EQ(*found, url);
  EXPECT_EQ(frontier_.find(url.id), found);
  EXPECT_FALSE(frontier_.find(CrawlUrlId{99}));
}

TEST_F(FrontierTest, KnowsAnAddressOnceForEachSource) {
  const std::vector<CrawlUrl> urls{url_at("a.example", "/1"), url_at("a.example", "/1"),
                                   url_at("a.example", "/1", add_source("second"))};
  EXPECT_EQ(frontier_.add(urls, kNow), 2u);
  EXPECT_EQ(frontier_.add(urls, kNow), 0u);
}

TEST_F(FrontierTest, KeepsTheSmallestDepthAndTheBestYieldOfWhatIsAddedAgain) {
  CrawlUrl url = url_at("a.example", "/1");
  url.depth = 3;
  add(url);
  url.depth = 1;
  url.yield = 0.9;
  EXPECT_EQ(frontier_.add({&url, 1}, kNow), 0u);
  url.depth = 5;
  url.yield = 0.1;
  frontier_.add({&url, 1}, kNow);
  const auto found = frontier_.find(source_, url.url);
  EXPECT_EQ(found->depth, 1);
  EXPECT_DOUBLE_EQ(found->yield, 0.9);
}

TEST_F(FrontierTest, TakesOneAddressOfEachHostWhoeverAsks) {
  for (const char* path : {"/1", "/2", "/3"}) {
    add(url_at("a.example", path));
    add(url_at("b.example", path));
  }
  EXPECT_EQ(taken(10), (std::vector<std::string>{"https://a.example/1", "https://b.example/1"}));
  EXPECT_TRUE(taken(10, kNow, "c2").empty());
}

TEST_F(FrontierTest, GivesTheNextOfAHostWhenItsTimeHasCome) {
  const auto first = add(url_at("a.example", "/1"));
  add(url_at("a.example", "/2"));
  ASSERT_EQ(taken(1).size(), 1u);
  EXPECT_TRUE(frontier_.settle(first, "c1", {}, kNow + 5s, kNow));
  EXPECT_TRUE(taken(1, kNow + 4s).empty());
  EXPECT_EQ(frontier_.next_due(kNow), kNow + 5s);
  EXPECT_EQ(taken(1, kNow + 5s), (std::vector<std::string>{"https://a.example/2"}));
}

TEST_F(FrontierTest, TakesThePriorityOfTheSourceThenTheYieldThenTheAge) {
  const auto urgent = add_source("urgent", 10);
  add(url_at("a.example", "/old"), kNow - 1s);
  add(url_at("b.example", "/new"));
  CrawlUrl promising = url_at("c.example", "/promising");
  promising.yield = 0.9;
  add(promising);
  add(url_at("d.example", "/urgent", urgent));
  EXPECT_EQ(taken(3), (std::vector<std::string>{"https://d.example/urgent", "https://c.example/promising",
                                                "https://a.example/old"}));
}

TEST_F(FrontierTest, TakesTheBestOfAllSourcesOfAHost) {
  const auto urgent = add_source("urgent", 10);
  add(url_at("a.example", "/1"));
  add(url_at("a.example", "/2", urgent));
  EXPECT_EQ(take_one().source, urgent);
}

TEST_F(FrontierTest, NeverGivesWhatIsSettledBeforeItIsDue) {
  const auto id = add(url_at("a.example", "/1"));
  (void)take_one();
  EXPECT_TRUE(frontier_.settle(id, "c1", {.due_at = kNow + 1h, .status = 200}, kNow, kNow));
  EXPECT_TRUE(taken(1, kNow + 59min).empty());
  EXPECT_EQ(frontier_.find(id)->state, CrawlUrlState::settled);
  EXPECT_EQ(frontier_.next_due(kNow), kNow + 1h);
  EXPECT_EQ(taken(1, kNow + 1h).size(), 1u);
}

TEST_F(FrontierTest, NeverGivesAgainWhatIsSettledForGood) {
  const auto id = add(url_at("a.example", "/1"));
  (void)take_one();
  EXPECT_TRUE(frontier_.settle(id, "c1", {}, kNow, kNow));
  EXPECT_TRUE(taken(1, kNow + 24h * 365).empty());
  EXPECT_FALSE(frontier_.next_due(kNow));
}

TEST_F(FrontierTest, CountsVisitsChangesAndFailures) {
  const auto id = add(url_at("a.example", "/1"));
  const auto visit = [&](CrawlVisit what) {
    (void)take_one();
    what.due_at = kNow;
    EXPECT_TRUE(frontier_.settle(id, "c1", what, kNow, kNow));
  };
  visit({.status = 200, .etag = "\"1\"", .content = media_number(1)});
  visit({.status = 304});
  visit({.status = 200, .etag = "\"2\"", .content = media_number(2)});
  EXPECT_EQ(frontier_.find(id)->visits, 3);
  EXPECT_EQ(frontier_.find(id)->changes, 1);
  EXPECT_EQ(frontier_.find(id)->etag, "\"2\"");
  visit({.state = CrawlUrlState::waiting, .status = 503, .failed = true});
  visit({.state = CrawlUrlState::waiting, .failed = true});
  EXPECT_EQ(frontier_.find(id)->failures, 2);
  EXPECT_EQ(frontier_.find(id)->content, media_number(2));
  EXPECT_EQ(frontier_.find(id)->visits, 3);
}

TEST_F(FrontierTest, GivesALostAddressToAnotherAndLetsTheFirstSettleNothing) {
  const auto id = add(url_at("a.example", "/1"));
  (void)take_one(kNow, "c1");
  EXPECT_TRUE(taken(1, kNow + 59s, "c2").empty());
  ASSERT_EQ(take_one(kNow + 60s, "c2").id, id);
  EXPECT_FALSE(frontier_.settle(id, "c1", {.status = 200}, kNow, kNow + 61s));
  frontier_.hand_back(id, "c1", kNow + 61s);
  EXPECT_FALSE(frontier_.hold(id, "c1", kNow + 1h));
  EXPECT_TRUE(taken(1, kNow + 62s, "c3").empty());
  EXPECT_EQ(frontier_.find(id)->state, CrawlUrlState::taken);
  EXPECT_EQ(frontier_.find(id)->failures, 1);
  EXPECT_TRUE(frontier_.settle(id, "c2", {.status = 200}, kNow, kNow + 62s));
}

TEST_F(FrontierTest, HoldsAnAddressAndItsHostForLonger) {
  const auto id = add(url_at("a.example", "/1"));
  (void)take_one();
  EXPECT_TRUE(frontier_.hold(id, "c1", kNow + 10min));
  EXPECT_TRUE(taken(1, kNow + 9min, "c2").empty());
  EXPECT_EQ(taken(1, kNow + 10min, "c2").size(), 1u);
}

TEST_F(FrontierTest, PutsOffAnAddressWithWhichTenCrawlersWereLostUntilItIsCertainlyTheCause) {
  const auto id = add(url_at("a.example", "/1"));
  WallTime now = kNow;
  for (int i = 0; i < 10; ++i, now += 1min) ASSERT_EQ(taken(1, now).size(), 1u) << i;
  EXPECT_TRUE(taken(1, now).empty());
  EXPECT_EQ(frontier_.find(id)->state, CrawlUrlState::waiting);
  EXPECT_EQ(frontier_.find(id)->note, "the crawler was lost with it, 10 times");
  now += 1min;
  for (int i = 0; i < 8; ++i) {
    ASSERT_EQ(taken(1, now).size(), 1u) << i;
    now += 1min;
    EXPECT_TRUE(taken(1, now).empty());
    now += 24h;
  }
  EXPECT_TRUE(taken(1, now).empty());
  EXPECT_EQ(frontier_.find(id)->state, CrawlUrlState::gone);
  EXPECT_EQ(frontier_.find(id)->note, "the crawler was lost with it, 18 times");
}

TEST_F(FrontierTest, SettlesAnAddressThatWasInFlightWhenManyCrawlersWereKilled) {
  const auto id = add(url_at("a.example", "/1"));
  WallTime now = kNow;
  for (int i = 0; i < 10; ++i, now += 1min) ASSERT_EQ(taken(1, now).size(), 1u) << i;
  ASSERT_TRUE(taken(1, now).empty());
  ASSERT_EQ(take_one(now + 1min, "c2").id, id);
  EXPECT_TRUE(frontier_.settle(id, "c2", {.status = 200}, now, now + 1min));
  EXPECT_EQ(frontier_.find(id)->failures, 0);
}

TEST_F(FrontierTest, DoesNotGiveUpAnAddressOfWhichMoreIsHadEachTime) {
  const auto id = add(url_at("a.example", "/1"));
  WallTime now = kNow;
  for (int i = 0; i < 30; ++i, now += 1min) {
    ASSERT_EQ(taken(1, now).size(), 1u) << i;
    frontier_.note_progress(id);
  }
  EXPECT_LE(frontier_.find(id)->failures, 1);
}

TEST_F(FrontierTest, HandsBackAsIfNothingHadBeen) {
  const auto id = add(url_at("a.example", "/1"));
  const auto before = frontier_.find(id);
  (void)take_one();
  frontier_.hand_back(id, "c1", kNow);
  EXPECT_EQ(frontier_.find(id), before);
  EXPECT_EQ(taken(1).size(), 1u);
}

TEST_F(FrontierTest, LeavesOutSourcesThatArePausedUntilTheyGoOn) {
  add(url_at("a.example", "/1"));
  auto source = *sources_.find(source_);
  source.state = CrawlSourceState::paused;
  ASSERT_TRUE(sources_.update(source));
  add(url_at("b.example", "/1"));
  EXPECT_TRUE(taken(10).empty());
  EXPECT_FALSE(frontier_.next_due(kNow));
  source = *sources_.find(source_);
  source.state = CrawlSourceState::active;
  ASSERT_TRUE(sources_.update(source));
  EXPECT_EQ(taken(10).size(), 2u);
}

TEST_F(FrontierTest, FollowsAChangeOfPriority) {
  const auto second = add_source("second");
  add(url_at("a.example", "/1"));
  add(url_at("b.example", "/1", second));
  auto source = *sources_.find(second);
  source.priority = 5;
  ASSERT_TRUE(sources_.update(source));
  EXPECT_EQ(take_one().source, second);
}

TEST_F(FrontierTest, PutsFirstWhatLooksLikeWhatLedToAMatch) {
  const auto list = add(url_at("a.example", "/list"));
  add(url_at("a.example", "/news/1"));
  CrawlUrl watch = url_at("a.example", "/watch/1");
  watch.parent = list;
  const auto first = add(watch);
  WallTime now = kNow;
  for (int i = 0; i < 3; ++i) {
    const CrawlUrl url = take_one(now);
    EXPECT_TRUE(frontier_.settle(url.id, "c1", {.status = 200}, now, now));
  }
  frontier_.led_to_match(first);
  add(url_at("a.example", "/news/2"), now - 1s);
  add(url_at("a.example", "/watch/2"), now);
  EXPECT_GT(frontier_.find(source_, "https://a.example/watch/2")->yield,
            frontier_.find(source_, "https://a.example/news/2")->yield);
  EXPECT_EQ(take_one(now).url, "https://a.example/watch/2");
}

TEST_F(FrontierTest, MakesAnAddressDueWhateverItsState) {
  const auto id = add(url_at("a.example", "/1"));
  (void)take_one();
  EXPECT_FALSE(frontier_.make_due(id, CrawlPurpose::takedown_check, kNow));
  EXPECT_TRUE(frontier_.settle(id, "c1", {.state = CrawlUrlState::gone, .status = 404}, kNow, kNow));
  EXPECT_TRUE(frontier_.make_due(id, CrawlPurpose::takedown_check, kNow + 1h));
  EXPECT_TRUE(taken(1, kNow + 59min).empty());
  EXPECT_EQ(take_one(kNow + 1h).purpose, CrawlPurpose::takedown_check);
}

TEST_F(FrontierTest, KeepsWhatIsKnownOfAHost) {
  EXPECT_EQ(frontier_.host("https://a.example").robots_status, 0);
  CrawlHost host{.key = "https://a.example"};
  host.next_at = kNow + 3s;
  host.delay = 1500ms;
  host.failures = 2;
  host.robots = "User-agent: *\n";
  host.robots_status = 200;
  host.robots_at = kNow;
  host.robots_again_at = kNow + 24h;
  frontier_.put_host(host);
  const CrawlHost found = frontier_.host(host.key);
  EXPECT_EQ(found.next_at, host.next_at);
  EXPECT_EQ(found.delay, host.delay);
  EXPECT_EQ(found.failures, 2);
  EXPECT_EQ(found.robots, host.robots);
  EXPECT_EQ(found.robots_status, 200);
  EXPECT_EQ(found.robots_at, kNow);
  EXPECT_EQ(found.robots_again_at, kNow + 24h);
}

TEST_F(FrontierTest, AsksNoHostWhoseBreakerIsOpen) {
  add(url_at("a.example", "/1"));
  frontier_.put_host({.key = "https://a.example", .closed_until = kNow + 1h});
  EXPECT_TRUE(taken(1).empty());
  EXPECT_EQ(frontier_.next_due(kNow), kNow + 1h);
  EXPECT_EQ(taken(1, kNow + 1h).size(), 1u);
}

TEST_F(FrontierTest, TakesAHostForWhatIsNoAddress) {
  add(url_at("a.example", "/1"));
  EXPECT_TRUE(frontier_.take_host("https://a.example", "c2", kNow, kNow + 60s));
  EXPECT_FALSE(frontier_.take_host("https://a.example", "c2", kNow, kNow + 60s));
  EXPECT_TRUE(taken(1).empty());
  frontier_.free_host("https://a.example", "c1", kNow);
  EXPECT_TRUE(taken(1).empty());
  frontier_.free_host("https://a.example", "c2", kNow + 2s);
  EXPECT_EQ(taken(1, kNow + 2s).size(), 1u);
  EXPECT_FALSE(frontier_.take_host("https://a.example", "c2", kNow + 2s, kNow + 60s));
}

TEST_F(FrontierTest, CountsAddressesByKindAndState) {
  add(url_at("a.example", "/1"));
  add(url_at("a.example", "/2"));
  CrawlUrl refused = url_at("a.example", "/3");
  refused.state = CrawlUrlState::refused;
  refused.note = "robots: Disallow: /3";
  add(refused);
  (void)take_one();
  std::size_t waiting = 0;
  std::size_t others = 0;
  for (const CrawlCount& count : frontier_.counts(source_))
    (count.state == CrawlUrlState::waiting ? waiting : others) += count.urls;
  EXPECT_EQ(waiting, 1u);
  EXPECT_EQ(others, 2u);
  EXPECT_EQ(frontier_.counts({}).size(), 3u);
}

TEST_F(FrontierTest, SaysWhetherASourceHasWork) {
  EXPECT_FALSE(frontier_.has_work(source_, kNow));
  const auto id = add(url_at("a.example", "/1"), kNow);
  EXPECT_TRUE(frontier_.has_work(source_, kNow));
  (void)take_one();
  EXPECT_TRUE(frontier_.has_work(source_, kNow));
  EXPECT_TRUE(frontier_.settle(id, "c1", {.due_at = kNow + 1h}, kNow, kNow));
  EXPECT_FALSE(frontier_.has_work(source_, kNow));
}

TEST_F(FrontierTest, RecordsRequestsForTheSourceAndItsTenant) {
  CrawlSource of_tenant;
  of_tenant.tenant = TenantId{3};
  of_tenant.name = "theirs";
  const auto theirs = sources_.add(of_tenant);
  CrawlRequest request;
  request.source = theirs;
  request.url_id = CrawlUrlId{5};
  request.url = "https://a.example/1";
  request.purpose = CrawlPurpose::sample;
  request.status = 200;
  request.address = "192.0.2.1";
  request.bytes = 1'000;
  request.took = 250ms;
  request.content = media_number(1);
  request.at = kNow;
  frontier_.record(request);
  frontier_.record(
      {.source = source_, .url = "https://b.example/", .refused = "robots: Disallow: /", .at = kNow});
  const auto found = frontier_.requests(CrawlRequestFilter{.tenant = TenantId{3}}, 0, 10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].url, request.url);
  EXPECT_EQ(found[0].took, 250ms);
  EXPECT_EQ(found[0].content, media_number(1));
  EXPECT_EQ(frontier_.requests(source_, 0, 10).at(0).refused, "robots: Disallow: /");
  EXPECT_EQ(frontier_.requests(CrawlRequestFilter{}, 0, 10).size(), 2u);
  EXPECT_EQ(frontier_.requests(CrawlRequestFilter{}, 2, 10).size(), 1u);
}

TEST_F(FrontierTest, PutsFurtherShapesOfAHostIntoOneLane) {
  for (char first = 'a'; first <= 'z'; ++first) {
    std::vector<CrawlUrl> urls;
    for (char second = 'a'; second <= 'z'; ++second)
      urls.push_back(url_at("a.example", std::string("/") + first + second));
    frontier_.add(urls, kNow);
  }
  EXPECT_LE(number_from(database_, "SELECT count(*) FROM crawl_lanes"), 201);
  std::set<std::string> seen;
  for (int i = 0; i < 26 * 26; ++i) {
    const CrawlUrl url = take_one();
    EXPECT_TRUE(seen.insert(url.url).second);
    ASSERT_TRUE(frontier_.settle(url.id, "c1", {}, kNow, kNow));
  }
}

TEST_F(FrontierTest, ForgetsTheFrontierOfARemovedSource) {
  add(url_at("a.example", "/1"));
  EXPECT_TRUE(sources_.remove(source_));
  EXPECT_FALSE(sources_.remove(source_));
  EXPECT_TRUE(taken(10).empty());
  for (int i = 0; i < 3; ++i) (void)taken(1);
  EXPECT_EQ(number_from(database_, "SELECT count(*) FROM crawl_urls"), 0);
  EXPECT_EQ(number_from(database_, "SELECT count(*) FROM crawl_lanes"), 0);
  EXPECT_EQ(number_from(database_, "SELECT count(*) FROM crawl_removed"), 0);
}

}  // namespace
}  // namespace reelprint::store
