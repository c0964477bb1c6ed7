// Videos that are not to be had as wished, and crawls that are interrupted.
#include <gtest/gtest.h>

#include <fstream>

#include "evidence/digest.h"
#include "fetching_videos.h"

namespace reelprint::pipeline {
namespace {

using reelprint::test::html;
using reelprint::test::media;
using reelprint::test::SeenRequest;
using reelprint::test::WebAnswer;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
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
                {.headers = {{"ETag", "\"2\""}}, .body = std::string(3'000'000, 'x'), .takes_ranges = true},
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

/// Of a range of the file: the half of it, and the connection is cut.
WebAnswer half_of(const std::filesystem::path& file, const SeenRequest& request) {
  const std::string all = reelprint::test::read_bytes(file);
  const std::string& range = request.headers.at("range");
  const std::size_t first = std::stoul(range.substr(6));
  const std::size_t past = std::min(all.size(), std::stoul(range.substr(range.find('-') + 1)) + 1);
  const std::string half = all.substr(first, (past - first) / 2);
  WebAnswer answer{.status = 206};
  answer.headers = {{"Content-Type", "video/mp4"},
                    {"Content-Range", "bytes " + std::to_string(first) + "-" + std::to_string(past - 1) +
                                          "/" + std::to_string(all.size())}};
  answer.stream = [half](const reelprint::test::SendBytes& send) { (void)send(half); };
  answer.stream_bytes = past - first;
  return answer;
}

TEST_F(FetchingVideos, GoOnWhereAConnectionWasCut) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/v.mp4", [&](const SeenRequest& request) {
    const int number = ++asked_;
    return number > 4 && number <= 7 ? half_of(copy, request) : media(copy);
  });
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_EQ(sent("/v.mp4"), std::filesystem::file_size(copy)) << story();
  EXPECT_EQ(only_sighting().media, evidence::sha256_of(reelprint::test::read_bytes(copy)));
  EXPECT_FALSE(records(capture_of(only_sighting())).empty());
  expect_nothing_kept();
}

TEST_F(FetchingVideos, DoNotGoOnForEverWhereEachConnectionIsCut) {
  const auto copy = make_noisy("copy.mp4", work_);
  web_.put(1, "/v.mp4",
           [&](const SeenRequest& request) { return ++asked_ > 4 ? half_of(copy, request) : media(copy); });
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_EQ(only_sighting().media, Sha256{});
  EXPECT_EQ(times("/v.mp4"), 8U) << story();
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

TEST_F(FetchingVideos, PassOverAPieceOfAPlaylistThatIsNotToBeHad) {
  std::filesystem::create_directories(folder_.path() / "hls");
  folder_.make("hls/v.m3u8", "-i " + work_.string() + kNoisy + "-hls_time 1 -hls_playlist_type vod -f hls");
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path() / "hls"))
    web_.put(1, "/h/" + entry.path().filename().string(),
             media(entry.path(), true, "application/octet-stream"));
  web_.remove(1, "/h/v0.ts");
  std::string playlist = text_of(folder_.path() / "hls/v.m3u8");
  playlist.replace(playlist.find("v4.ts"), 5, "http://169.254.169.254/ad.ts");
  web_.put(1, "/h/v.m3u8", WebAnswer{.body = playlist});
  web_.put(1, "/", html("<video src='/h/v.m3u8'></video>"));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_EQ(times("/h/v0.ts"), 1U) << story();
}

TEST_F(FetchingVideos, TakeAServerWithoutRangesThatSaysOtherwiseForOne) {
  const auto copy = make_noisy("copy.mp4", work_);
  const std::string begin = text_of(copy).substr(0, std::size_t{256} << 10);
  const std::vector<WebAnswer> odd{
      {.status = 206, .body = begin},
      {.status = 206, .headers = {{"Content-Range", "bytes 0-262143/*"}}, .body = begin},
      {.status = 206,
       .headers = {{"Content-Type", "multipart/byteranges; boundary=S"}},
       .body = "--S\r\nContent-Type: video/mp4\r\n\r\n" + begin + "\r\n--S--"}};
  for (std::size_t i = 0; i < odd.size(); ++i) {
    const std::string path = "/" + std::to_string(i) + ".mp4";
    web_.put(1, path, [&, i](const SeenRequest& request) {
      return request.headers.contains("range") ? odd[i] : media(copy, false);
    });
    web_.put(1, "/p" + std::to_string(i), html("<video src='" + path + "'></video>"));
    add(CrawlSourceKind::videos, web_.url(1, "/p" + std::to_string(i)));
  }
  web_.put(1, "/3.mp4", [&](const SeenRequest& request) {
    const auto range = request.headers.find("range");
    const bool is_first = range != request.headers.end() && range->second.starts_with("bytes=0-");
    return media(copy, is_first);
  });
  web_.put(1, "/p3", html("<video src='/3.mp4'></video>"));
  add(CrawlSourceKind::videos, web_.url(1, "/p3"));
  crawl();
  for (const char* page : {"/p0", "/p1", "/p2", "/p3"})
    EXPECT_EQ(decisions()[web_.url(1, page)], Decision::infringing) << page << '\n' << story();
}

TEST_F(FetchingVideos, FetchTheWholeWhereOnlyItsBeginningWasKept) {
  settings_.sample.cut_bytes = std::uint64_t{1'500} << 10;
  const auto copy = make_noisy("copy.mp4", work_);
  ASSERT_GT(std::filesystem::file_size(copy), settings_.sample.cut_bytes);
  const std::string begin = text_of(copy).substr(0, std::size_t{256} << 10);
  web_.put(1, "/v.mp4", [&](const SeenRequest& request) {
    if (!request.headers.contains("range")) return media(copy, false);
    return WebAnswer{.status = 206, .headers = {{"Content-Range", "bytes 0-262143/*"}}, .body = begin};
  });
  web_.put(1, "/", html("<video src='/v.mp4'></video>"));
  add(CrawlSourceKind::videos, web_.url(1));
  crawl();
  EXPECT_EQ(decisions()[web_.url(1)], Decision::infringing) << story();
  EXPECT_NE(only_sighting().media, Sha256{}) << story();
}

}  // namespace
}  // namespace reelprint::pipeline
