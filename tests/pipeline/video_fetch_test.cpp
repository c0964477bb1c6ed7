// What a video costs: each byte of it, and of its page, goes over the wire once.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json.hpp>
#include <fstream>
#include <map>

#include "core/files.h"
#include "crawling.h"
#include "evidence/digest.h"
#include "evidence/warc_reader.h"
#include "pipeline/sighting_capture.h"
#include "store/crawl_exchanges.h"
#include "tests/support/loopback_web.h"

namespace reelprint::pipeline {
namespace {

using reelprint::test::html;
using reelprint::test::LoopbackWeb;
using reelprint::test::media;
using reelprint::test::SeenRequest;
using reelprint::test::WebAnswer;

constexpr const char* kNoisy =
    " -vf scale=480:640,noise=alls=10:allf=t -c:v libx264 -preset ultrafast -g 10 -b:v 2M -threads 1 ";

class FetchingVideos : public Crawling {
 protected:
  FetchingVideos() {
    register_clips({work_});
    settings_.sample.whole_up_to_bytes = 0;
    settings_.sample.whole_up_to = 0s;
    settings_.sample.window = 1s;
    settings_.sample.every = 4s;
    web_.put(1, "/", html("<video src='/v.mp4'></video>"));
  }

  /// Two megabytes of it.
  std::filesystem::path make_noisy(const std::string& name, const std::filesystem::path& of) const {
    return folder_.make(name, "-i " + of.string() + kNoisy + "-movflags +faststart");
  }
  /// Bytes of bodies that a path was asked for.
  std::uint64_t sent(const std::string& path) const {
    std::uint64_t sum = 0;
    for (const SeenRequest& request : web_.requests()) sum += request.target == path ? request.sent : 0;
    return sum;
  }
  std::size_t times(const std::string& path) const {
    std::size_t count = 0;
    for (const SeenRequest& request : web_.requests()) count += request.target == path ? 1 : 0;
    return count;
  }
  Sighting only_sighting() {
    const auto all = store::Sightings(store_.database()).list(TenantId{}, {}, 10);
    EXPECT_EQ(all.size(), 1U) << story();
    return all.empty() ? Sighting{} : all[0];
  }
  std::filesystem::path capture_of(const Sighting& sighting) {
    const auto captures = store::Sightings(store_.database()).captures(sighting.id);
    EXPECT_EQ(captures.size(), 1U) << story();
    return captures.empty() ? std::filesystem::path() : captures_folder(data_) / captures[0].file;
  }
  static std::vector<evidence::WarcRecord> records(const std::filesystem::path& warc) {
    EXPECT_EQ(evidence::warc_problems(warc), std::vector<std::string>{});
    std::vector<evidence::WarcRecord> all;
    evidence::WarcReader reader(warc);
    while (auto record = reader.next()) all.push_back(std::move(*record));
    return all;
  }
  static std::map<std::string, std::size_t> types(const std::vector<evidence::WarcRecord>& of) {
    std::map<std::string, std::size_t> types;
    for (const auto& record : of) ++types[std::string(record.field("WARC-Type"))];
    return types;
  }
  void expect_nothing_kept() {
    EXPECT_TRUE(std::filesystem::is_empty(data_ / "kept"));
    EXPECT_EQ(store::CrawlExchanges(store_.database()).bytes(), 0U);
  }
  std::string note_of(const std::string& path) {
    const auto source = store::CrawlSources(store_.database()).list({}, {}, 10).at(0).id;
    const auto url = store::Frontier(store_.database()).find(source, web_.url(1, path));
    return url ? url->note : "";
  }

  std::filesystem::path work_ = test::make_blocks(folder_, "work.mp4", 1);
  std::atomic<int> asked_ = 0;
  LoopbackWeb web_{1};
};

TEST_F(FetchingVideos, AskForEachByteOfACopyAndItsPageOnce) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/v.mp4", media(copy));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  ASSERT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_EQ(sent("/v.mp4"), std::filesystem::file_size(copy)) << story();
  EXPECT_GT(times("/v.mp4"), 2U);
  EXPECT_EQ(times("/"), 1U);
  const Sighting sighting = only_sighting();
  const auto all = records(capture_of(sighting));
  EXPECT_EQ(types(all).at("response"), 1 + times("/v.mp4"));
  EXPECT_EQ(types(all).at("conversion"), 1U);
  for (const auto& record : all) {
    if (record.field("WARC-Type") != "conversion") continue;
    EXPECT_EQ(record.payload, sighting.media);
    EXPECT_EQ(record.field("Content-Type"), "video/mp4");
    EXPECT_EQ(record.field("WARC-Target-URI"), web_.url(1, "/v.mp4"));
  }
  const auto facts = boost::json::parse(all.back().begin).as_object();
  EXPECT_EQ(facts.at("pieces").as_array().size(), times("/v.mp4"));
  EXPECT_TRUE(facts.at("is_whole").as_bool());
  expect_nothing_kept();
}

TEST_F(FetchingVideos, KeepOfAPlaylistEverythingFromTheMasterToTheSegments) {
  std::filesystem::create_directories(folder_.path() / "hls");
  folder_.make("hls/v.m3u8", "-i " + work_.string() + kNoisy +
                                 "-hls_time 1 -hls_playlist_type vod -hls_segment_type fmp4 "
                                 "-master_pl_name master.m3u8 -f hls");
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "hls")) {
    web_.put(1, "/h/" + entry.path().filename().string(),
             media(entry.path(), true, "application/octet-stream"));
    bytes += entry.file_size();
  }
  web_.put(1, "/", html("<video src='/h/master.m3u8'></video>"));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  ASSERT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  std::uint64_t sent_bytes = 0;
  for (const SeenRequest& request : web_.requests()) {
    EXPECT_TRUE(request.target == "/robots.txt" || times(request.target) == 1) << request.target;
    sent_bytes += request.target.starts_with("/h/") ? request.sent : 0;
  }
  EXPECT_EQ(sent_bytes, bytes) << story();
  const Sighting sighting = only_sighting();
  EXPECT_GE(sighting.fetched_bytes, bytes);
  const auto all = records(capture_of(sighting));
  EXPECT_EQ(types(all).at("response"), web_.requests().size() - 1);  // all but robots.txt
  EXPECT_EQ(types(all).at("conversion"), 1U);
  expect_nothing_kept();
}

TEST_F(FetchingVideos, AskOnceMoreForAPageThatWasNotKept) {
  const auto copy = test::make_copy(folder_, "copy.mp4", work_);
  web_.put(
      1, "/feed",
      reelprint::test::text("<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><item>"
                            "<link>" +
                                web_.url(1, "/watch") + "</link><media:content url='" +
                                web_.url(1, "/v.mp4") + "' type='video/mp4'/></item></channel></rss>",
                            "application/rss+xml"));
  web_.put(1, "/watch", html("<p>watch it"));
  web_.put(1, "/v.mp4", media(copy));
  add(CrawlSourceKind::feed, web_.url(1, "/feed"));
  crawl();
  const Sighting sighting = only_sighting();
  EXPECT_EQ(sighting.page_url, web_.url(1, "/watch"));
  EXPECT_EQ(sent("/v.mp4"), std::filesystem::file_size(copy)) << story();
  bool has_page = false;
  for (const auto& record : records(capture_of(sighting)))
    has_page = has_page || record.begin.find("watch it") != std::string::npos;
  EXPECT_TRUE(has_page);
  expect_nothing_kept();
}

TEST_F(FetchingVideos, KeepNothingOfAClearOne) {
  const auto other = make_noisy("other.mp4", test::make_blocks(folder_, "strange.mp4", 9));
  web_.put(1, "/v.mp4", media(other));
  add(CrawlSourceKind::videos, web_.url(1));
  const CrawlNumbers numbers = crawl();
  ASSERT_EQ(decisions()[web_.url(1)], Decision::clear) << story();
  const Sighting sighting = only_sighting();
  EXPECT_FALSE(std::filesystem::exists(captures_folder(data_)));
  expect_nothing_kept();
  // What the decision cost is that of its requests.
  const auto round = store::CrawlSources(store_.database()).rounds(sighting.source, 1).at(0);
  EXPECT_EQ(round.video_bytes, sighting.fetched_bytes);
  EXPECT_GT(sighting.fetched_bytes, sent("/v.mp4"));  // heads too
  EXPECT_LT(sighting.fetched_bytes, sent("/v.mp4") + 1'000 * times("/v.mp4"));
  EXPECT_GT(sighting.took, Duration{0});
  EXPECT_NEAR(round.video_s, to_seconds(sighting.took), 1e-5);
  EXPECT_EQ(round.bytes, numbers.bytes);
}

TEST_F(FetchingVideos, TellWhatADecisionThatWasTakenOverCost) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/", html("<video src='/v.mp4'></video>"));
  web_.put(1, "/again", html("<video src='/w.mp4'></video>"));
  web_.put(1, "/v.mp4", media(copy));
  web_.put(1, "/w.mp4", media(copy));
  settings_.fetches_whole = true;
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  const Sighting first = only_sighting();
  add(CrawlSourceKind::videos, web_.url(1, "/again"));
  crawl();
  const auto second =
      store::Sightings(store_.database()).find(TenantId{}, web_.url(1, "/w.mp4"), web_.url(1, "/again"));
  ASSERT_TRUE(second) << story();
  const auto request = store::ScreeningRequests(store_.database()).find(second->request);
  EXPECT_EQ(store_.screening(request->screening)->cost.media_s, 0);
  const std::uint64_t size = std::filesystem::file_size(copy);
  for (const Sighting& sighting : {first, *second}) {
    EXPECT_GE(sighting.fetched_bytes, size);
    EXPECT_LT(sighting.fetched_bytes, size + 10'000);
    EXPECT_GT(sighting.took, Duration{0});
    const auto round = store::CrawlSources(store_.database()).rounds(sighting.source, 1).at(0);
    EXPECT_EQ(round.video_bytes, sighting.fetched_bytes);
    EXPECT_NEAR(round.video_s, to_seconds(sighting.took), 1e-5);
    EXPECT_EQ(round.bytes_offered, size);
  }
}

// --- the whole is not to be had ---

/// How a server treats who comes back for the rest.
struct Trouble {
  std::string name;
  WebAnswer answer;
  std::string words;
};

class WholesRefused : public FetchingVideos, public testing::WithParamInterface<int> {
 protected:
  Trouble trouble() const {
    const auto cut = [](const reelprint::test::SendBytes& send) { (void)send("a few bytes"); };
    switch (GetParam()) {
      case 0: return {"refusal", {.status = 403}, "answered 403"};
      case 1: return {"range", {.status = 416}, "answered 416"};
      case 2: return {"cut", {.status = 206, .stream = cut, .stream_bytes = 1'000'000}, "connect"};
      default:
        return {"change",
                {.headers = {{"ETag", "\"2\""}}, .body = std::string(900'000, 'x'), .takes_ranges = true},
                "the file changed while it was fetched"};
    }
  }
};

TEST_P(WholesRefused, LeaveWhatTheSampleShowed) {
  const auto copy = make_noisy("copy.mp4", work_);
  const Trouble trouble = this->trouble();
  web_.put(1, "/v.mp4", [&](const SeenRequest&) {
    WebAnswer answer = media(copy);
    answer.headers.emplace_back("ETag", "\"1\"");
    return ++asked_ > 4 ? trouble.answer : answer;
  });
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_NE(note_of("/v.mp4").find("the whole was not to be had: " + trouble.words), std::string::npos)
      << note_of("/v.mp4") << '\n'
      << story();
  const Sighting sighting = only_sighting();
  EXPECT_EQ(sighting.media, Sha256{});
  EXPECT_FALSE(records(capture_of(sighting)).empty());
  expect_nothing_kept();
}

INSTANTIATE_TEST_SUITE_P(InEachWay, WholesRefused, testing::Range(0, 4));

TEST_F(FetchingVideos, AskAgainForAFileThatChangedBeforeItsSampleWasHad) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/v.mp4", [&](const SeenRequest&) {
    WebAnswer answer = media(copy);
    answer.headers.emplace_back("ETag", ++asked_ == 1 ? "\"1\"" : "\"2\"");
    return answer;
  });
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_TRUE(decisions().empty()) << story();
  expect_nothing_kept();
  clock_.pass(clock_.now() + 1h);
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
}

// --- busy hosts, kills ---

TEST_F(FetchingVideos, WaitForAHostThatIsReadySoonAndComeBackToOneThatIsNot) {
  const auto copy = make_noisy("copy.mp4", work_);
  for (const std::string wait : {"60", "3600"}) {
    asked_ = 0;
    const std::string path = "/" + wait;
    web_.put(1, path + ".mp4", [&](const SeenRequest&) {
      if (++asked_ == 3) return WebAnswer{.status = 503, .headers = {{"Retry-After", wait}}};
      return media(copy);
    });
    web_.put(1, path, html("<video src='" + path + ".mp4'></video>"));
    add(CrawlSourceKind::videos, web_.url(1, path));
    crawl();
    EXPECT_EQ(decisions().contains(web_.url(1, path)), wait == "60") << story();
    clock_.pass(clock_.now() + 2h);
    crawl();
    EXPECT_EQ(decisions()[web_.url(1, path)], Decision::infringing) << story();
    std::uint64_t bytes = 0;
    std::size_t pages = 0;
    for (const auto& request : store::Frontier(store_.database()).requests(CrawlSourceId{}, 0, 1000)) {
      const bool is_fetch = request.purpose == CrawlPurpose::sample || request.purpose == CrawlPurpose::whole;
      if (request.url == web_.url(1, path + ".mp4") && is_fetch) bytes += request.bytes;
      if (request.url == web_.url(1, path) && request.purpose == CrawlPurpose::discover) ++pages;
    }
    EXPECT_GE(bytes, std::filesystem::file_size(copy));
    EXPECT_LT(bytes, std::filesystem::file_size(copy) + 10'000) << story();
    EXPECT_EQ(pages, 1U) << story();
  }
}

TEST_F(FetchingVideos, FetchNothingAgainAfterTheyWereInterrupted) {
  const auto copy = make_noisy("copy.mp4", work_);
  std::stop_source stop;
  web_.put(1, "/v.mp4", [&](const SeenRequest&) {
    if (++asked_ == 4) stop.request_stop();
    return media(copy);
  });
  add(CrawlSourceKind::videos, web_.url(1));
  Crawl(settings_, tools_).run({}, stop.get_token());
  const std::uint64_t before = sent("/v.mp4");
  EXPECT_LT(before, std::filesystem::file_size(copy));
  EXPECT_FALSE(std::filesystem::is_empty(data_ / "kept"));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  // But for the request that was under way.
  EXPECT_LE(times("/v.mp4"), 10U) << story();
  EXPECT_LT(sent("/v.mp4"), std::filesystem::file_size(copy) + (std::uint64_t{2} << 20)) << story();
  const std::uint64_t fetched = only_sighting().fetched_bytes;
  EXPECT_GE(fetched, std::filesystem::file_size(copy));
  expect_nothing_kept();
}

TEST_F(FetchingVideos, BeginAnewWhenWhatWasKeptIsDamaged) {
  const auto copy = make_noisy("copy.mp4", work_);
  std::stop_source stop;
  web_.put(1, "/v.mp4", [&](const SeenRequest&) {
    if (++asked_ == 4) stop.request_stop();
    return media(copy);
  });
  add(CrawlSourceKind::videos, web_.url(1));
  Crawl(settings_, tools_).run({}, stop.get_token());
  for (const auto& entry : std::filesystem::directory_iterator(data_ / "kept")) {
    std::fstream file(entry.path(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(10);
    file << "damage";
  }
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_EQ(only_sighting().media, evidence::sha256_of(reelprint::test::read_bytes(copy)));
  expect_nothing_kept();
}

}  // namespace
}  // namespace reelprint::pipeline
