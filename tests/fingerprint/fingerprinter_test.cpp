#include "fingerprint/fingerprinter.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/error.h"
#include "fingerprint/fingerprint_codec.h"
#include "fingerprint/sha256.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

namespace fs = std::filesystem;

class Fingerprinter : public testing::Test {
 protected:
  /// Five seconds of moving picture and a tone.
  [[nodiscard]] fs::path clip() const {
    return clips_.make("clip.mp4", test::test_picture("160x90", 25, 5) + test::test_tone(5) +
                                       "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac");
  }
  test::ClipFolder clips_;
};

Fingerprint print_of(const fs::path& file, Effort effort = Effort::standard, bool audio = true) {
  return fingerprint_media(file, {effort, audio, kReferenceDetail, {}}).fingerprint;
}

TEST_F(Fingerprinter, GivesTheSameBytesEveryTime) {
  const fs::path file = clip();
  for (const Effort effort : {Effort::fast, Effort::standard, Effort::deep}) {
    EXPECT_EQ(encode(print_of(file, effort)), encode(print_of(file, effort))) << to_string(effort);
  }
}

TEST_F(Fingerprinter, SaysWhatItLookedAtAndHow) {
  const fs::path file = clip();
  const Fingerprint print = print_of(file, Effort::deep);
  EXPECT_EQ(print.algorithm, kAlgorithm);
  EXPECT_EQ(print.effort, Effort::deep);
  EXPECT_EQ(print.media, sha256_of_file(file));
  EXPECT_NEAR(to_seconds(print.duration), 5, 0.05);
}

TEST_F(Fingerprinter, CoversTheWholeDurationWithKeyframes) {
  const Fingerprint print = print_of(clip());
  ASSERT_FALSE(print.keyframes.empty());
  EXPECT_EQ(print.keyframes.front().span.begin, Timestamp{0});
  EXPECT_EQ(print.keyframes.back().span.end, Timestamp{print.duration.count()});
}

TEST_F(Fingerprinter, LeavesTheSoundOutWhenToldTo) {
  const fs::path file = clip();
  EXPECT_FALSE(print_of(file, Effort::standard, true).audio.items.empty());
  EXPECT_TRUE(print_of(file, Effort::standard, false).audio.items.empty());
}

TEST_F(Fingerprinter, SeesTheSamePictureWithAndWithoutSound) {
  const fs::path file = clip();
  EXPECT_EQ(print_of(file, Effort::standard, true).keyframes,
            print_of(file, Effort::standard, false).keyframes);
}

TEST_F(Fingerprinter, DoesNotTakeAFingerprintForMedia) {
  write_fingerprint(print_of(clip()), clips_.path() / "clip.rpf");
  ASSERT_TRUE(is_fingerprint_file(clips_.path() / "clip.rpf"));
  EXPECT_THROW((void)print_of(clips_.path() / "clip.rpf"), Error);
}

TEST_F(Fingerprinter, StopsWhenItIsAskedTo) {
  std::stop_source stop;
  stop.request_stop();
  try {
    (void)fingerprint_media(clip(), {}, stop.get_token());
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

TEST_F(Fingerprinter, ChargesForWhatItDoes) {
  const auto made = fingerprint_media(clip(), {});
  EXPECT_GT(made.cost.decode_s, 0);
  EXPECT_GT(made.cost.fingerprint_s, 0);
}

TEST_F(Fingerprinter, TellsHowFarItIs) {
  std::vector<Timestamp> reached;
  (void)fingerprint_media(clip(), {}, {}, [&](Timestamp at, Duration) { reached.push_back(at); });
  ASSERT_FALSE(reached.empty());
  EXPECT_TRUE(std::ranges::is_sorted(reached));
}

TEST_F(Fingerprinter, PublishesAHashForEveryKeyframe) {
  const fs::path file = clip();
  std::vector<Timestamp> published;
  for (const PublishedHash& hash : published_hashes(file)) published.push_back(hash.shown_at);
  std::vector<Timestamp> keyframes;
  for (const Keyframe& keyframe : print_of(file).keyframes) keyframes.push_back(keyframe.span.begin);
  EXPECT_EQ(published, keyframes);
}

}  // namespace
}  // namespace reelprint::fingerprint
