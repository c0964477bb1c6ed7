#include "index/vote.h"

#include <gtest/gtest.h>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::excerpt;
using test::joined;
using test::Random;
using test::random_hash;
using test::sped_up;
using test::to_reference;
using test::video;

/// Every pair of pictures within 84 bits, each with weight 1.
std::vector<Hit> all_hits(const Fingerprint& query, const IndexedReference& reference) {
  std::vector<Hit> hits;
  for (std::size_t q = 0; q < query.keyframes.size(); ++q) {
    for (std::size_t r = 0; r < reference.keyframes.size(); ++r) {
      const int distance = hamming_distance(query.keyframes[q].hash, reference.keyframes[r].hash);
      if (distance <= 84) hits.push_back({q, &reference, r, distance, false, 1});
    }
  }
  return hits;
}

Candidate vote_for(const Fingerprint& query, const Fingerprint& reference) {
  const IndexedReference indexed = to_reference(1, 1, 1, reference);
  const auto hits = all_hits(query, indexed);
  return vote(query, hits);
}

TEST(Vote, FindsTheOffset) {
  const Fingerprint original = video(1, 90);
  for (const double from_s : {0.0, 10.0, 31.5, 70.0}) {
    const Candidate found = vote_for(excerpt(original, from_s, from_s + 20), original);
    EXPECT_NEAR(found.line.offset_s, from_s, 0.05);
    EXPECT_EQ(found.line.speed, 1) << "an unchanged speed is exact";
  }
}

TEST(Vote, FindsTheOffsetOfAnExcerptThatLiesBetweenTheSamples) {
  const Fingerprint original = video(1, 60);
  Fingerprint shifted = excerpt(original, 20, 40);
  for (Keyframe& keyframe : shifted.keyframes) {
    keyframe.span = {keyframe.span.begin + duration_of(0.2), keyframe.span.end + duration_of(0.2)};
  }
  EXPECT_NEAR(vote_for(shifted, original).line.offset_s, 19.8, 0.1);
}

TEST(Vote, FindsANegativeOffset) {
  const Fingerprint original = video(1, 20);
  EXPECT_NEAR(vote_for(joined({video(2, 30), original}), original).line.offset_s, -30, 0.05);
}

class VoteForSpeed : public testing::TestWithParam<double> {};

TEST_P(VoteForSpeed, FindsTheOffsetWhenTheClipIsPlayedAtThisSpeed) {
  const Fingerprint original = video(1, 120);
  const Candidate found = vote_for(sped_up(excerpt(original, 20, 80), GetParam()), original);
  EXPECT_NEAR(found.line.speed, GetParam(), 0.01 * GetParam());
  EXPECT_NEAR(found.line.reference_s(0), 20, 0.3);
  EXPECT_NEAR(found.line.reference_s(60 / GetParam()), 80, 0.3);
}

INSTANTIATE_TEST_SUITE_P(From05To2, VoteForSpeed, testing::Values(0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2.0));

TEST(Vote, CountsEachSupportingKeyframeOnce) {
  const Fingerprint original = video(1, 30);
  const Candidate found = vote_for(original, original);
  EXPECT_NEAR(found.votes, 60, 0.01) << "sixty keyframes, however many hits each";
}

TEST(Vote, AddsUpTheWeights) {
  const Fingerprint original = video(1, 10);
  const IndexedReference indexed = to_reference(1, 1, 1, original);
  auto hits = all_hits(original, indexed);
  for (Hit& hit : hits) hit.weight = 0.25;
  EXPECT_NEAR(vote(original, hits).votes, 5, 0.01);
}

TEST(Vote, DoesNotLetALongStaticShotOutvoteAShortMovingOne) {
  Random random(1);
  Fingerprint reference = video(1, 10);
  Fingerprint frozen = video(2, 60);  // sixty seconds of one picture that flickers a little
  const FrameHash picture = random_hash(random);
  for (Keyframe& keyframe : frozen.keyframes) keyframe.hash = test::flipped(picture, 8, random);
  reference = joined({frozen, reference});
  Fingerprint one_still = test::still(1, 3);
  one_still.keyframes[0].hash = picture;
  const Candidate found = vote_for(joined({excerpt(reference, 60, 64), one_still}), reference);
  EXPECT_NEAR(found.line.offset_s, 60, 0.1);
}

TEST(Vote, PrefersTheUnchangedSpeedWhereSeveralExplainTheSame) {
  const Fingerprint original = video(1, 60);
  EXPECT_EQ(vote_for(excerpt(original, 30, 33), original).line.speed, 1);
}

TEST(Vote, GivesNothingForNoHits) {
  EXPECT_EQ(vote(video(1, 10), {}).votes, 0);
}

TEST(Vote, PassesThroughASingleHit) {
  const Fingerprint original = video(1, 20);
  const IndexedReference indexed = to_reference(1, 1, 1, original);
  const std::vector<Hit> hits = {{4, &indexed, 30, 0, false, 0.7}};
  const Candidate found = vote(original, hits);
  EXPECT_NEAR(found.votes, 0.7, 1e-9);
  EXPECT_NEAR(found.line.reference_s(2), 15, 0.6);
}

TEST(TimeLine, IsItsOwnInverse) {
  const TimeLine line{1.25, -7};
  EXPECT_DOUBLE_EQ(line.reference_s(12), 8);
  EXPECT_DOUBLE_EQ(line.query_s(line.reference_s(12)), 12);
}

}  // namespace
}  // namespace reelprint::index
