#include "pipeline/crawl.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "crawling.h"
#include "pipeline/custody.h"
#include "samples.h"
#include "store/audit.h"
#include "store/cases.h"
#include "store/crawl_sources.h"
#include "store/events.h"
#include "store/frontier.h"
#include "store/rights.h"
#include "store/screening_requests.h"
#include "store/sightings.h"
#include "store/tenants.h"
#include "tests/support/loopback_web.h"
#include "tests/support/planted_web.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;
using reelprint::test::html;
using reelprint::test::LoopbackWeb;
using reelprint::test::media;
using reelprint::test::SeenRequest;
using reelprint::test::WebAnswer;

TEST_F(Crawling, FindsEveryPlantedCopyAndAccusesNobodyElse) {
  std::vector<std::filesystem::path> works;
  reelprint::test::PlantedClips clips;
  for (int i = 1; i <= 4; ++i)
    works.push_back(test::make_clip(folder_, "work" + std::to_string(i) + ".mp4", i));
  register_clips(works);
  for (int i = 0; i < 6; ++i)
    clips.copies.push_back(test::make_copy(folder_, "copy" + std::to_string(i) + ".mp4", works[i % 4]));
  clips.licensed = test::make_copy(folder_, "licensed.mp4", works[0]);
  for (int i = 0; i < 2; ++i)
    clips.unrelated.push_back(test::make_clip(folder_, "other" + std::to_string(i) + ".mp4", 50 + i));
  clips.hls = folder_.path() / "hls";
  std::filesystem::create_directories(clips.hls);
  folder_.make("hls/v.m3u8",
               "-i " + works[1].string() +
                   " -c:v libx264 -b:v 200k -g 20 -hls_time 2 -hls_playlist_type vod -master_pl_name "
                   "master.m3u8 -f hls");
  clips.dash = folder_.path() / "dash";
  std::filesystem::create_directories(clips.dash);
  folder_.make("dash/manifest.mpd",
               "-i " + works[2].string() + " -c:v libx264 -g 20 -seg_duration 2 -f dash");
  Licence licence;
  licence.holder = store_.reference(ReferenceId{1})->holder.id;
  licence.name = "own channel";
  licence.grantee.accounts = {reelprint::test::kLicensedAccount};
  store::Rights(store_.database()).add(licence);
  LoopbackWeb web(reelprint::test::kPlantedHosts);
  const auto planted = plant(web, clips);
  for (const auto& url : planted.sites) add(CrawlSourceKind::site, url);
  for (const auto& url : planted.sitemaps) add(CrawlSourceKind::sitemap, url);
  for (const auto& url : planted.feeds) add(CrawlSourceKind::feed, url);

  const CrawlNumbers numbers = crawl();
  const auto decided = decisions();
  for (const std::string& page : planted.copies) {
    ASSERT_TRUE(decided.contains(page)) << page << ' ' << numbers.last_trouble << '\n' << story();
    EXPECT_EQ(decided.at(page), Decision::infringing) << page;
  }
  for (const auto& [page, decision] : decided) {
    if (planted.copies.contains(page)) continue;
    EXPECT_TRUE(decision == Decision::clear || decision == Decision::licensed) << page;
  }
  for (const std::string& page : planted.innocent) EXPECT_TRUE(decided.contains(page)) << page;
  const auto targets = asked(web);
  for (const std::string& target : planted.forbidden) EXPECT_FALSE(targets.contains(target)) << target;
  for (std::size_t host = 1; host <= reelprint::test::kPlantedHosts; ++host)
    EXPECT_LE(web.most_at_once(host), 1U) << "host " << host;
  // Whatever is in a case was captured, and is looked at some time later.
  clock_.pass(clock_.now() + 3h);
  crawl();
  store::Sightings sightings(store_.database());
  for (const Sighting& sighting : sightings.list(TenantId{}, {}, 1000)) {
    if (sighting.in_case == CaseId{}) continue;
    EXPECT_FALSE(sightings.captures(sighting.id).empty()) << sighting.location;
    EXPECT_FALSE(sightings.checks(sighting.id).empty()) << sighting.location;
  }
}

TEST_F(Crawling, SurvivesTrapsAndAsksForNoForbiddenAddress) {
  register_clips({test::make_clip(folder_, "work.mp4", 1)});
  reelprint::test::PlantedClips clips;
  clips.copies.assign(6, folder_.path() / "work.mp4");
  clips.licensed = folder_.path() / "work.mp4";
  clips.unrelated.assign(2, folder_.path() / "work.mp4");
  LoopbackWeb web(reelprint::test::kPlantedHosts);
  const auto planted = plant(web, clips);
  CrawlSourceId id = add(CrawlSourceKind::site, planted.traps.front());
  auto source = *store::CrawlSources(store_.database()).find(id);
  source.budget.pages = 30;
  source.scope.most_depth = 1000;
  source.scope.hosts = {"*.example", "127.0.1.10", "169.254.169.254", "10.0.0.1", "intranet.local"};
  ASSERT_TRUE(store::CrawlSources(store_.database()).update(source));

  const CrawlNumbers numbers = crawl();
  EXPECT_LE(numbers.pages, 31U);
  EXPECT_LT(web.sent_bytes(), 64'000'000U);
  std::size_t forbidden = 0;
  for (const auto& request : store::Frontier(store_.database()).requests(id, 0, 1000)) {
    if (!request.refused.empty()) ++forbidden;
    EXPECT_TRUE(request.address.empty() || request.address.starts_with("127.0.1.")) << request.url;
  }
  EXPECT_GE(forbidden, 3U);
}

TEST_F(Crawling, EndsWithItsBudgetAlsoWhereEveryLinkIsDead) {
  LoopbackWeb web(1);
  std::string links;
  for (int i = 0; i < 60; ++i) links += "<a href='/e/" + std::to_string(i) + "'>x</a>";
  web.put(1, "/", html(links));
  const CrawlSourceId id = add(CrawlSourceKind::site, web.url(1));
  auto source = *store::CrawlSources(store_.database()).find(id);
  source.budget.pages = 10;
  ASSERT_TRUE(store::CrawlSources(store_.database()).update(source));
  (void)crawl();
  EXPECT_LE(web.requests().size(), 12U) << story();
}

TEST_F(Crawling, FindsPagesThatOnlyASitemapOfTheRobotsTxtNames) {
  LoopbackWeb web(1);
  web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nSitemap: " + web.url(1, "/sm.xml") + "\n"});
  web.put(1, "/", html("nothing here"));
  web.put(1, "/sm.xml",
          WebAnswer{.body = "<urlset><url><loc>" + web.url(1, "/hidden") + "</loc></url></urlset>"});
  web.put(1, "/hidden", html("here"));
  add(CrawlSourceKind::site, web.url(1));
  (void)crawl();
  EXPECT_TRUE(asked(web).contains("1/hidden")) << story();
}

TEST_F(Crawling, TriesAPageAndAVideoAgainWhoseAnswerBrokeOff) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  std::atomic<int> pages = 0;
  std::atomic<int> videos = 0;
  LoopbackWeb web(1);
  const auto broken_once = [](std::atomic<int>& times, WebAnswer whole) {
    return [&times, whole = std::move(whole)](const SeenRequest&) {
      if (times++ > 0) return whole;
      WebAnswer cut{.headers = whole.headers, .stream_bytes = 4096};
      cut.stream = [](const reelprint::test::SendBytes& send) { (void)send("<html><p>"); };
      return cut;
    };
  };
  web.put(1, "/", broken_once(pages, html("<video src='/v.mp4'></video>")));
  web.put(1, "/v.mp4", broken_once(videos, media(work)));
  add(CrawlSourceKind::site, web.url(1));
  for (int i = 0; i < 3; ++i) {
    (void)crawl();
    clock_.pass(clock_.now() + 10min);
  }
  EXPECT_EQ(decisions()[web.url(1)], Decision::infringing) << story();
}

TEST_F(Crawling, TakesAPageThatIsNamedLikeAVideoForAPage) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  LoopbackWeb web(1);
  web.put(1, "/", html("<a href='/wiki/File:Work.mp4'>Work</a>"));
  web.put(1, "/wiki/File:Work.mp4", html("<a href='/images/a/work.mp4'>play</a>"));
  web.put(1, "/images/a/work.mp4", media(work));
  add(CrawlSourceKind::site, web.url(1));
  (void)crawl();
  EXPECT_TRUE(asked(web).contains("1/images/a/work.mp4")) << story();
}

TEST_F(Crawling, SaysOfACopyTheAddressThatAnswered) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  LoopbackWeb web(1);
  web.put(1, "/", html("<video><source src='/none.mp4'><source src='/work.mp4'></video>"));
  web.put(1, "/work.mp4", media(work));
  add(CrawlSourceKind::site, web.url(1));
  (void)crawl();
  const auto seen = store::Sightings(store_.database()).list(TenantId{}, {}, 10);
  ASSERT_EQ(seen.size(), 1U) << story();
  EXPECT_EQ(seen[0].location, web.url(1, "/work.mp4"));
}

TEST_F(Crawling, FetchesWhatAnExtractorNamesAndWritesDownWhatItAsked) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  LoopbackWeb web(1);
  web.put(1, "/watch", html("<div id='player'></div>"));
  web.put(1, "/robots.txt", WebAnswer{.body = "User-agent: *\nDisallow: /private\n"});
  web.put(1, "/hidden.mp4", media(work));
  const auto program = folder_.path() / "bin" / "extractor";
  std::filesystem::create_directory(program.parent_path());
  std::ofstream(program) << "#!/bin/bash\nfor last; do :; done\n"
                            "for target in api private; do exec 3<>/dev/tcp/127.0.0.1/3128\n"
                            "printf 'GET %s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' \"${last%watch}$target\" >&3\n"
                            "cat <&3 >/dev/null; done\n"
                            "printf '{\"title\": \"Lotus\", \"url\": \"%s\", \"protocol\": \"http\"}' "
                            "\"${last%watch}hidden.mp4\"\n";
  std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  settings_.extractor.program = program;
  CrawlSource source;
  source.name = "asks an extractor";
  source.kind = CrawlSourceKind::videos;
  source.start_urls = {web.url(1, "/watch")};
  source.every = 0min;
  source.uses_extractor = true;
  source.created_at = source.next_round_at = clock_.now();
  store::CrawlSources(store_.database()).add(source);

  crawl();

  const auto page = store::Frontier(store_.database()).find(CrawlSourceId{1}, web.url(1, "/watch"));
  if (page->note == "the extractor cannot be kept from the network here") GTEST_SKIP() << page->note;
  EXPECT_EQ(decisions(), (std::map<std::string, Decision>{{web.url(1, "/watch"), Decision::infringing}}))
      << story();
  EXPECT_NE(story().find("discover " + web.url(1, "/api") + " 404"), std::string::npos) << story();
  EXPECT_NE(story().find("discover " + web.url(1, "/private") + " 0 robots: Disallow: /private"),
            std::string::npos)
      << story();
  EXPECT_FALSE(asked(web).contains("1/private"));
}

TEST_F(Crawling, NotesWhenACopyGoesDownAndComesBack) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  const auto copy = test::make_copy(folder_, "copy.mp4", work);
  LoopbackWeb web(1);
  web.put(1, "/", html("<video src='/v.mp4'></video>"));
  web.put(1, "/v.mp4", media(copy));
  add(CrawlSourceKind::videos, web.url(1));
  crawl();
  store::Sightings sightings(store_.database());
  ASSERT_EQ(sightings.list(TenantId{}, {}, 10).size(), 1U);
  const SightingId id = sightings.list(TenantId{}, {}, 10)[0].id;
  ASSERT_NE(sightings.find(id)->in_case, CaseId{});
  EXPECT_TRUE(sightings.find(id)->is_up);
  web.put(1, "/v.mp4", html("this video is not available"));
  clock_.pass(clock_.now() + 24h);
  crawl();
  EXPECT_FALSE(sightings.find(id)->is_up);
  web.put(1, "/v.mp4", media(copy));
  clock_.pass(clock_.now() + 24h);
  crawl();
  EXPECT_TRUE(sightings.find(id)->is_up);
  EXPECT_EQ(store::Cases(store_.database()).find(sightings.find(id)->in_case)->sightings, std::vector{id});
  std::vector<std::string> noted;
  for (const CaseEvent& event : store::Cases(store_.database()).history(sightings.find(id)->in_case))
    if (event.what == "check") noted.push_back(event.detail);
  EXPECT_EQ(noted.size(), 2U);
  const auto captures = sightings.captures(id);
  ASSERT_EQ(captures.size(), 1U);
  std::vector<std::string> actions;
  for (const auto& entry : custody_of(store_, {"sighting " + std::to_string(id.value)}, TenantId{77},
                                      store::Audit(store_.database()).newest())
                               .entries) {
    actions.push_back(entry.action);
    if (entry.action == "sighting.capture") {
      EXPECT_NE(entry.detail.find(to_hex(captures[0].digest)), std::string::npos);
    }
  }
  const std::vector<std::string> expected{"sighting.seen", "sighting.capture", "sighting.check",
                                          "sighting.check"};
  EXPECT_EQ(actions, expected);
}

TEST_F(Crawling, LooksAtASampleFirstAndFetchesTheWholeOfWhatIsSuspicious) {
  const auto work = test::make_blocks(folder_, "work.mp4", 1);
  register_clips({work});
  const auto copy = test::make_copy(folder_, "copy.mp4", work);
  const auto other = test::make_blocks(folder_, "other.mp4", 2);
  LoopbackWeb web(2);
  web.put(1, "/", html("<video src='/copy.mp4'></video>"));
  web.put(1, "/copy.mp4", media(copy));
  web.put(2, "/", html("<video src='/other.mp4'></video>"));
  web.put(2, "/other.mp4", media(other));
  add(CrawlSourceKind::videos, web.url(1));
  add(CrawlSourceKind::videos, web.url(2));
  settings_.sample.whole_up_to_bytes = 0;
  settings_.sample.whole_up_to = 0s;
  settings_.sample.window = 2s;
  settings_.sample.every = 5s;
  const CrawlNumbers numbers = crawl();
  EXPECT_EQ(decisions()[web.url(1)], Decision::infringing);
  EXPECT_EQ(decisions()[web.url(2)], Decision::clear);
  EXPECT_GE(numbers.whole, 1U);
}

TEST_F(Crawling, TakesAThumbnailForAHintAndFetchesTheWholeAtOnce) {
  const auto work = test::make_blocks(folder_, "work.mp4", 1);
  register_clips({work});
  const auto copy = test::make_copy(folder_, "copy.mp4", work);
  const auto picture = folder_.make("picture.jpg", "-ss 3 -i " + work.string() + " -frames:v 1");
  LoopbackWeb web(1);
  web.put(1, "/", html("<video src='/copy.mp4' poster='/picture.jpg'></video>"));
  web.put(1, "/copy.mp4", media(copy));
  web.put(1, "/picture.jpg", media(picture, false, "image/jpeg"));
  add(CrawlSourceKind::videos, web.url(1));
  crawl();
  const auto found =
      store::Sightings(store_.database()).find(TenantId{}, web.url(1, "/copy.mp4"), web.url(1));
  ASSERT_TRUE(found) << story();
  EXPECT_TRUE(found->hint.starts_with("its thumbnail resembles a picture of ")) << found->hint << story();
  EXPECT_LT(story().find("hint " + web.url(1, "/picture.jpg")), story().find(web.url(1, "/copy.mp4")));
}

TEST_F(Crawling, AsksForNoThumbnailWhereHintsAreOff) {
  const auto work = test::make_blocks(folder_, "work.mp4", 1);
  register_clips({work});
  LoopbackWeb web(1);
  web.put(1, "/", html("<title>The Oath</title><video src='/v.mp4' poster='/picture.jpg'></video>"));
  web.put(1, "/v.mp4", media(test::make_blocks(folder_, "other.mp4", 2)));
  add(CrawlSourceKind::videos, web.url(1));
  settings_.uses_hints = false;
  crawl();
  EXPECT_EQ(story().find("picture.jpg"), std::string::npos);
  const auto found = store::Sightings(store_.database()).find(TenantId{}, web.url(1, "/v.mp4"), web.url(1));
  ASSERT_TRUE(found) << story();
  EXPECT_EQ(found->hint, "");
}

TEST_F(Crawling, ReadsAnIndexThatIsLongerThanTheFirstRequest) {
  register_clips({test::make_clip(folder_, "work.mp4", 1)});
  folder_.make("long.mp4",
               "-f lavfi -i testsrc=size=64x64:rate=400:duration=100 -c:v libx264 -preset ultrafast -g 400 "
               "-movflags +faststart");
  LoopbackWeb web(1);
  web.put(1, "/", html("<video src='/long.mp4'></video>"));
  web.put(1, "/long.mp4", media(folder_.path() / "long.mp4"));
  add(CrawlSourceKind::videos, web.url(1));
  settings_.sample.whole_up_to_bytes = 0;
  settings_.sample.window = 2s;
  crawl();
  EXPECT_LT(web.requests().size(), 16U) << story();
  EXPECT_EQ(decisions()[web.url(1)], Decision::clear);
}

TEST_F(Crawling, FlagsTheSameFileAtOnceAndNotesTheReupload) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  const auto copy = test::make_copy(folder_, "copy.mp4", work);
  LoopbackWeb web(2);
  for (const std::size_t host : {1, 2}) {
    web.put(host, "/", html("<video src='/v.mp4'></video>"));
    web.put(host, "/v.mp4", media(copy));
  }
  add(CrawlSourceKind::videos, web.url(1));
  crawl();
  add(CrawlSourceKind::videos, web.url(2));
  crawl();
  EXPECT_EQ(decisions()[web.url(1)], Decision::infringing);
  EXPECT_EQ(decisions()[web.url(2)], Decision::infringing);
  const auto second = store::Sightings(store_.database()).find(TenantId{}, web.url(2, "/v.mp4"), web.url(2));
  ASSERT_TRUE(second);
  const auto request = store::ScreeningRequests(store_.database()).find(second->request);
  const auto screening = store_.screening(request->screening);
  EXPECT_EQ(screening->cost.media_s, 0);
}

TEST_F(Crawling, ScreensNewFilesOfAWatchedFolderOnce) {
  const auto work = test::make_clip(folder_, "work.mp4", 1);
  register_clips({work});
  const auto watched = folder_.path() / "watched";
  std::filesystem::create_directories(watched);
  std::filesystem::copy_file(work, watched / "new.mp4");
  const CrawlSourceId id = add(CrawlSourceKind::folder, watched.string());
  crawl();
  const std::string location = (watched / "new.mp4").string();
  EXPECT_EQ(decisions()[location], Decision::infringing);
  auto source = *store::CrawlSources(store_.database()).find(id);
  source.next_round_at = clock_.now();
  ASSERT_TRUE(store::CrawlSources(store_.database()).update(source));
  EXPECT_EQ(crawl().videos[static_cast<std::size_t>(Decision::infringing)], 0U);
}

}  // namespace
}  // namespace reelprint::pipeline
