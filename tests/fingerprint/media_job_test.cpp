// Jobs and answers as bytes, and bytes that are neither.
#include "fingerprint/media_job.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/descriptor.h"
#include "core/error.h"
#include "core/split_mix.h"
#include "tests/fingerprint/small_print.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

MediaFingerprint small_answer() {
  MediaFingerprint made;
  made.fingerprint = test::small_print();
  made.facts = {"mov,mp4", "h264", "aac", 720, 1280, std::chrono::seconds(3), 75, 2, true};
  made.cost = {0.25, 0.5};
  return made;
}

Frames small_frames() {
  return {Frame{3, 2, {1, 2, 3, 4, 5, 6}, Timestamp{40'000}}, std::nullopt, Frame{1, 1, {9}, Timestamp{}}};
}

/// Whether `decode` refuses the bytes as it must, or takes them for what they say.
template <class Decode>
bool is_decided(Decode&& decode) {
  try {
    (void)decode();
  } catch (const Error& error) {
    return error.code() == ErrorCode::corrupt || error.code() == ErrorCode::incompatible;
  }
  return true;
}

TEST(MediaJob, ComesBackWithEverySetting) {
  FingerprintJob job{"a video.mp4", {Effort::deep, false, kDeepDetail, {123, std::chrono::seconds(7), true}}};
  const MediaJob back = decode_media_job(encode(MediaJob(job)));
  const auto& one = std::get<FingerprintJob>(back);
  EXPECT_EQ(one.name, job.name);
  EXPECT_EQ(one.settings.effort, Effort::deep);
  EXPECT_FALSE(one.settings.audio);
  EXPECT_EQ(one.settings.detail.features, kDeepDetail.features);
  EXPECT_EQ(one.settings.detail.short_side, kDeepDetail.short_side);
  EXPECT_EQ(one.settings.detail.step, kDeepDetail.step);
  EXPECT_EQ(one.settings.detail.parts, kDeepDetail.parts);
  EXPECT_EQ(one.settings.limits.max_pixels, 123);
  EXPECT_EQ(one.settings.limits.max_duration, std::chrono::seconds(7));
  EXPECT_TRUE(one.settings.limits.pictures_too);
}

TEST(MediaJob, ComesBackWithItsTimes) {
  const FramesJob job{"a", {Timestamp{1}, Timestamp{-5}}, 480, {}};
  const MediaJob back = decode_media_job(encode(MediaJob(job)));
  EXPECT_EQ(std::get<FramesJob>(back).times, job.times);
  EXPECT_EQ(std::get<FramesJob>(back).short_side, 480U);
}

TEST(MediaJob, AsksForNoMoreThanAnAnswerMayHold) {
  EXPECT_THROW((void)encode(MediaJob(FramesJob{"a", std::vector<Timestamp>(kMostFrames + 1), 40, {}})),
               Error);
  EXPECT_THROW((void)encode(MediaJob(FramesJob{"a", {}, kMostShortSide + 1, {}})), Error);
}

TEST(MediaJob, AnswersComeBack) {
  const MediaFingerprint made = small_answer();
  const MediaFingerprint back = decode_media_fingerprint(encode(made), "test");
  EXPECT_EQ(back.fingerprint, made.fingerprint);
  EXPECT_EQ(back.facts.container, "mov,mp4");
  EXPECT_EQ(back.facts.video_codec, "h264");
  EXPECT_EQ(back.facts.audio_codec, "aac");
  EXPECT_EQ(back.facts.width, 720U);
  EXPECT_EQ(back.facts.height, 1280U);
  EXPECT_EQ(back.facts.duration, std::chrono::seconds(3));
  EXPECT_EQ(back.facts.pictures, 75U);
  EXPECT_EQ(back.facts.damaged, 2U);
  EXPECT_TRUE(back.facts.truncated);
  EXPECT_EQ(back.cost.decode_s, 0.25);
  EXPECT_EQ(back.cost.fingerprint_s, 0.5);
  const Frames frames = decode_frames(encode(small_frames()), "test");
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(frames[0]->luma, small_frames()[0]->luma);
  EXPECT_EQ(frames[0]->width, 3U);
  EXPECT_FALSE(frames[1]);
  EXPECT_EQ(frames[2]->shown_at, Timestamp{});
  EXPECT_EQ(decode_job_progress(encode(JobProgress{Timestamp{5}, Duration{9}})).expected, Duration{9});
}

TEST(MediaJob, ShowsNoWordThatIsNotText) {
  MediaFingerprint made = small_answer();
  made.facts.container = "\x1b[2J";
  EXPECT_EQ(decode_media_fingerprint(encode(made), "test").facts.container, "");
}

TEST(MediaJob, RefusesBytesThatAreCutOrChanged) {
  const auto answer = encode(small_answer());
  const auto frames = encode(small_frames());
  const auto job = encode(MediaJob(FramesJob{"a", {Timestamp{1}}, 480, {}}));
  SplitMix random(7);
  for (int i = 0; i < 3000; ++i) {
    const auto changed = [&random](std::vector<std::byte> bytes) {
      bytes[random.next() % bytes.size()] = static_cast<std::byte>(random.next());
      bytes.resize(bytes.size() - (random.next() % 2 == 0 ? 0 : random.next() % bytes.size()));
      return bytes;
    };
    EXPECT_TRUE(is_decided([&] { return decode_media_fingerprint(changed(answer), "test"); }));
    EXPECT_TRUE(is_decided([&] { return decode_frames(changed(frames), "test"); }));
    EXPECT_TRUE(is_decided([&] { return decode_media_job(changed(job)); }));
  }
}

TEST(MediaJob, ReadsAFileThatIsOpenAlready) {
  const test::ClipFolder folder;
  const auto clip = folder.make("a.mp4", test::test_picture("96x64", 10, 2) + "-c:v libx264");
  const Descriptor file(::open(clip.c_str(), O_RDONLY | O_CLOEXEC));
  const auto answer = run_media_job(encode(MediaJob(FingerprintJob{"a", {}})), file.number(), {});
  EXPECT_EQ(decode_media_fingerprint(answer, "test").fingerprint, fingerprint_media(clip, {}).fingerprint);
}

}  // namespace
}  // namespace reelprint::fingerprint
