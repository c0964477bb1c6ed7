// The real program crawls a web on the loopback.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <map>
#include <set>

#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/rights.h"
#include "store/screening_requests.h"
#include "store/sightings.h"
#include "store/store.h"
#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/reelprint.h"
#include "tests/support/eventually.h"
#include "tests/support/loopback_web.h"
#include "tests/support/planted_web.h"

namespace reelprint::e2e {
namespace {

using test::LoopbackWeb;
using test::SeenRequest;

constexpr std::size_t kHosts = 16;  ///< asked at once

/// How often the program is killed: a few times, or as often as the environment has it.
int kills() {
  const char* text = std::getenv("REELPRINT_CRAWL_KILLS");
  return text == nullptr ? 4 : std::stoi(text);
}

class Crawl : public ReelprintTest {
 protected:
  void register_episodes(int episodes) {
    Words lines;
    for (int i = 1; i <= episodes; ++i) lines.push_back(catalog_line("S", i, episode_clip(i)));
    program.json({"register", write_catalog("catalog.csv", lines)});
  }
  void add(CrawlSourceKind kind, const std::string& url) {
    store::Store store(program.data());
    CrawlSource source;
    source.name = url;
    source.kind = kind;
    source.start_urls = {url};
    source.every = std::chrono::minutes{0};
    source.created_at = SystemClock().now();
    source.next_round_at = source.created_at;
    store::CrawlSources(store.database()).add(source);
  }
  [[nodiscard]] Command crawl() const {
    return program.command({"crawl", "run", "--contact", "https://example.org/crawler", "--until-idle",
                            "--allow-loopback", "--least-delay-s", "0.002", "--lease-s", "1", "--hosts",
                            std::to_string(kHosts), "--json"});
  }
  /// What was decided, by page, or by location where there is no page.
  [[nodiscard]] std::map<std::string, Decision> decisions() const {
    store::Store store(program.data());
    store::ScreeningRequests requests(store.database());
    std::map<std::string, Decision> decisions;
    for (const Sighting& sighting : store::Sightings(store.database()).list(TenantId{}, {}, 1000))
      decisions[sighting.page_url.empty() ? sighting.location : sighting.page_url] =
          requests.find(sighting.request)->decision;
    return decisions;
  }
};

TEST_F(Crawl, FlagsWhatIsPlantedAndObeysEveryHost) {
  register_episodes(3);
  {
    store::Store store(program.data());
    Licence licence;
    licence.holder = store.reference(ReferenceId{1})->holder.id;
    licence.name = "own channel";
    licence.grantee.accounts = {test::kLicensedAccount};
    store::Rights(store.database()).add(licence);
  }
  test::PlantedClips clips;
  for (int i = 0; i < 6; ++i) clips.copies.push_back(copy_of_episode_clip(i % 3 + 1));
  clips.licensed = copy_of_episode_clip(1);
  clips.unrelated = {stranger_clip(), episode_clip(77)};
  LoopbackWeb web(test::kPlantedHosts);
  const test::PlantedWeb planted = plant(web, clips);
  for (const auto& url : planted.sites) add(CrawlSourceKind::site, url);
  for (const auto& url : planted.sitemaps) add(CrawlSourceKind::sitemap, url);
  for (const auto& url : planted.feeds) add(CrawlSourceKind::feed, url);
  const Ended ended = run(crawl());
  ASSERT_EQ(ended.exit_code, 0) << ended.err;
  const auto decided = decisions();
  for (const std::string& page : planted.copies) {
    ASSERT_TRUE(decided.contains(page)) << page << '\n' << ended.out << ended.err;
    EXPECT_EQ(decided.at(page), Decision::infringing) << page;
  }
  for (const auto& [page, decision] : decided) {
    if (planted.copies.contains(page)) continue;
    EXPECT_TRUE(decision == Decision::clear || decision == Decision::licensed) << page;
  }
  std::set<std::string> asked;
  for (const SeenRequest& request : web.requests()) {
    asked.insert(std::to_string(request.host) + request.target);
    EXPECT_NE(request.headers.at("user-agent").find("+https://example.org/crawler"), std::string::npos);
  }
  for (const std::string& target : planted.forbidden) EXPECT_FALSE(asked.contains(target)) << target;
  for (std::size_t host = 1; host <= test::kPlantedHosts; ++host)
    EXPECT_LE(web.most_at_once(host), 1U) << host;
}

TEST_F(Crawl, FetchesNoPageTwiceHoweverOftenItIsKilled) {
  constexpr std::size_t kSites = 8;
  constexpr int kPages = 60;
  register_episodes(1);
  LoopbackWeb web(kSites);
  for (std::size_t host = 1; host <= kSites; ++host) {
    std::string links;
    for (int i = 1; i <= kPages; ++i) links += "<a href='/p/" + std::to_string(i) + "'>x</a>";
    web.put(host, "/", test::html(links));
    for (int i = 1; i <= kPages; ++i)
      web.put(host, "/p/" + std::to_string(i), test::html(i == 7 ? "<video src='/v.mp4'></video>" : links));
    web.put(host, "/v.mp4", test::media(copy_of_episode_clip(1)));
    add(CrawlSourceKind::site, web.url(host));
  }
  const int times = kills();
  const std::size_t step = kSites * kPages / static_cast<std::size_t>(times + 1);
  for (int i = 1; i <= times; ++i) {
    ChildProcess child(crawl());
    const std::size_t wanted = static_cast<std::size_t>(i) * step;
    ASSERT_TRUE(test::eventually([&] { return web.requests().size() >= wanted; })) << web.requests().size();
    child.send(SIGKILL);
    (void)child.wait(std::chrono::seconds(30));
  }
  const Ended ended = run(crawl());
  ASSERT_EQ(ended.exit_code, 0) << ended.err;

  std::map<std::string, std::size_t> seen;
  for (const SeenRequest& request : web.requests())
    if (request.target.starts_with("/p/") && request.target != "/p/7")
      ++seen[std::to_string(request.host) + request.target];
  EXPECT_EQ(seen.size(), kSites * (kPages - 1));
  std::size_t again = 0;
  for (const auto& [target, count] : seen) again += count - 1;
  EXPECT_LE(again, static_cast<std::size_t>(times) * kSites);
  std::map<std::string, std::size_t> recorded;
  store::Store store(program.data());
  for (const auto& request : store::Frontier(store.database()).requests(CrawlSourceId{}, 0, 100'000))
    if (request.purpose == CrawlPurpose::discover && request.status == 200) ++recorded[request.url];
  for (const auto& [url, count] : recorded) EXPECT_EQ(count, 1U) << url;
  for (std::size_t host = 1; host <= kSites; ++host)
    EXPECT_EQ(decisions()[web.url(host, "/p/7")], Decision::infringing);
  RecordProperty("fetched_again", static_cast<int>(again));
  std::cout << "killed " << times << " times: " << again << " pages asked again, all in flight\n";
}

/// An HLS of twenty segments of an episode's copy.
std::filesystem::path write_playlist(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const Ended ended = run({{"ffmpeg", "-v", "error", "-nostdin", "-i", copy_of_episode_clip(1).string(),
                            "-c:v", "libx264", "-preset", "veryfast", "-g", "5", "-hls_time", "0.5",
                            "-hls_playlist_type", "vod", (folder / "v.m3u8").string()},
                           {},
                           {}});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  return folder;
}

TEST_F(Crawl, FetchesNoMediaTwiceHoweverOftenItIsKilled) {
  constexpr std::size_t kSites = 8;
  register_episodes(1);
  const std::filesystem::path playlist = write_playlist(folder() / "hls");
  LoopbackWeb web(kSites);
  for (std::size_t host = 1; host <= kSites; ++host) {
    web.put(host, "/", test::html("<video src='/h/v.m3u8'></video>"));
    put_folder(web, host, "/h/", playlist);
    add(CrawlSourceKind::videos, web.url(host));
  }
  const auto media_requests = [&] {
    std::size_t count = 0;
    for (const SeenRequest& request : web.requests()) count += request.target.starts_with("/h/") ? 1 : 0;
    return count;
  };
  std::size_t files = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(playlist)) ++files;
  const int times = kills();
  for (int i = 1; i <= times; ++i) {
    ChildProcess child(crawl());
    // The last of them when all is fetched, and most of the samples wait to be screened.
    const std::size_t wanted = kSites * files * static_cast<std::size_t>(i) / static_cast<std::size_t>(times);
    ASSERT_TRUE(test::eventually([&] { return media_requests() >= wanted; })) << media_requests();
    child.send(SIGKILL);
    (void)child.wait(std::chrono::seconds(30));
  }
  const Ended ended = run(crawl());
  ASSERT_EQ(ended.exit_code, 0) << ended.err;

  std::size_t again = media_requests() - kSites * files;
  EXPECT_LE(again, static_cast<std::size_t>(times) * kSites);
  std::map<std::string, std::size_t> recorded;
  store::Store store(program.data());
  for (const auto& request : store::Frontier(store.database()).requests(CrawlSourceId{}, 0, 100'000))
    if (request.purpose == CrawlPurpose::sample || request.purpose == CrawlPurpose::whole)
      ++recorded[request.url];
  EXPECT_EQ(recorded.size(), kSites * files);
  for (const auto& [url, count] : recorded) EXPECT_EQ(count, 1U) << url;
  store::Sightings sightings(store.database());
  const auto seen = sightings.list(TenantId{}, {}, 100);
  EXPECT_EQ(seen.size(), kSites);
  for (const Sighting& sighting : seen) EXPECT_EQ(sightings.captures(sighting.id).size(), 1U);
  for (std::size_t host = 1; host <= kSites; ++host)
    EXPECT_EQ(decisions()[web.url(host)], Decision::infringing);
  EXPECT_TRUE(std::filesystem::is_empty(program.data() / "kept"));
  std::cout << "killed " << times << " times: " << again << " of " << kSites * files
            << " media files asked again, all in flight\n";
}

}  // namespace
}  // namespace reelprint::e2e
