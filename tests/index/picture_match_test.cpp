#include "index/picture_match.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "detailed_synthetic.h"
#include "feature_synthetic.h"

namespace reelprint::index {
namespace {

using test::Features;
using test::Part;

/// One picture of a made-up video.
Fingerprint picture(std::uint64_t seed) {
  return test::detailed_video(seed, 0.5);
}

std::size_t inliers_of(const Fingerprint& query, const Fingerprint& reference, bool mirrored = false) {
  const auto match =
      match_pictures(view_of(query, query.details[0], mirrored), view_of(reference, reference.details[0]));
  return match ? match->inliers.size() : 0;
}

TEST(PictureMatch, OfAPictureWithItselfIsTheIdentity) {
  const Fingerprint whole = picture(1);
  const auto view = view_of(whole, whole.details[0]);
  const auto match = match_pictures(view, view);
  ASSERT_TRUE(match);
  EXPECT_GE(match->inliers.size(), 50U);
  EXPECT_NEAR(match->transform.scale(), 1, 1e-9);
  EXPECT_NEAR(match->transform.tx, 0, 1e-9);
  for (const FeaturePair& pair : match->inliers) {
    EXPECT_EQ(pair.query, pair.reference);
    EXPECT_EQ(pair.distance, 0);
  }
}

class PictureMatchOfAPart : public testing::TestWithParam<Part> {};

TEST_P(PictureMatchOfAPart, SaysHowItLiesInTheWhole) {
  const Part part = GetParam();
  const Fingerprint whole = picture(1);
  const Fingerprint shown = test::shown_as(whole, part);
  const auto match = match_pictures(view_of(shown, shown.details[0]), view_of(whole, whole.details[0]));
  ASSERT_TRUE(match);
  EXPECT_GE(match->inliers.size(), 12U);
  EXPECT_NEAR(match->transform.a, part.width, 0.02 * part.width);
  EXPECT_NEAR(match->transform.b, 0, 0.02 * part.width);
  EXPECT_NEAR(match->transform.tx, part.left, 0.03);
  EXPECT_NEAR(match->transform.ty, part.top * 16 / 9, 0.03);
}

TEST_P(PictureMatchOfAPart, SaysItOfAMirroredPictureAsViewed) {
  const Part part = GetParam();
  const Fingerprint whole = picture(1);
  const Fingerprint shown = test::flipped_over_with_details(test::shown_as(whole, part));
  const auto match = match_pictures(view_of(shown, shown.details[0], true), view_of(whole, whole.details[0]));
  ASSERT_TRUE(match);
  EXPECT_GE(match->inliers.size(), 12U);
  EXPECT_NEAR(match->transform.a, part.width, 0.02 * part.width);
  EXPECT_NEAR(match->transform.tx, part.left, 0.03);
  EXPECT_LT(inliers_of(shown, whole), 6U) << "unless it is viewed mirrored";
}

INSTANTIATE_TEST_SUITE_P(CroppedOrInset, PictureMatchOfAPart,
                         testing::Values(Part{}, test::kCrop, Part{0, 0, 0.5, 0.5}, test::kInset,
                                         Part{-1, -1, 3, 3}));

/// Turned by a quarter of a turn clockwise.
Fingerprint turned(Fingerprint print) {
  std::swap(print.width, print.height);
  for (LocalFeature& feature : print.details[0].features) {
    const std::uint16_t x = feature.x;
    feature.x = static_cast<std::uint16_t>(65535 - feature.y);
    feature.y = x;
    feature.angle = static_cast<std::uint8_t>(feature.angle + 64);
  }
  return print;
}

TEST(PictureMatch, FollowsATurn) {
  const Fingerprint whole = picture(1);
  const Fingerprint query = turned(whole);
  const auto match = match_pictures(view_of(query, query.details[0]), view_of(whole, whole.details[0]));
  ASSERT_TRUE(match);
  EXPECT_GE(match->inliers.size(), 50U);
  EXPECT_NEAR(match->transform.b, -1, 1e-3);
}

TEST(PictureMatch, OfFeaturesThatMovedButDidNotTurnIsNothing) {
  const Fingerprint whole = picture(1);
  Fingerprint query = turned(whole);
  for (LocalFeature& feature : query.details[0].features)
    feature.angle = static_cast<std::uint8_t>(feature.angle - 64);
  EXPECT_LT(inliers_of(query, whole), 6U);
}

TEST(PictureMatch, OfStrangersHasFewerThanSixPlaces) {
  std::size_t most = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    for (const bool mirrored : {false, true})
      most = std::max(most, inliers_of(picture(1000 + seed), picture(2000 + seed), mirrored));
  }
  EXPECT_LT(most, 6U);
}

TEST(PictureMatch, OfTheSameFeaturesStrewnOtherwiseHasFewerThanSixPlaces) {
  const Fingerprint whole = picture(1);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    test::Random random(seed);
    Fingerprint query = whole;
    for (LocalFeature& feature : query.details[0].features) {
      feature.x = static_cast<std::uint16_t>(random());
      feature.y = static_cast<std::uint16_t>(random());
      feature.angle = static_cast<std::uint8_t>(random());
    }
    EXPECT_LT(inliers_of(query, whole), 6U) << seed;
  }
}

TEST(PictureMatch, OfALogoThatBothShowCountsItsPlacesOnly) {
  Fingerprint query = picture(11);
  Fingerprint reference = picture(12);
  test::Random random(3);
  for (std::size_t i = 0; i < 30; ++i) {  // thirty features within a 50th of the width
    LocalFeature feature = test::made_up_features(1, 900 + i)[0];
    feature.x = static_cast<std::uint16_t>(5000 + random() % 1300);
    feature.y = static_cast<std::uint16_t>(5000 + random() % 700);
    query.details[0].features.push_back(feature);
    reference.details[0].features.push_back(feature);
  }
  EXPECT_LT(inliers_of(query, reference), 6U);
}

TEST(PictureMatch, IsNothingWhereOneHasNoFeatures) {
  const Fingerprint whole = picture(1);
  Fingerprint empty = whole;
  empty.details[0].features.clear();
  EXPECT_EQ(inliers_of(empty, whole), 0U);
  EXPECT_EQ(inliers_of(whole, empty), 0U);
  EXPECT_EQ(inliers_of(empty, empty), 0U);
}

TEST(PictureMatch, IsTheSameEveryTime) {
  const Fingerprint whole = picture(1);
  const Fingerprint shown = test::shown_as(whole, test::kCrop);
  const auto matched = [&] {
    return match_pictures(view_of(shown, shown.details[0]), view_of(whole, whole.details[0]))
        .value()
        .transform;
  };
  EXPECT_EQ(matched(), matched());
}

TEST(FeaturePairs, TakeEachReferenceFeatureOnceAndTheNearestFirst) {
  const Fingerprint whole = picture(1);
  Fingerprint query = whole;
  const Features twice = test::copies_of(query.details[0].features, 9);
  auto& features = query.details[0].features;
  features.insert(features.end(), twice.begin(), twice.end());
  const auto pairs = pair_features(view_of(query, query.details[0]), view_of(whole, whole.details[0]), 64);
  EXPECT_EQ(pairs.size(), whole.details[0].features.size());
  EXPECT_TRUE(std::ranges::is_sorted(pairs, {}, &FeaturePair::distance));
  std::set<std::size_t> references;
  for (const FeaturePair& pair : pairs) references.insert(pair.reference);
  EXPECT_EQ(references.size(), pairs.size());
}

TEST(FeaturePairs, LieWithinTheRadius) {
  const Features originals = test::made_up_features(1, 5);
  for (const std::uint64_t bits : {10U, 11U}) {
    Features copy = originals;
    for (std::uint64_t bit = 0; bit < bits; ++bit) copy[0].descriptor[0] ^= std::uint64_t{1} << bit;
    const KeyframeDetail query{0, copy};
    const KeyframeDetail reference{0, originals};
    EXPECT_EQ(pair_features({query}, {reference}, 10).size(), bits == 10 ? 1U : 0U);
  }
}

TEST(PictureView, IsSquareWhenTheSizeIsNotKnown) {
  const KeyframeDetail detail{0, {}};
  const PictureView view = view_of({}, detail);
  EXPECT_EQ(view.width, 1);
  EXPECT_EQ(view.height, 1);
}

TEST(PictureView, PlacesFeaturesInUnitsOfTheShorterSide) {
  Fingerprint print;
  print.width = 2000;
  print.height = 500;
  LocalFeature corner;
  corner.x = corner.y = 65535;
  const KeyframeDetail detail{0, {corner}};
  EXPECT_EQ(view_of(print, detail).place(corner), (Point{4, 1}));
  const PictureView flipped = view_of(print, detail, true);
  EXPECT_EQ(flipped.place(flipped.feature(0)), (Point{0, 1}));
}

}  // namespace
}  // namespace reelprint::index
