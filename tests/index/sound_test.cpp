#include "index/sound.h"

#include <gtest/gtest.h>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::Random;

constexpr Duration kStep = std::chrono::milliseconds(125);

AudioPrint random_sound(std::uint64_t seed, double seconds) {
  Random random(seed);
  AudioPrint print;
  print.step = kStep;
  for (double at_s = 0; at_s < seconds; at_s += 0.125)
    print.items.push_back(static_cast<std::uint32_t>(random()));
  return print;
}

/// Every item with `bits` bits flipped.
AudioPrint noisy(AudioPrint print, unsigned bits) {
  Random random(3);
  for (std::uint32_t& item : print.items) {
    for (unsigned i = 0; i < bits; ++i) item ^= 1U << ((random() % 4 + 4 * i) % 32);
  }
  return print;
}

AudioPrint from(AudioPrint print, double from_s) {
  print.items.erase(print.items.begin(), print.items.begin() + static_cast<std::ptrdiff_t>(from_s / 0.125));
  return print;
}

/// Query seconds [0, length_s) beside reference seconds from `reference_s` on.
Match match_of(double length_s, double reference_s = 0, double speed = 1) {
  Match match;
  match.query_span = {Timestamp{0}, timestamp_of(length_s)};
  match.reference_span = {timestamp_of(reference_s), timestamp_of(reference_s + length_s * speed)};
  match.speed = speed;
  return match;
}

TEST(Sound, AgreesWholly) {
  const AudioPrint sound = random_sound(1, 30);
  EXPECT_EQ(sound_agreement(sound, sound, match_of(30)), 1.0);
}

TEST(Sound, AgreesThoughSomeBitsDiffer) {
  const AudioPrint sound = random_sound(1, 30);
  EXPECT_EQ(sound_agreement(noisy(sound, 7), sound, match_of(30)), 1.0);
}

TEST(Sound, OfAnotherVideoDisagrees) {
  const auto agreement = sound_agreement(random_sound(1, 30), random_sound(2, 30), match_of(30));
  ASSERT_TRUE(agreement.has_value());
  EXPECT_LE(*agreement, 0.05);
}

TEST(Sound, AgreesInPartWhereItWasReplacedInPart) {
  const AudioPrint original = random_sound(1, 30);
  AudioPrint dubbed = original;
  const AudioPrint other = random_sound(2, 30);
  std::copy(other.items.begin(), other.items.begin() + 120, dubbed.items.begin());
  EXPECT_NEAR(sound_agreement(dubbed, original, match_of(30)).value_or(-1), 0.5, 0.05);
}

TEST(Sound, IsComparedAtTheAlignedMoment) {
  const AudioPrint original = random_sound(1, 60);
  EXPECT_EQ(sound_agreement(from(original, 20), original, match_of(30, 20)), 1.0);
  EXPECT_LE(sound_agreement(from(original, 20), original, match_of(30, 5)).value_or(1), 0.05);
}

TEST(Sound, AgreesThoughItIsShiftedByLessThanHalfASecond) {
  const AudioPrint original = random_sound(1, 60);
  for (const double shift_s : {0.125, 0.25, 0.375}) {
    EXPECT_EQ(sound_agreement(from(original, shift_s), original, match_of(30)), 1.0) << shift_s;
  }
  EXPECT_LE(sound_agreement(from(original, 1), original, match_of(30)).value_or(1), 0.05);
}

TEST(Sound, KeepsTheClockOfItsPrint) {
  const AudioPrint original = random_sound(1, 60);
  AudioPrint late = from(original, 2);
  late.begin = timestamp_of(2);
  EXPECT_EQ(sound_agreement(late, original, match_of(30)), 1.0);
}

TEST(Sound, IsNotComparedWhereEitherSideHasNone) {
  const AudioPrint sound = random_sound(1, 30);
  EXPECT_FALSE(sound_agreement({}, sound, match_of(30)).has_value());
  EXPECT_FALSE(sound_agreement(sound, {}, match_of(30)).has_value());
}

TEST(Sound, IsNotComparedOverLessThanThreeSeconds) {
  const AudioPrint sound = random_sound(1, 30);
  EXPECT_FALSE(sound_agreement(sound, sound, match_of(2.5)).has_value());
  EXPECT_TRUE(sound_agreement(sound, sound, match_of(3)).has_value());
}

TEST(Sound, IsNotComparedWhereTheMatchLiesOutsideOfIt) {
  const AudioPrint sound = random_sound(1, 30);
  EXPECT_FALSE(sound_agreement(sound, sound, match_of(30, 29)).has_value());
}

TEST(Sound, IsNotComparedAtAnotherSpeed) {
  const AudioPrint sound = random_sound(1, 60);
  EXPECT_FALSE(sound_agreement(sound, sound, match_of(30, 0, 1.1)).has_value());
  EXPECT_FALSE(sound_agreement(sound, sound, match_of(30, 0, 0.9)).has_value());
  EXPECT_TRUE(sound_agreement(sound, sound, match_of(30, 0, 1.02)).has_value());
}

TEST(Sound, IsNotComparedWithItemsOfAnotherLength) {
  const AudioPrint sound = random_sound(1, 30);
  AudioPrint other = sound;
  other.step = std::chrono::milliseconds(250);
  EXPECT_FALSE(sound_agreement(sound, other, match_of(30)).has_value());
}

TEST(Sound, IsNotComparedAtAStepOfAlmostNothing) {
  AudioPrint sound = random_sound(1, 30);
  sound.step = Duration{1};
  EXPECT_FALSE(sound_agreement(sound, sound, match_of(30)).has_value());
}

}  // namespace
}  // namespace reelprint::index
