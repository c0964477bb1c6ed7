#include "index/geometry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

namespace reelprint::index {
namespace {

constexpr double kTolerance = 0.03;
using Pairs = std::vector<PointPair>;

Similarity similarity(double scale, double turn, double tx, double ty) {
  return {scale * std::cos(turn), scale * std::sin(turn), tx, ty};
}

/// `count` places strewn over a picture of 1 × 1.5, and where the transform takes them.
Pairs obeying(const Similarity& transform, std::size_t count, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> place(0, 1);
  Pairs pairs;
  while (pairs.size() < count) {
    const Point query{place(random), 1.5 * place(random)};
    const bool is_near =
        std::ranges::any_of(pairs, [&](const PointPair& p) { return distance(p.query, query) < 0.15; });
    if (!is_near) pairs.push_back({query, transform.map(query), std::atan2(transform.b, transform.a)});
  }
  return pairs;
}

/// `count` pairs that obey nothing.
Pairs outliers(std::size_t count, unsigned seed = 7) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> place(0, 1);
  std::uniform_real_distribution<double> turn(-std::numbers::pi, std::numbers::pi);
  Pairs pairs;
  for (std::size_t i = 0; i < count; ++i) {
    const Point query{place(random), 1.5 * place(random)};
    pairs.push_back({query, {place(random), 1.5 * place(random)}, turn(random)});
  }
  return pairs;
}

Pairs joined(Pairs first, const Pairs& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::size_t places_that_agree(const Pairs& pairs) {
  const auto fit = fit_similarity(pairs, kTolerance);
  return fit ? fit->inliers.size() : 0;
}

void expect_near(const Similarity& actual, const Similarity& expected, double within) {
  EXPECT_NEAR(actual.a, expected.a, within);
  EXPECT_NEAR(actual.b, expected.b, within);
  EXPECT_NEAR(actual.tx, expected.tx, within);
  EXPECT_NEAR(actual.ty, expected.ty, within);
}

class FitOfExactPairs : public testing::TestWithParam<Similarity> {};

TEST_P(FitOfExactPairs, IsTheTransformThatTheyObey) {
  const auto fit = fit_similarity(obeying(GetParam(), 10), kTolerance);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->inliers, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
  expect_near(fit->transform, GetParam(), 1e-9);
}

INSTANTIATE_TEST_SUITE_P(ScaledTurnedAndMoved, FitOfExactPairs,
                         testing::Values(Similarity{}, similarity(0.7, 0, 0.1, 0.2), similarity(3, 0, -1, -2),
                                         similarity(1, std::numbers::pi, 1, 1.5),
                                         similarity(0.5, -0.4, 0.3, 0.9), similarity(1.6, 2, -4, 12)));

TEST(Fit, IsLeastSquaresOverWhatAgrees) {
  const Similarity transform = similarity(0.8, 0.1, 0.1, 0.1);
  Pairs pairs = obeying(transform, 20);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> off(-0.008, 0.008);
  for (PointPair& pair : pairs) {
    pair.reference.x += off(random);
    pair.reference.y += off(random);
  }
  const auto fit = fit_similarity(pairs, kTolerance);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->inliers.size(), pairs.size());
  expect_near(fit->transform, transform, 0.008);
}

TEST(Fit, IsFoundAmongTwiceAsManyOutliers) {
  const Similarity transform = similarity(0.6, 0.3, 0.2, 0.1);
  Pairs pairs = joined(obeying(transform, 8), outliers(16));
  std::ranges::shuffle(pairs, std::mt19937(5));
  const auto fit = fit_similarity(pairs, kTolerance);
  ASSERT_TRUE(fit);
  expect_near(fit->transform, transform, 0.03);
  EXPECT_GE(fit->inliers.size(), 8U);
}

TEST(Fit, TakesWhatAgreesBehindTheProposersToo) {
  EXPECT_EQ(places_that_agree(obeying(similarity(0.9, 0, 0, 0), 30)), 30U);
}

TEST(Fit, IsProposedByTheFirstPairsOnly) {
  EXPECT_LT(places_that_agree(joined(outliers(24), obeying(similarity(0.6, 0.3, 0.2, 0.1), 12))), 12U);
}

TEST(Fit, LeavesOutWhatIsTurnedOtherwise) {
  Pairs pairs = obeying(similarity(1, 0.2, 0, 0), 10);
  pairs[4].turn += std::numbers::pi / 2;
  pairs[7].turn -= std::numbers::pi / 2;
  const auto fit = fit_similarity(pairs, kTolerance);
  ASSERT_TRUE(fit);
  EXPECT_EQ(fit->inliers, (std::vector<std::size_t>{0, 1, 2, 3, 5, 6, 8, 9}));
}

TEST(Fit, TakesTurnsAsEqualAcrossTheHalfTurn) {
  Pairs pairs = obeying(similarity(1, std::numbers::pi, 1, 1), 10);
  for (std::size_t i = 0; i < pairs.size(); i += 2) pairs[i].turn -= 2 * std::numbers::pi - 0.1;
  EXPECT_EQ(places_that_agree(pairs), 10U);
}

TEST(Fit, IsNothingWhereOnlyTheTurnsDisagree) {
  Pairs pairs = obeying(similarity(1, 0, 0, 0), 10);
  for (PointPair& pair : pairs) pair.turn = std::numbers::pi / 2;
  EXPECT_FALSE(fit_similarity(pairs, kTolerance));
}

TEST(Fit, CountsAPlaceOnceHoweverManyPairsLieThere) {
  const Pairs places = obeying(similarity(0.9, 0, 0, 0), 5);
  Pairs pairs = places;
  for (int copy = 1; copy <= 3; ++copy) {
    for (PointPair pair : places) {
      pair.reference.x += 0.002 * copy;
      pair.query.x += 0.002 * copy;
      pairs.push_back(pair);
    }
  }
  EXPECT_EQ(places_that_agree(pairs), 5U);
}

TEST(Fit, IsNothingWhereOnePlaceOfTheReferenceIsSeenEverywhere) {
  Pairs pairs = obeying(Similarity{}, 12);
  for (PointPair& pair : pairs) pair.reference = {0.5, 0.5};
  EXPECT_FALSE(fit_similarity(pairs, kTolerance));
}

TEST(Fit, IsNothingWhereOnePlaceOfTheQueryIsSeenEverywhere) {
  Pairs pairs = obeying(Similarity{}, 12);
  for (PointPair& pair : pairs) pair.query = {0.5, 0.5};
  EXPECT_FALSE(fit_similarity(pairs, kTolerance));
}

TEST(Fit, IsScaledByAFifthToFiveOnly) {
  for (const double scale : {0.21, 4.9})
    EXPECT_GE(places_that_agree(obeying(similarity(scale, 0, 0, 0), 9)), 3U);
  for (const double scale : {0.19, 5.1})
    EXPECT_FALSE(fit_similarity(obeying(similarity(scale, 0, 0, 0), 9), kTolerance)) << scale;
}

TEST(Fit, NeedsThreePairs) {
  const Pairs pairs = obeying(similarity(0.8, 0.1, 0, 0), 3);
  EXPECT_EQ(places_that_agree(pairs), 3U);
  EXPECT_FALSE(fit_similarity(std::span(pairs).first(2), kTolerance));
  EXPECT_FALSE(fit_similarity(std::span(pairs).first(1), kTolerance));
  EXPECT_FALSE(fit_similarity({}, kTolerance));
}

TEST(Fit, IsNothingWhenAllPairsAreEqual) {
  EXPECT_FALSE(fit_similarity(Pairs(64, {{0.3, 0.3}, {0.7, 0.7}, 0}), kTolerance));
  EXPECT_FALSE(fit_similarity(Pairs(64), kTolerance));
}

TEST(Fit, OfPairsOnOneLineIsRight) {
  Pairs pairs;
  const Similarity transform = similarity(0.8, 0.3, 0.1, 0);
  for (int i = 0; i < 8; ++i) {
    const Point query{0.1 * i, 0.5};
    pairs.push_back({query, transform.map(query), 0.3});
  }
  const auto fit = fit_similarity(pairs, kTolerance);
  ASSERT_TRUE(fit);
  expect_near(fit->transform, transform, 1e-9);
}

TEST(Fit, DoesNotDependOnTheOrderOfPairsThatAllAgree) {
  const Pairs pairs = obeying(similarity(0.8, 0.3, 0.1, 0), 20);
  for (unsigned seed = 0; seed < 5; ++seed) {
    Pairs shuffled = pairs;
    std::ranges::shuffle(shuffled, std::mt19937(seed));
    const auto fit = fit_similarity(shuffled, kTolerance);
    ASSERT_TRUE(fit);
    EXPECT_EQ(fit->inliers.size(), pairs.size());
    expect_near(fit->transform, similarity(0.8, 0.3, 0.1, 0), 1e-9);
  }
}

TEST(Fit, IsTheSameForTheSamePairs) {
  const Pairs pairs = joined(obeying(similarity(0.6, 0.3, 0.2, 0.1), 6), outliers(40));
  const auto first = fit_similarity(pairs, kTolerance);
  const auto second = fit_similarity(pairs, kTolerance);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->transform, second->transform);
  EXPECT_EQ(first->inliers, second->inliers);
}

TEST(Fit, NamesPairsThatObeyItInAscendingOrderAndIsFinite) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Pairs pairs = outliers(64, seed);
    const auto fit = fit_similarity(pairs, 0.05);
    if (!fit) continue;
    EXPECT_TRUE(std::ranges::is_sorted(fit->inliers));
    const Similarity& s = fit->transform;
    EXPECT_TRUE(std::isfinite(s.a) && std::isfinite(s.b) && std::isfinite(s.tx) && std::isfinite(s.ty));
    EXPECT_GE(fit->inliers.size(), 3U);
  }
}

TEST(Fit, OfPairsThatObeyNothingHasFewPlaces) {
  std::size_t most = 0;
  for (unsigned seed = 0; seed < 200; ++seed) most = std::max(most, places_that_agree(outliers(24, seed)));
  EXPECT_LT(most, 6U);
}

}  // namespace
}  // namespace reelprint::index
