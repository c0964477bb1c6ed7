// What a crawl owes to hosts, and keeps of its requests.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>

#include "crawling.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "tests/support/loopback_web.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;
using reelprint::test::html;
using reelprint::test::LoopbackWeb;
using reelprint::test::media;
using reelprint::test::SeenRequest;
using reelprint::test::WebAnswer;

TEST_F(Crawling, ObeysARobotsTxtThatChangesInTheMiddleOfACrawl) {
  constexpr std::size_t kPages = 16;
  LoopbackWeb web(1);
  std::string links;
  for (std::size_t i = 1; i <= kPages; ++i) links += "<a href='/p/" + std::to_string(i) + "'>page</a>";
  web.put(1, "/", html(links));
  web.put_rest([page = html("words")](const SeenRequest&) { return page; });
  web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nDisallow: /none\n"});
  settings_.least_delay = 50ms;
  add(CrawlSourceKind::site, web.url(1));
  std::size_t before = 0;
  CrawlRun how;
  how.ends_when_idle = true;
  how.until = clock_.now() + 48h;
  how.report = [&](const CrawlNumbers& numbers) {
    if (before > 0 || numbers.pages < 4 || numbers.visits > 0) return;
    before = numbers.pages - 1;  // without the start
    web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nDisallow: /p/\n"});
    clock_.pass(clock_.now() + 25h);  // it may be remembered for a day
  };
  Crawl(settings_, tools_).run(how, {});
  ASSERT_GT(before, 0U) << story();
  ASSERT_LT(before, kPages) << story();
  std::size_t answered = 0;
  std::size_t robots = 0;
  for (const SeenRequest& request : web.requests()) {
    robots += request.target == "/robots.txt" ? 1 : 0;
    answered += request.target.starts_with("/p/") ? 1 : 0;
  }
  EXPECT_EQ(robots, 2U) << story();
  EXPECT_EQ(answered, before) << story();
  std::size_t refused = 0;
  for (const auto& request : store::Frontier(store_.database()).requests(CrawlSourceId{}, 0, 1000))
    refused += request.refused == "robots: Disallow: /p/" ? 1 : 0;
  EXPECT_EQ(refused, kPages - before) << story();
}

TEST_F(Crawling, WaitsAsLongAsRobotsTxtAsksForFromTheFirstPageOn) {
  LoopbackWeb web(1);
  web.put(1, "/", html("words"));
  web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nCrawl-delay: 7\n"});
  add(CrawlSourceKind::videos, web.url(1));
  crawl();
  const auto requests =
      store::Frontier(store_.database()).requests(CrawlSourceId{}, 0, 10);  // the last first
  ASSERT_EQ(requests.size(), 2U) << story();
  EXPECT_GE(requests[0].at, requests[1].at + 7s) << story();
}

TEST_F(Crawling, RemembersRobotsTxtAndThePauseOfAHostWhenItIsStartedAgain) {
  LoopbackWeb web(1);
  web.put_rest([page = html("words")](const SeenRequest&) { return page; });
  web.put(
      1, "/robots.txt",
      WebAnswer{.headers = {{"Cache-Control", "max-age=3600"}}, .body = "User-agent: *\nDisallow: /none\n"});
  const auto robots_asked = [&] {
    return std::ranges::count(web.requests(), std::string("/robots.txt"), &SeenRequest::target);
  };
  settings_.least_delay = 4s;
  add(CrawlSourceKind::videos, web.url(1, "/1"));
  crawl();
  const WallTime paused_until = store::Frontier(store_.database()).host(web.url(1, "")).next_at;
  add(CrawlSourceKind::videos, web.url(1, "/2"));
  EXPECT_EQ(crawl().pages, 1U) << story();
  EXPECT_EQ(robots_asked(), 1) << story();
  const auto requests = store::Frontier(store_.database()).requests(CrawlSourceId{}, 0, 1000);
  EXPECT_GE(requests.at(0).at, paused_until);
  clock_.pass(clock_.now() + 1h);  // a shorter life than a day's is kept to after a start, too
  add(CrawlSourceKind::videos, web.url(1, "/3"));
  crawl();
  EXPECT_EQ(robots_asked(), 2) << story();
}

TEST_F(Crawling, PrunesTheRecordOfOldRequestsButForThoseOfCases) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  LoopbackWeb web(1);
  web.put(1, "/", html("<a href='/copy'>copy</a><a href='/words'>words</a>"));
  web.put(1, "/copy", html("<video src='/v.mp4'></video>"));
  web.put(1, "/words", html("words"));
  web.put(1, "/v.mp4", media(work));
  add(CrawlSourceKind::site, web.url(1));
  crawl();
  const auto recorded = [&] {
    std::set<std::string> targets;
    for (const auto& request : store::Frontier(store_.database()).requests(CrawlSourceId{}, 0, 1000))
      targets.insert(request.url.substr(web.url(1, "").size()));
    return targets;
  };
  EXPECT_EQ(recorded(), (std::set<std::string>{"/", "/copy", "/robots.txt", "/v.mp4", "/words"}));
  clock_.pass(clock_.now() + 24h * 91);
  crawl();
  EXPECT_EQ(recorded(), (std::set<std::string>{"/", "/copy", "/robots.txt", "/v.mp4"})) << story();
}

TEST_F(Crawling, AsksAWeekLaterForWhatARobotsTxtAllowsByThen) {
  LoopbackWeb web(1);
  web.put(1, "/", html("<a href='/p/1'>page</a>"));
  web.put(1, "/p/1", html("words"));
  web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nDisallow: /p/\n"});
  auto source = *store::CrawlSources(store_.database()).find(add(CrawlSourceKind::site, web.url(1)));
  source.every = 24h;
  ASSERT_TRUE(store::CrawlSources(store_.database()).update(source));
  (void)crawl();
  ASSERT_FALSE(asked(web).contains("1/p/1")) << story();
  web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nDisallow: /q/\n"});
  clock_.pass(clock_.now() + 6 * 24h);
  (void)crawl();
  ASSERT_FALSE(asked(web).contains("1/p/1")) << story();
  clock_.pass(clock_.now() + 25h);
  (void)crawl();
  EXPECT_TRUE(asked(web).contains("1/p/1")) << story();
}

}  // namespace
}  // namespace reelprint::pipeline
