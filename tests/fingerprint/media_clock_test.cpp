#include "fingerprint/media_clock.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace reelprint::fingerprint {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Duration kStep = std::chrono::milliseconds(40);

PacketTimes packet(std::optional<Duration> presented, std::optional<Duration> decoded) {
  PacketTimes times;
  times.presented = presented;
  times.decoded = decoded;
  return times;
}

PacketTimes key(Duration presented, bool is_hidden = false) {
  PacketTimes times = packet(presented, presented);
  times.is_key = true;
  times.is_hidden = is_hidden;
  return times;
}

PacketTimes plain(Duration presented) {
  return packet(presented, presented);
}

/// The decoding time that each raw one is repaired to.
Duration repaired(TimeRepair& repair, Track& track, Duration raw) {
  PacketTimes times = packet(std::nullopt, raw);
  repair.repair(times, track);
  return times.decoded.value();
}

Track track_of_step() {
  Track track;
  track.step = kStep;
  return track;
}

TEST(OriginFinder, TakesTheFirstKeyPicture) {
  OriginFinder finder;
  EXPECT_FALSE(finder.look_at(plain(seconds(3))));
  EXPECT_TRUE(finder.look_at(key(seconds(5))));
  EXPECT_EQ(finder.origin(), seconds(5));
}

TEST(OriginFinder, TakesTheEarliestShownPictureWhenTheKeyPictureIsCutOff) {
  OriginFinder finder;
  EXPECT_FALSE(finder.look_at(key(seconds(-1), true)));
  EXPECT_FALSE(finder.look_at(plain(kStep * 3)));
  EXPECT_FALSE(finder.look_at(plain(kStep * 1)));
  EXPECT_FALSE(finder.look_at(plain(kStep * 2)));
  EXPECT_TRUE(finder.look_at(key(seconds(9))));
  EXPECT_EQ(finder.origin(), kStep);
}

TEST(OriginFinder, LooksNoFurtherThanPicturesAreReordered) {
  OriginFinder finder;
  finder.look_at(key(seconds(0), true));
  int looked_at = 1;
  while (!finder.look_at(plain(kStep * looked_at))) ++looked_at;
  EXPECT_EQ(looked_at, 17);
}

TEST(OriginFinder, FallsBackToTheEarliestPictureAndThenToZero) {
  EXPECT_EQ(OriginFinder().origin(), Duration{0});
  OriginFinder finder;
  finder.look_at(plain(kStep * 2));
  finder.look_at(plain(kStep));
  EXPECT_EQ(finder.origin(), kStep);
  EXPECT_FALSE(finder.has_key());
}

TEST(TimeRepair, LeavesHonestTimesAlone) {
  TimeRepair repair(false, seconds(100));
  Track track = track_of_step();
  for (const Duration time :
       {Duration{0}, kStep, Duration(seconds(9)), Duration(seconds(60)), Duration(seconds(55))})
    EXPECT_EQ(repaired(repair, track, time), time);
}

TEST(TimeRepair, GoesOnAfterALeapInASplicedFormat) {
  TimeRepair repair(true, seconds(100));
  Track track = track_of_step();
  EXPECT_EQ(repaired(repair, track, seconds(5)), seconds(5));
  EXPECT_EQ(repaired(repair, track, seconds(50)), seconds(5) + kStep);
  EXPECT_EQ(repaired(repair, track, seconds(51)), seconds(6) + kStep);
  EXPECT_EQ(repaired(repair, track, hours(-5)), seconds(6) + 2 * kStep);
}

TEST(TimeRepair, KeepsSoundAndPictureTogetherOverASplice) {
  TimeRepair repair(true, std::nullopt);
  Track picture = track_of_step();
  Track sound = track_of_step();
  repaired(repair, picture, seconds(5));
  repaired(repair, sound, seconds(5));
  EXPECT_EQ(repaired(repair, picture, hours(1)), seconds(5) + kStep);
  EXPECT_EQ(repaired(repair, sound, hours(1) + kStep), seconds(5) + 2 * kStep);
}

TEST(TimeRepair, BelievesALongGapOnlyWithinTheStatedDuration) {
  TimeRepair repair(false, seconds(100));
  Track track = track_of_step();
  repaired(repair, track, seconds(1));
  EXPECT_EQ(repaired(repair, track, seconds(95)), seconds(95));
  EXPECT_EQ(repaired(repair, track, hours(20)), seconds(95) + kStep);
}

TEST(TimeRepair, WithoutAStatedDurationBelievesTenMinutes) {
  TimeRepair repair(false, std::nullopt);
  Track track = track_of_step();
  repaired(repair, track, seconds(0));
  EXPECT_EQ(repaired(repair, track, minutes(10)), minutes(10));
  EXPECT_EQ(repaired(repair, track, minutes(21)), minutes(10) + kStep);
}

TEST(TimeRepair, FillsInWhatHasNoTime) {
  TimeRepair repair(false, std::nullopt);
  Track track = track_of_step();
  for (int i = 0; i < 3; ++i) {
    PacketTimes times;
    repair.repair(times, track);
    EXPECT_EQ(times.decoded, kStep * i);
  }
}

TEST(TimeRepair, ForgetsAPtsFarFromItsDts) {
  TimeRepair repair(false, std::nullopt);
  Track track = track_of_step();
  PacketTimes times = packet(hours(3), seconds(1));
  repair.repair(times, track);
  EXPECT_EQ(times.presented, std::nullopt);
  EXPECT_EQ(times.shown(), seconds(1));
}

TEST(TimeRepair, SurvivesTimesAtTheEndsOfTheClock) {
  TimeRepair repair(true, kFarthestTime);
  Track track = track_of_step();
  for (int i = 0; i < 100; ++i) {
    const Duration time = repaired(repair, track, i % 2 == 0 ? kFarthestTime : -kFarthestTime);
    EXPECT_LE(time, kFarthestTime);
    EXPECT_GE(time, -kFarthestTime);
  }
}

TEST(PictureClock, NeverGoesBack) {
  PictureClock clock(seconds(1));
  EXPECT_EQ(clock.place(seconds(1), kStep), Timestamp{0});
  EXPECT_EQ(clock.place(seconds(3), kStep), timestamp_of(2));
  EXPECT_EQ(clock.place(seconds(2), kStep), timestamp_of(2));
  EXPECT_EQ(clock.place(std::nullopt, kStep), timestamp_of(2.04));
}

TEST(PictureClock, DropsLeadingPicturesOnly) {
  PictureClock clock(seconds(5));
  EXPECT_EQ(clock.place(seconds(5) - kStep, kStep), std::nullopt);
  EXPECT_EQ(clock.place(seconds(1), kStep), Timestamp{0});
  EXPECT_EQ(clock.place(seconds(5) - kStep, kStep), Timestamp{0});
}

}  // namespace
}  // namespace reelprint::fingerprint
