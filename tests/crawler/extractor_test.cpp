#include "crawler/extractor.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

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
  /// A program that runs `script`.
  ExtractorSettings program(const std::string& script) {
    const auto path = folder_.path() / "bin" / "extractor";
    std::filesystem::create_directory(folder_.path() / "bin");
    std::filesystem::create_directory(work());
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return {.program = path, .user_agent = "reelprint/1 (+https://rights.example)", .time_limit = 60s};
  }
  [[nodiscard]] std::filesystem::path work() const { return folder_.path() / "work"; }
  Extraction run(const ExtractorSettings& settings) const {
    return extract("https://v.example/w/1?a=$(id)", work(), settings, {});
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

}  // namespace
}  // namespace reelprint::crawler
