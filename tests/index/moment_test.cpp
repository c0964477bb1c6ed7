// The moment test: what moves must agree too.
#include "index/moment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "synthetic.h"

namespace reelprint::index {
namespace {

/// A room that does not change, and a bright figure somewhere in it.
Thumbnail room_with_figure_at(std::size_t column) {
  Thumbnail picture{};
  for (std::size_t row = 0; row < kThumbnailSize; ++row) {
    for (std::size_t x = 0; x < kThumbnailSize; ++x) {
      const bool is_figure = row >= 10 && row < 26 && x >= column && x < column + 6;
      picture[row * kThumbnailSize + x] =
          static_cast<std::uint8_t>(is_figure ? 220 : 60 + 3 * (x + row) % 50);
    }
  }
  return picture;
}

/// One picture for each place of the figure.
std::vector<Thumbnail> film(const std::vector<std::size_t>& columns) {
  std::vector<Thumbnail> pictures;
  for (const std::size_t column : columns) pictures.push_back(room_with_figure_at(column));
  return pictures;
}

std::vector<MomentPair> beside(const std::vector<Thumbnail>& query, const std::vector<Thumbnail>& reference) {
  std::vector<MomentPair> pairs;
  for (std::size_t i = 0; i < query.size(); ++i) pairs.push_back({query[i], reference[i], 1});
  return pairs;
}

Thumbnail darkened(Thumbnail picture) {
  std::ranges::transform(picture, picture.begin(),
                         [](std::uint8_t luma) { return static_cast<std::uint8_t>(luma / 2 + 10); });
  return picture;
}

Thumbnail flipped(const Thumbnail& picture) {
  Thumbnail mirror{};
  for (std::size_t i = 0; i < picture.size(); ++i) {
    mirror[i] = picture[i / kThumbnailSize * kThumbnailSize + kThumbnailSize - 1 - i % kThumbnailSize];
  }
  return mirror;
}

const Laying kMirrored{{}, {1, 1}, {1, 1}, true};
const std::vector<std::size_t> kWalk = {2, 5, 8, 11, 14, 17, 20, 23};
const std::vector<std::size_t> kOtherWalk = {14, 2, 20, 23, 5, 11, 8, 17};

TEST(Moment, OfACopyAgreesWhole) {
  const auto reference = film(kWalk);
  const auto agreement = moment_agreement(beside(reference, reference), Laying{});
  ASSERT_TRUE(agreement);
  EXPECT_NEAR(agreement->agreement, 1, 1e-9);
}

TEST(Moment, OfADarkenedCopyAgrees) {
  const auto reference = film(kWalk);
  auto query = reference;
  std::ranges::transform(query, query.begin(), darkened);
  EXPECT_GT(moment_agreement(beside(query, reference), Laying{}).value_or(Moment{}).agreement, 0.99);
}

TEST(Moment, OfAMirroredCopyAgreesWhenItIsTurnedBack) {
  const auto reference = film(kWalk);
  auto query = reference;
  std::ranges::transform(query, query.begin(), flipped);
  EXPECT_NEAR(moment_agreement(beside(query, reference), kMirrored).value_or(Moment{}).agreement, 1, 1e-9);
  EXPECT_LT(moment_agreement(beside(query, reference), Laying{}).value_or(Moment{1, 0}).agreement, 0.4);
}

TEST(Moment, OfTheSameRoomAtAnotherTimeDoesNotAgree) {
  const auto query = film(kOtherWalk);
  const auto reference = film(kWalk);
  const auto agreement = moment_agreement(beside(query, reference), Laying{});
  ASSERT_TRUE(agreement);
  EXPECT_LT(agreement->agreement, 0.4);
}

TEST(Moment, CannotBeToldWhereNothingMoves) {
  const auto still = film({9, 9, 9, 9, 9});
  EXPECT_FALSE(moment_agreement(beside(still, still), Laying{}));
}

TEST(Moment, CannotBeToldFromTwoPicturesOrNone) {
  const auto short_film = film({2, 20});
  EXPECT_FALSE(moment_agreement(beside(short_film, short_film), Laying{}));
  EXPECT_FALSE(moment_agreement({}, Laying{}));
}

TEST(Moment, IsComparedWithinEachShot) {
  // Two shots of different rooms: between them everything changes alike on both sides, within them nothing
  // agrees.
  auto query = film(kOtherWalk);
  auto reference = film(kWalk);
  for (std::size_t i = 4; i < query.size(); ++i) {
    query[i] = darkened(query[i]);
    reference[i] = darkened(reference[i]);
  }
  auto pairs = beside(query, reference);
  std::vector<MomentPair> by_shot;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    by_shot.push_back({pairs[i].query, pairs[i].reference, i / 4});
  EXPECT_LT(moment_agreement(by_shot, Laying{}).value_or(Moment{1, 0}).agreement, 0.4);
}

std::optional<Moment> moment_of(const Fingerprint& query, const Alignment& alignment,
                                const Fingerprint& reference) {
  return MomentTest(query, alignment, reference).moment_along(alignment.line);
}

/// A fingerprint of one shot with a picture every half second.
Fingerprint print_of(const std::vector<std::size_t>& columns) {
  Fingerprint print;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double at_s = 0.5 * static_cast<double>(i);
    print.keyframes.push_back({{timestamp_of(at_s), timestamp_of(at_s + 0.5)}, {}, i == 0});
    print.thumbnails.push_back(room_with_figure_at(columns[i]));
  }
  print.duration = duration_of(0.5 * static_cast<double>(columns.size()));
  return print;
}

Alignment alignment_of(const Fingerprint& query, double offset_s) {
  Alignment alignment;
  alignment.line = {1, offset_s};
  alignment.query_span = {Timestamp{0}, Timestamp{query.duration.count()}};
  return alignment;
}

TEST(MomentOfAnAlignment, AgreesOnTheRightLine) {
  const Fingerprint print = print_of(kWalk);
  EXPECT_NEAR(moment_of(print, alignment_of(print, 0), print).value_or(Moment{}).agreement, 1, 1e-9);
}

TEST(MomentOfAnAlignment, IsOfPicturesTakenAtTheSameMomentOnly) {
  const Fingerprint print = print_of(kWalk);
  EXPECT_FALSE(
      moment_of(print, alignment_of(print, 0.25), print));  // every pair is a quarter of a second apart
}

TEST(MomentOfAnAlignment, IsNotOfPicturesThatTheNegativeBankHas) {
  // The first half agrees, the second does not; the bank has the first.
  const Fingerprint reference = print_of({2, 5, 8, 11, 14, 17, 20, 23});
  const Fingerprint query = print_of({2, 5, 8, 11, 23, 14, 20, 17});
  Alignment alignment = alignment_of(query, 0);
  for (std::size_t i = 0; i < query.keyframes.size(); ++i) {
    AlignedKeyframe keyframe;
    keyframe.query = keyframe.keyframe = i;
    keyframe.shown_at = query.keyframes[i].span.begin;
    alignment.keyframes.push_back(keyframe);
  }
  EXPECT_GT(moment_of(query, alignment, reference).value_or(Moment{}).agreement, 0.5);
  for (std::size_t i = 0; i < 4; ++i) alignment.keyframes[i].negative = true;
  EXPECT_LT(moment_of(query, alignment, reference).value_or(Moment{1, 0}).agreement, 0.4);
  for (AlignedKeyframe& keyframe : alignment.keyframes) keyframe.negative = true;
  EXPECT_FALSE(moment_of(query, alignment, reference));
}

TEST(MomentOfAnAlignment, CannotBeToldWithoutThumbnails) {
  const Fingerprint print = print_of(kWalk);
  Fingerprint bare = print;
  bare.thumbnails.clear();
  EXPECT_FALSE(moment_of(bare, alignment_of(print, 0), print));
  EXPECT_FALSE(moment_of(print, alignment_of(print, 0), bare));
}

/// A fingerprint of shots of four seconds in which a figure wanders, a picture every `step_s`, each taken
/// `late_s` after the moment of the same number.
Fingerprint wandering(double seconds, double step_s, double late_s = 0) {
  std::mt19937 random(5);
  std::vector<double> places;  // one every half second
  for (double t = 0; t < seconds + 2; t += 0.5) places.push_back(static_cast<double>(random() % 24));
  Fingerprint print;
  print.duration = duration_of(seconds);
  double shot_s = -4;
  for (double at_s = 0; at_s < seconds - 1e-6; at_s += step_s) {
    const double moment = 2 * (at_s + late_s);
    const auto before = static_cast<std::size_t>(moment);
    const double share = moment - static_cast<double>(before);
    const double place = (1 - share) * places[before] + share * places[before + 1];
    const bool starts_shot = at_s - shot_s >= 4 - 1e-6;
    if (starts_shot) shot_s = at_s;
    print.keyframes.push_back({{timestamp_of(at_s), timestamp_of(at_s + step_s)}, {}, starts_shot});
    print.thumbnails.push_back(room_with_figure_at(static_cast<std::size_t>(place + 0.5)));
  }
  return print;
}

/// Of the whole query, along a line of speed 1, with a reference as long as this one.
Alignment whole_of(const Fingerprint& query, const IndexedReference& reference, double offset_s) {
  Alignment alignment;
  alignment.reference = &reference;
  alignment.query_span = {Timestamp{0}, Timestamp{query.duration.count()}};
  move_to(alignment, {1, offset_s});
  return alignment;
}

void expect_line(const Alignment& alignment, double offset_s) {
  EXPECT_EQ(alignment.line.speed, 1);
  EXPECT_EQ(alignment.line.offset_s, offset_s);
}

class SettledMoment : public testing::Test {
 protected:
  [[nodiscard]] Alignment settled(const Fingerprint& query, double offset_s) const {
    Alignment alignment = whole_of(query, indexed_, offset_s);
    settle_moment(alignment, query, reference_);
    return alignment;
  }

  Fingerprint reference_ = wandering(24, 0.125);
  IndexedReference indexed_ = test::to_reference(1, 1, 1, reference_);
};

TEST_F(SettledMoment, FindsTheLineThatWasOff) {
  for (const double off_s : {0.4, -0.4, 0.2}) {
    const Alignment alignment = settled(reference_, off_s);
    EXPECT_NEAR(alignment.line.reference_s(12), 12, 0.06) << off_s;
    ASSERT_TRUE(alignment.moment);
    EXPECT_GT(alignment.moment->agreement, 0.8);
    EXPECT_TRUE(alignment.moment->was_sought);
    EXPECT_EQ(alignment.reference_span.begin,
              timestamp_of(alignment.line.reference_s(to_seconds(alignment.query_span.begin))));
  }
}

TEST_F(SettledMoment, DoesNotMoveWhatIsWellAligned) {
  const Alignment alignment = settled(reference_, 0);
  expect_line(alignment, 0);
  ASSERT_TRUE(alignment.moment);
  EXPECT_NEAR(alignment.moment->agreement, 1, 1e-9);
  EXPECT_FALSE(alignment.moment->was_sought);
}

TEST_F(SettledMoment, FindsASpeedThatWasOff) {
  Fingerprint query = wandering(24, 0.125);
  for (Keyframe& keyframe : query.keyframes) {
    keyframe.span = {timestamp_of(to_seconds(keyframe.span.begin) / 1.025),
                     timestamp_of(to_seconds(keyframe.span.end) / 1.025)};
  }
  query.duration = duration_of(24 / 1.025);
  const Alignment alignment = settled(query, 0.29);  // right in the middle
  EXPECT_NEAR(alignment.line.speed, 1.025, 0.0130);
  EXPECT_GT(alignment.moment.value_or(Moment{}).agreement, 0.7);
}

TEST_F(SettledMoment, LeavesTheLineWhereNothingMoves) {
  const Fingerprint still = print_of(std::vector<std::size_t>(48, 9));
  const IndexedReference indexed = test::to_reference(1, 1, 1, still);
  Alignment alignment = whole_of(still, indexed, 0.4);
  settle_moment(alignment, still, still);
  expect_line(alignment, 0.4);
  EXPECT_FALSE(alignment.moment);
}

TEST_F(SettledMoment, LeavesTheLineOfAnEmptyQuery) {
  const Alignment alignment = settled({}, 0.4);
  expect_line(alignment, 0.4);
  EXPECT_FALSE(alignment.moment);
}

TEST(BeyondChance, AsksMoreOfAMomentThatWasSought) {
  const Moment found{0.5, 36, false};  // three deviations
  const Moment sought{0.5, 36, true};
  EXPECT_NEAR(significance(found), 3, 1e-9);
  EXPECT_GT(beyond_chance(found), 0);
  EXPECT_LT(beyond_chance(sought), 0);
}

TEST(BeyondChance, GrowsWithWhatItRestsOn) {
  EXPECT_LT(beyond_chance({0.5, 9, false}), beyond_chance({0.5, 25, false}));
  EXPECT_LT(beyond_chance({0, 100, false}), 0);
  EXPECT_LT(beyond_chance({-1, 100, false}), 0);
}

}  // namespace
}  // namespace reelprint::index
