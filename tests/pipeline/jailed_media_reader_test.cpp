// Media read behind walls: the same fingerprints, the same errors, and nothing that media can do to us.
#include "pipeline/jailed_media_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/split_mix.h"
#include "fingerprint/frames_at.h"
#include "tests/pipeline/samples.h"

namespace reelprint::pipeline {
namespace {

using fingerprint::FingerprintSettings;
using fingerprint::MediaFingerprint;
using reelprint::test::has_encoder;
using reelprint::test::read_bytes;
using reelprint::test::test_picture;
using reelprint::test::test_tone;
using test::ClipFolder;

JailedReaderSettings settings_with(const char* worker) {
  JailedReaderSettings settings;
  settings.worker = worker;
  settings.limits.cpu_time = std::chrono::seconds(20);
  return settings;
}

struct Result {
  std::optional<MediaFingerprint> made;
  ErrorCode code{};
  std::string text;
};

Result read(const MediaReader& reader, const std::filesystem::path& file,
            const FingerprintSettings& settings = {}) {
  try {
    return {reader.fingerprint(file, settings, {}, {}), {}, {}};
  } catch (const Error& error) {
    return {std::nullopt, error.code(), error.what()};
  }
}

class JailedMediaReaderTest : public testing::Test {
 protected:
  ClipFolder folder_;
  DirectMediaReader direct_;
  JailedMediaReader jailed_{settings_with(REELPRINT_WORKER)};
  JailedMediaReader odd_{settings_with(REELPRINT_ODD_WORKER)};
};

TEST_F(JailedMediaReaderTest, GivesTheSameAsReadingDirectly) {
  const auto blocks = test::make_blocks(folder_, "blocks.mp4", 1);
  const auto sound =
      folder_.make("sound.mkv", test_picture("160x120", 25, 3) + test_tone(3) + "-c:v libx264 -c:a aac");
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep})
    for (const auto& file : {blocks, sound}) {
      const FingerprintSettings settings{effort, true, fingerprint::kQueryDetail, {}};
      const Result direct = read(direct_, file, settings);
      const Result jailed = read(jailed_, file, settings);
      ASSERT_TRUE(direct.made) << direct.text;
      ASSERT_TRUE(jailed.made) << jailed.text;
      EXPECT_EQ(jailed.made->fingerprint, direct.made->fingerprint);
      EXPECT_EQ(jailed.made->facts.container, direct.made->facts.container);
      EXPECT_EQ(jailed.made->facts.audio_codec, direct.made->facts.audio_codec);
      EXPECT_EQ(jailed.made->facts.pictures, direct.made->facts.pictures);
      EXPECT_GT(jailed.made->cost.decode_s, 0);
    }
}

TEST_F(JailedMediaReaderTest, FailsAsReadingDirectlyDoes) {
  const std::vector<std::filesystem::path> files = {
      folder_.path() / "none.mp4",
      folder_.path(),
      "/dev/zero",
      folder_.write("empty.mp4", ""),
      folder_.write("text.mp4", std::string(5000, 'x')),
      folder_.make("sound.mp3", test_tone(1) + "-c:a libmp3lame"),
  };
  for (const auto& file : files) {
    const Result direct = read(direct_, file);
    const Result jailed = read(jailed_, file);
    ASSERT_FALSE(direct.made) << file;
    ASSERT_FALSE(jailed.made) << file;
    EXPECT_EQ(jailed.code, direct.code) << file;
    EXPECT_EQ(jailed.text, direct.text);
  }
}

TEST_F(JailedMediaReaderTest, KeepsToTheLimitsOfTheSettings) {
  const auto file = test::make_clip(folder_, "a.mp4", 1);
  FingerprintSettings settings;
  settings.limits.max_pixels = 100;
  EXPECT_EQ(read(jailed_, file, settings).code, ErrorCode::too_large);
}

TEST_F(JailedMediaReaderTest, ReportsProgress) {
  const auto file = test::make_clip(folder_, "a.mp4", 1);
  std::vector<std::pair<Timestamp, Duration>> direct;
  std::vector<std::pair<Timestamp, Duration>> jailed;
  (void)direct_.fingerprint(file, {}, {}, [&](Timestamp at, Duration of) { direct.emplace_back(at, of); });
  (void)jailed_.fingerprint(file, {}, {}, [&](Timestamp at, Duration of) { jailed.emplace_back(at, of); });
  EXPECT_FALSE(direct.empty());
  EXPECT_EQ(jailed, direct);
}

TEST_F(JailedMediaReaderTest, StopsOnRequest) {
  const auto file = test::make_clip(folder_, "a.mp4", 1);
  std::stop_source stop;
  try {
    (void)jailed_.fingerprint(file, {}, stop.get_token(), [&](Timestamp, Duration) { stop.request_stop(); });
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

TEST_F(JailedMediaReaderTest, SaysWhatMediaDidToTheDecoder) {
  const auto outcome_of = [this](const std::string& what) {
    return read(odd_, folder_.write("a.mp4", what));
  };
  EXPECT_EQ(outcome_of("crash").code, ErrorCode::unreadable);
  EXPECT_NE(outcome_of("crash").text.find("a.mp4': the decoder crashed (signal "), std::string::npos);
  EXPECT_EQ(outcome_of("exec").code, ErrorCode::unreadable);
  EXPECT_EQ(outcome_of("nonsense").code, ErrorCode::unreadable);
  EXPECT_EQ(outcome_of("read").code, ErrorCode::unreadable);  // an answer that is no fingerprint
  EXPECT_EQ(outcome_of("exit").code, ErrorCode::unreadable);
}

TEST_F(JailedMediaReaderTest, SaysThatMediaTakeTooMuch) {
  JailedReaderSettings narrow = settings_with(REELPRINT_WORKER);
  narrow.limits.output_bytes = 1000;
  const auto file = test::make_clip(folder_, "a.mp4", 1);
  EXPECT_EQ(read(JailedMediaReader(narrow), file).code, ErrorCode::too_large);
  JailedReaderSettings hurried = settings_with(REELPRINT_ODD_WORKER);
  hurried.limits.cpu_time = std::chrono::seconds(1);
  EXPECT_EQ(read(JailedMediaReader(hurried), folder_.write("b.mp4", "time")).code, ErrorCode::too_large);
}

TEST_F(JailedMediaReaderTest, GivesTheSameFrames) {
  const auto file = test::make_clip(folder_, "a.mp4", 1);
  const std::array times = {timestamp_of(1), timestamp_of(4.5), timestamp_of(99)};
  const auto direct = fingerprint::frames_at(file, times, 40);
  const auto jailed = jailed_.frames_at(file, times, 40, {});
  ASSERT_EQ(jailed.size(), 3U);
  for (std::size_t i = 0; i < 2; ++i) {
    ASSERT_TRUE(jailed[i]);
    EXPECT_EQ(jailed[i]->luma, direct[i]->luma);
    EXPECT_EQ(jailed[i]->width, direct[i]->width);
    EXPECT_EQ(jailed[i]->shown_at, direct[i]->shown_at);
  }
  EXPECT_FALSE(jailed[2]);
}

TEST_F(JailedMediaReaderTest, ReadsManyFilesAtOnce) {
  const std::array files = {test::make_clip(folder_, "a.mp4", 1), test::make_clip(folder_, "b.mp4", 2)};
  const std::array expected = {direct_.fingerprint(files[0], {}, {}, {}),
                               direct_.fingerprint(files[1], {}, {}, {})};
  std::atomic<int> equal = 0;
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < 6; ++i)
      threads.emplace_back([&, i] {
        const Result result = read(jailed_, files[i % 2]);
        equal += result.made && result.made->fingerprint == expected[i % 2].fingerprint;
      });
  }
  EXPECT_EQ(equal, 6);
}

/// `bytes` with up to thirty of them changed, or cut short, or both.
std::string mutant_of(std::string bytes, SplitMix& random) {
  if (random.next() % 4 == 0) bytes.resize(random.next() % bytes.size());
  for (std::uint64_t left = bytes.empty() ? 0 : random.next() % 31; left > 0; --left) {
    // Half of the changes hit the head, where containers keep what they are.
    const std::size_t range =
        random.next() % 2 == 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 512);
    bytes[random.next() % range] = static_cast<char>(random.next());
  }
  return bytes;
}

TEST_F(JailedMediaReaderTest, SurvivesMutatedMedia) {
  const std::string picture = test_picture("96x64", 10, 1);
  std::vector<std::filesystem::path> clips = {
      folder_.make("a.mp4", picture + test_tone(1) + "-c:v libx264 -c:a aac"),
      folder_.make("b.ts", picture + test_tone(1) + "-c:v mpeg2video -c:a mp2"),
      folder_.make("c.avi", picture + "-c:v mpeg4"),
      folder_.make("d.gif", picture),
  };
  if (has_encoder("libvpx-vp9")) clips.push_back(folder_.make("e.webm", picture + "-c:v libvpx-vp9"));
  if (has_encoder("libx265"))
    clips.push_back(folder_.make("f.mkv", picture + "-c:v libx265 -x265-params log-level=none"));
  SplitMix random(20'240'607);
  int read_well = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string original = read_bytes(clips[static_cast<std::size_t>(i) % clips.size()]);
    const Result result = read(jailed_, folder_.write("mutant", mutant_of(original, random)));
    EXPECT_NE(result.code, ErrorCode::io) << i << ": " << result.text;
    read_well += result.made.has_value();
  }
  EXPECT_GT(read_well, 20);
  EXPECT_TRUE(read(jailed_, clips[0]).made);
}

}  // namespace
}  // namespace reelprint::pipeline
