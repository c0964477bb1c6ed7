// Videos that are no drama: blank, tiny, huge, of one picture, too fast, of four hours. Each is registered
// and screened: right answers, within bounds of time and memory.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/e2e/clips.h"
#include "tests/e2e/reelprint.h"

namespace reelprint::e2e {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostBytes = 600'000'000;
constexpr auto kLongest = std::chrono::seconds(60);

/// What ffmpeg's source `picture` shows.
fs::path made(const std::string& name, const std::string& picture, const Words& more) {
  Words words{"-f", "lavfi", "-i", picture, "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"};
  words.insert(words.end(), more.begin(), more.end());
  return clip(name, words);
}

constexpr const char* kFourHours = "14400";

fs::path blank_clip() {
  return made("blank.mp4", "color=black:s=320x180:r=25", {"-t", "8"});
}
fs::path sixteen_pixels_clip() {
  return made("sixteen.mp4", "testsrc2=s=16x16:r=10", {"-t", "4"});
}
fs::path huge_clip() {
  return made("huge.mp4", "testsrc2=s=7680x4320:r=1", {"-frames:v", "3"});
}
fs::path one_picture_clip() {
  return made("one.mp4", "testsrc2=s=320x180:r=25", {"-frames:v", "1"});
}
fs::path thousand_a_second_clip() {
  return made("thousand.mp4", "testsrc2=s=128x96:r=1000", {"-t", "2"});
}
fs::path four_still_hours_clip() {
  return made("still.mp4", "testsrc2=s=64x64:r=1,loop=-1:1:0,setpts=N/TB", {"-t", kFourHours, "-r", "1"});
}
/// Every picture is as unlike the one before as can be.
fs::path four_noisy_hours_clip() {
  return made("noisy.mp4",
              "nullsrc=s=12x12:r=1,geq=lum='random(1)*255':cb=128:cr=128,scale=48:48:flags=bicubic",
              {"-t", kFourHours, "-crf", "35"});
}

struct OddMedia {
  const char* name = nullptr;
  fs::path (*make)() = nullptr;
  double duration_s = 0;
  const char* verdict_on_itself = nullptr;
};

void PrintTo(const OddMedia& media, std::ostream* out) {
  *out << media.name;
}

class ScreenOddMedia : public ReelprintTest, public testing::WithParamInterface<OddMedia> {
 protected:
  /// Runs with --json and expects success, silence, and to stay within the bounds.
  [[nodiscard]] std::vector<json::object> bounded(Words words) const {
    words.emplace_back("--json");
    const Ended ended = run(program.command(words), kLongest);
    EXPECT_EQ(ended.exit_code, 0) << ended.err;
    EXPECT_EQ(ended.signal, 0);
    EXPECT_EQ(ended.err, "");
#ifndef REELPRINT_SANITIZED
    EXPECT_LT(ended.peak_bytes, kMostBytes);
#endif
    return read_json_lines(ended.out);
  }
};

TEST_P(ScreenOddMedia, SaysThatItIsNobodysCopy) {
  const std::string catalog = write_catalog("c.csv", {catalog_line("S", 1, episode_clip(1))});
  program.json({"register", catalog});
  for (const char* effort : {"auto", "deep"}) {
    SCOPED_TRACE(effort);
    const json::object said = only(bounded({"screen", "--effort", effort, GetParam().make().string()}));
    EXPECT_EQ(text_of(said, "verdict"), "clear");
    EXPECT_TRUE(objects_of(said, "matches").empty());
    EXPECT_NEAR(number_of(said, "duration"), GetParam().duration_s, 0.01);
  }
}

TEST_P(ScreenOddMedia, RegistersItAndAccusesNoStrangerByIt) {
  const std::string file = GetParam().make().string();
  const std::string catalog = write_catalog("c.csv", {catalog_line("Odd", 1, file)});
  const auto lines = bounded({"register", catalog});
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(text_of(lines[0], "status"), "added");
  EXPECT_NEAR(number_of(lines[0], "duration"), GetParam().duration_s, 0.01);
  EXPECT_EQ(integer_of(lines[0], "damaged"), 0);
  for (const fs::path& stranger : {episode_clip(1), stranger_clip(), blank_clip()}) {
    if (stranger == file) continue;
    EXPECT_EQ(text_of(only(bounded({"screen", stranger.string()})), "verdict"), "clear") << stranger;
  }
  const json::object itself = only(bounded({"screen", file}));
  EXPECT_EQ(text_of(itself, "verdict"), GetParam().verdict_on_itself);
}

INSTANTIATE_TEST_SUITE_P(
    OfEachKind, ScreenOddMedia,
    testing::Values(OddMedia{"Blank", blank_clip, 8, "clear"},
                    OddMedia{"SixteenPixels", sixteen_pixels_clip, 4, "infringing"},
                    OddMedia{"Huge", huge_clip, 3, "needs_review"},
                    OddMedia{"OnePicture", one_picture_clip, 0.04, "clear"},
                    OddMedia{"AThousandASecond", thousand_a_second_clip, 2, "needs_review"},
                    OddMedia{"FourStillHours", four_still_hours_clip, 14400, "clear"},
                    OddMedia{"FourNoisyHours", four_noisy_hours_clip, 14400, "infringing"}),
    [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace reelprint::e2e
