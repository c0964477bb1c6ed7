#include "fingerprint/frames_at.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "tests/support/media_clips.h"

namespace reelprint::fingerprint {
namespace {

using reelprint::test::ClipFolder;
using reelprint::test::test_picture;

constexpr const char* kEncoding = "-c:v libx264 -bf 0 -pix_fmt yuv420p -threads 1";

TEST(FramesAt, GivesThePicturesNearestToTheTimesInTheirOrder) {
  const ClipFolder folder;
  const auto clip = folder.make("clip.mp4", test_picture("64x48", 10, 3) + kEncoding);
  const std::vector<Timestamp> times = {timestamp_of(2.04), timestamp_of(0), timestamp_of(1.26),
                                        timestamp_of(2.04)};
  const auto frames = frames_at(clip, times, 480);
  ASSERT_EQ(frames.size(), 4U);
  const std::vector<double> shown_s = {2, 0, 1.3, 2};
  for (std::size_t i = 0; i < frames.size(); ++i) {
    ASSERT_TRUE(frames[i]) << i;
    EXPECT_NEAR(to_seconds(frames[i]->shown_at), shown_s[i], 0.001);
    EXPECT_EQ(frames[i]->width, 64U);
    EXPECT_EQ(frames[i]->luma.size(), 64U * 48U);
  }
  EXPECT_EQ(frames[0]->luma, frames[3]->luma);
  EXPECT_NE(frames[0]->luma, frames[1]->luma);
}

TEST(FramesAt, ShrinksToTheShortSide) {
  const ClipFolder folder;
  const auto clip = folder.make("clip.mp4", test_picture("120x160", 10, 1) + kEncoding);
  const std::vector<Timestamp> times = {timestamp_of(0.5)};
  const auto frame = frames_at(clip, times, 60).at(0);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->width, 60U);
  EXPECT_EQ(frame->height, 80U);
}

TEST(FramesAt, HasNothingLongAfterTheEnd) {
  const ClipFolder folder;
  const auto clip = folder.make("clip.mp4", test_picture("64x48", 10, 1) + kEncoding);
  const std::vector<Timestamp> times = {timestamp_of(1.2), timestamp_of(30)};
  const auto frames = frames_at(clip, times, 480);
  EXPECT_TRUE(frames.at(0)) << "the last picture is near";
  EXPECT_FALSE(frames.at(1));
}

TEST(FramesAt, DoesNotOpenTheFileForNoTimes) {
  EXPECT_TRUE(frames_at("missing.mp4", {}, 480).empty());
}

TEST(FramesAt, ThrowsWhatItCannotRead) {
  const std::vector<Timestamp> times = {timestamp_of(1)};
  EXPECT_THROW((void)frames_at("missing.mp4", times, 480), Error);
}

}  // namespace
}  // namespace reelprint::fingerprint
