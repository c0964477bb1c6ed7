#include "crawler/extractor.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/loopback_web.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using test::LoopbackWeb;
using test::WebAnswer;

constexpr const char* kVideo = R"json({"_type": "video", "title": "第一集", "uploader": "drama box",
  "channel_url": "https://v.example/c/1", "series": "Return", "episode_number": 3, "duration": 90.5,
  "timestamp": 1800000000, "view_count": 12345, "like_count": null, "thumbnail": "https://v.example/t.jpg",
  "webpage_url": "https://v.example/w/1", "language": "zh",
  "formats": [
    {"url": "https://v.example/1080.mp4", "protocol": "https", "ext": "mp4", "height": 1080, "filesize": 9000000},
    {"url": "https://v.example/sound.m4a", "protocol": "https", "ext": "m4a", "vcodec": "none"},
    {"url": "https://v.example/drm.mpd", "protocol": "http_dash_segments", "height": 144, "has_drm": true},
    {"url": "file:///etc/passwd", "height": 1},
    {"url": "https://v.example/360.m3u8", "protocol": "m3u8_native", "ext": "mp4", "height": 360}
  ]})json";

TEST(Extraction, ReadsAVideo) {
  const Extraction extraction = read_extraction(kVideo);
  EXPECT_EQ(extraction.problem, "");
  ASSERT_EQ(extraction.videos.size(), 1U);
  const VideoMetadata& metadata = extraction.videos[0].metadata;
  EXPECT_EQ(metadata.title, "第一集");
  EXPECT_EQ(metadata.uploader, "drama box");
  EXPECT_EQ(metadata.uploader_url, "https://v.example/c/1");
  EXPECT_EQ(metadata.episode, 3);
  EXPECT_EQ(metadata.duration, Duration{90'500'000});
  EXPECT_EQ(metadata.published_at, WallTime{1'800'000'000s});
  EXPECT_EQ(metadata.views, 12'345U);
  EXPECT_EQ(metadata.likes, std::nullopt);
}

TEST(Extraction, PutsTheSmallestPicturesFirstAndLeavesOutWhatIsProtectedOrNoWebAddress) {
  const auto media = read_extraction(kVideo).videos.at(0).media;
  ASSERT_EQ(media.size(), 3U);
  EXPECT_EQ(media[0].url, "https://v.example/360.m3u8");
  EXPECT_EQ(media[0].protocol, "m3u8_native");
  EXPECT_EQ(media[1].height, 1080);
  EXPECT_EQ(media[1].bytes, 9'000'000U);
  EXPECT_FALSE(media[2].has_picture);
}

TEST(Extraction, ReadsListsOfLists) {
  const std::string list =
      std::string(R"({"entries": [)") + kVideo + R"(, null, 7, {"entries": [)" + kVideo + "]}]}";
  EXPECT_EQ(read_extraction(list).videos.size(), 2U);
}

TEST(Extraction, SurvivesWhateverComes) {
  EXPECT_EQ(read_extraction("").problem, "the extractor's answer is no JSON");
  EXPECT_EQ(read_extraction(std::string(100'000, '[')).problem, "the extractor's answer is no JSON");
  EXPECT_EQ(read_extraction("[]").problem, "the extractor found no video");
  EXPECT_EQ(read_extraction(R"({"url": 7, "formats": {}, "title": []})").problem,
            "the extractor found no video");
  const auto odd = read_extraction(
      R"({"url": "https://a/", "duration": -1, "view_count": 1e300, "episode_number": 1e18, "timestamp": 1e300,
          "upload_date": "20261399"})");
  EXPECT_EQ(odd.videos.at(0).metadata, VideoMetadata{});
  std::string many = R"({"entries": [)";
  for (int i = 0; i < 1'000; ++i) many += R"({"url": "https://a/"},)";
  many.back() = ']';
  EXPECT_EQ(read_extraction(many + "}").videos.size(), 200U);
}

TEST(Extraction, CutsTextsWhereACharacterEnds) {
  std::string long_text;
  for (int i = 0; i < 2'000; ++i) long_text += "集";
  const auto extraction = read_extraction(R"({"url": "https://a/", "title": ")" + long_text + "\"}");
  EXPECT_EQ(extraction.videos.at(0).metadata.title.size(), 4095U);
}

class ExtractorTest : public testing::Test {
 protected:
  void SetUp() override {
    if (run(program("exit 0")).problem == "the extractor cannot be kept from the network here")
      GTEST_SKIP() << "namespaces are not permitted here";
  }
  /// A program that runs `script`.
  ExtractorSettings program(const std::string& script, const std::string& shell = "/bin/sh") {
    const auto path = folder_.path() / "bin" / "extractor";
    std::filesystem::create_directory(folder_.path() / "bin");
    std::filesystem::create_directory(work());
    std::ofstream(path) << "#!" << shell << "\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    ExtractorSettings settings{.program = path, .time_limit = 60s};
    settings.fetch.user_agent = "reelprint/1 (+https://rights.example)";
    settings.fetch.allow_loopback = true;
    return settings;
  }
  [[nodiscard]] std::filesystem::path work() const { return folder_.path() / "work"; }
  Extraction run(const ExtractorSettings& settings,
                 const std::string& page = "https://v.example/w/1?a=$(id)") const {
    return extract(page, work(), settings, {});
  }
  test::TemporaryFolder folder_;
};

TEST_F(ExtractorTest, AsksTheProgramAboutAPage) {
  const auto settings = program(R"(for last; do :; done
printf '{"url": "https://v.example/a.mp4", "title": "%s"}' "$last")");
  const Extraction extraction = run(settings);
  EXPECT_EQ(extraction.problem, "");
  EXPECT_EQ(extraction.videos.at(0).metadata.title, "https://v.example/w/1?a=$(id)");
}

TEST_F(ExtractorTest, SaysWhoAsks) {
  const auto settings = program(R"(printf '{"url": "https://a/", "title": "'
for one; do printf '%s ' "$one"; done; printf '"}')");
  EXPECT_NE(
      run(settings).videos.at(0).metadata.title.find("--user-agent reelprint/1 (+https://rights.example) "),
      std::string::npos);
}

TEST_F(ExtractorTest, SaysWhatWentWrong) {
  EXPECT_EQ(run({}).problem, "no extractor is configured");
  EXPECT_EQ(run({.program = "/no/such/extractor"}).problem, "the extractor could not be started");
  EXPECT_EQ(run(program("exit 1")).problem, "the extractor failed with exit code 1");
  EXPECT_EQ(run(program("echo ERROR")).problem, "the extractor's answer is no JSON");
  auto loud = program("while :; do echo 01234567890123456789; done");
  loud.most_output_bytes = 1'000;
  EXPECT_EQ(run(loud).problem, "the extractor said too much");
  auto slow = program("sleep 1000");
  slow.time_limit = 100ms;
  EXPECT_EQ(run(slow).problem, "the extractor took too long");
}

/// Asks the proxy for what `$1` says, as programs do that know only of it.
constexpr const char* kAsk = R"(ask() { exec 3<>/dev/tcp/127.0.0.1/3128 && printf "$1" >&3 && cat <&3; }
)";

TEST_F(ExtractorTest, ReachesOnlyWhatTheGuardAndRobotsTxtLetItReach) {
  LoopbackWeb web(1);
  web.put(1, "/open", test::text("open"));
  web.put(1, "/private", test::text("private"));
  const std::string host = web.url(1, "");
  std::string script = kAsk;
  for (const std::string& url :
       {host + "/open", host + "/private", std::string("http://10.0.0.1/"),
        std::string("http://[::ffff:169.254.169.254]/"), std::string("http://0x0a000001/")})
    script += "ask 'GET " + url + " HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' >/dev/null\n";
  script += "ask 'CONNECT 192.168.0.1:443 HTTP/1.1\\r\\n\\r\\n' >/dev/null\n";
  script +=
      "(exec 3<>/dev/tcp/127.0.1.1/" + host.substr(host.rfind(':') + 1) + ") 2>/dev/null || printf '[]'\n";
  auto settings = program(script, "/bin/bash");
  settings.refusal = [](const std::string& url) {
    return url.ends_with("/private") ? std::string("robots: Disallow: /private") : std::string();
  };

  const Extraction extraction = run(settings);

  ASSERT_EQ(extraction.requests.size(), 6U) << extraction.problem;
  EXPECT_EQ(extraction.problem, "the extractor found no video") << "past the proxy there is nothing";
  EXPECT_EQ(extraction.requests[0].refused, "");
  EXPECT_EQ(extraction.requests[0].status, 200);
  EXPECT_EQ(extraction.requests[0].address, "127.0.1.1");
  EXPECT_EQ(extraction.requests[1].refused, "robots: Disallow: /private");
  for (std::size_t i = 2; i < 6; ++i)
    EXPECT_TRUE(extraction.requests[i].refused.starts_with("address: ")) << extraction.requests[i].url;
  ASSERT_EQ(web.requests().size(), 1U);
  EXPECT_EQ(web.requests()[0].target, "/open");
}

TEST_F(ExtractorTest, FindsWithYtDlpWhatAPageShows) {
  const std::filesystem::path yt_dlp = "/usr/bin/yt-dlp";
  if (!std::filesystem::exists(yt_dlp)) GTEST_SKIP() << "yt-dlp is not installed";
  LoopbackWeb web(1);
  web.put(1, "/watch", test::html("<video src='/v.mp4' poster='/t.jpg'></video>", "<title>Lotus 1</title>"));
  web.put(1, "/v.mp4",
          WebAnswer{.headers = {{"Content-Type", "video/mp4"}}, .body = std::string(2'000, 'v')});
  web.put(1, "/live.m3u8",
          WebAnswer{.headers = {{"Content-Type", "application/vnd.apple.mpegurl"}},
                    .body = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100,RESOLUTION=640x360\n360.m3u8\n"});
  ExtractorSettings settings = program("");
  settings.program = yt_dlp;

  const Extraction page = run(settings, web.url(1, "/watch"));
  const Extraction list = run(settings, web.url(1, "/live.m3u8"));

  ASSERT_EQ(page.problem, "");
  EXPECT_TRUE(page.videos.at(0).metadata.title.starts_with("Lotus 1"));
  EXPECT_EQ(page.videos.at(0).media.at(0).url, web.url(1, "/v.mp4"));
  ASSERT_EQ(list.problem, "");
  EXPECT_EQ(list.videos.at(0).media.at(0).url, web.url(1, "/360.m3u8"));
  EXPECT_EQ(list.videos.at(0).media.at(0).height, 360);
  EXPECT_EQ(web.requests().size(), page.requests.size() + list.requests.size());
  EXPECT_EQ(web.most_at_once(1), 1U);
  for (const test::SeenRequest& request : web.requests())
    EXPECT_EQ(request.headers.at("user-agent"), "reelprint/1 (+https://rights.example)");
}

}  // namespace
}  // namespace reelprint::crawler
