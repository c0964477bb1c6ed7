// The moment test: what moves must agree too.
#include "index/moment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

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

}  // namespace
}  // namespace reelprint::index
