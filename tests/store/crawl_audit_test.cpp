#include "store/crawl_audit.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "samples.h"
#include "store/crawl_report.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/schema.h"
#include "store/sightings.h"

namespace reelprint::store {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kNow{1'000'000s};
constexpr std::string_view kPage = "https://a.example/watch/1";
constexpr std::string_view kVideo = "https://cdn.example/1.m3u8";

class CrawlAuditTest : public testing::Test {
 protected:
  CrawlAuditTest() {
    bring_up_to_date(database_, migrations());
    CrawlSource source;
    source.name = "a source";
    source_ = sources_.add(source);
  }

  CrawlUrlId address(std::string_view url, CrawlUrlId parent = {}) {
    CrawlUrl entry;
    entry.source = source_;
    entry.url = url;
    entry.parent = parent;
    frontier_.add({&entry, 1}, kNow);
    return frontier_.find(source_, url)->id;
  }
  void ask(std::string_view url, CrawlUrlId made_for, CrawlPurpose purpose, WallTime at = kNow) {
    frontier_.record({.source = source_,
                      .url_id = made_for,
                      .url = std::string(url),
                      .purpose = purpose,
                      .status = 200,
                      .at = at});
  }
  SightingId see(std::string_view location, std::string_view page) {
    Sighting sighting;
    sighting.source = source_;
    sighting.location = location;
    sighting.page_url = page;
    return sightings_.put(sighting);
  }
  std::set<std::string> left() {
    std::set<std::string> urls;
    for (const CrawlRequest& request : frontier_.requests(source_, 0, 1'000)) urls.insert(request.url);
    return urls;
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
  CrawlSources sources_{database_};
  Frontier frontier_{database_};
  Sightings sightings_{database_};
  CrawlAudit audit_{database_};
  CrawlSourceId source_;
};

TEST_F(CrawlAuditTest, KeepsWhatWasAskedForASightingInACaseWhateverItsAge) {
  const auto start = address("https://a.example/");
  const auto page = address(kPage, start);
  const auto video = address(kVideo, page);
  const auto other = address("https://a.example/watch/2", start);
  ask("https://a.example/", start, CrawlPurpose::discover);
  ask(kPage, page, CrawlPurpose::discover);
  ask("https://cdn.example/segment1.ts", video, CrawlPurpose::sample);
  ask("https://a.example/watch/2", other, CrawlPurpose::discover);
  ask("https://elsewhere.example/a.mp4", {}, CrawlPurpose::capture);
  ask("https://elsewhere.example/b.mp4", {}, CrawlPurpose::takedown_check);
  sightings_.set_case(see(kVideo, kPage), CaseId{5});
  see("https://a.example/watch/2", "");
  EXPECT_EQ(audit_.prune(kNow + 1h, 100), 6U);
  EXPECT_EQ(left(), (std::set<std::string>{
                        "https://a.example/", std::string(kPage), "https://cdn.example/segment1.ts",
                        "https://elsewhere.example/a.mp4", "https://elsewhere.example/b.mp4"}));
}

TEST_F(CrawlAuditTest, KeepsTheRobotsTxtOfHostsWithASightingInACase) {
  for (const char* host : {"https://a.example", "https://cdn.example", "https://b.example",
                           "http://a.example", "https://a.example:8443"})
    ask(std::string(host) + "/robots.txt", {}, CrawlPurpose::robots);
  sightings_.set_case(see(kVideo, kPage), CaseId{5});
  see("https://b.example/1.mp4", "https://b.example/1");
  audit_.prune(kNow + 1h, 100);
  EXPECT_EQ(left(),
            (std::set<std::string>{"https://a.example/robots.txt", "https://cdn.example/robots.txt"}));
}

TEST_F(CrawlAuditTest, KeepsItAlsoWhenTheSourceIsGone) {
  const auto video = address(kVideo);
  ask("https://cdn.example/segment1.ts", video, CrawlPurpose::sample);
  sightings_.set_case(see(kVideo, ""), CaseId{5});
  EXPECT_TRUE(sources_.remove(source_));
  for (int i = 0; i < 3; ++i) (void)frontier_.take("c", 1, kNow, kNow + 1h);
  audit_.prune(kNow + 1h, 100);
  EXPECT_EQ(left().size(), 1U);
}

TEST_F(CrawlAuditTest, PrunesInStepsOfTheSizeAskedForAndNothingThatIsYoung) {
  for (int i = 0; i < 10; ++i)
    ask("https://a.example/" + std::to_string(i), {}, CrawlPurpose::discover, kNow + std::chrono::hours(i));
  EXPECT_EQ(audit_.prune(kNow + 7h, 4), 4U);
  EXPECT_EQ(left().size(), 6U);
  EXPECT_EQ(audit_.prune(kNow + 7h, 4), 3U);
  EXPECT_EQ(audit_.prune(kNow + 7h, 4), 0U);
  EXPECT_EQ(left(),
            (std::set<std::string>{"https://a.example/7", "https://a.example/8", "https://a.example/9"}));
}

TEST_F(CrawlAuditTest, LooksAtWhatIsKeptOnce) {
  const auto video = address(kVideo);
  for (int i = 0; i < 5; ++i) ask(kVideo, video, CrawlPurpose::sample);
  sightings_.set_case(see(kVideo, ""), CaseId{5});
  EXPECT_EQ(audit_.prune(kNow + 1h, 100), 5U);
  EXPECT_EQ(audit_.prune(kNow + 1h, 100), 0U);
  EXPECT_EQ(frontier_.requests(source_, 0, 100).size(), 5U);
}

TEST_F(CrawlAuditTest, LeavesTheSumsOfTheDaysAsTheyAre) {
  CrawlSource source = *sources_.find(source_);
  sources_.begin_round(source, kNow);
  ask(kPage, {}, CrawlPurpose::discover);
  sources_.count(source_, {.requests = 1, .bytes = 700}, kNow);
  audit_.prune(kNow + 1h, 100);
  EXPECT_TRUE(left().empty());
  EXPECT_EQ(crawl_report(database_, {}).whole.figures.requests, 1U);
  EXPECT_EQ(crawl_report(database_, {}).whole.figures.bytes, 700U);
}

}  // namespace
}  // namespace reelprint::store
