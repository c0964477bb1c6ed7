#include "index/hits.h"

#include <gtest/gtest.h>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::flipped;
using test::index_of;
using test::Random;
using test::random_hash;
using test::still;
using test::to_reference;
using test::video;

/// A video of one picture that all who call it with the same seed share.
Fingerprint card(std::uint64_t seed = 77) {
  return still(seed, 2);
}

TEST(Hits, FindEveryKeyframeOfAnExactCopy) {
  const Fingerprint original = video(1, 20);
  const FrameIndex index = index_of({original, video(2, 20)});
  const QueryHits found = find_hits(original, index);
  std::vector<bool> is_hit(original.keyframes.size());
  for (const Hit& hit : found.hits) {
    if (hit.query == hit.keyframe && hit.reference->reference == ReferenceId{1}) is_hit[hit.query] = true;
  }
  EXPECT_EQ(is_hit, std::vector<bool>(original.keyframes.size(), true));
}

TEST(Hits, AreNoneForAStranger) {
  EXPECT_TRUE(find_hits(video(3, 30), index_of({video(1, 30), video(2, 30)})).hits.empty());
}

TEST(Hits, ComeByQueryKeyframeThenDistance) {
  const Fingerprint original = video(1, 30);
  const auto hits = find_hits(test::noisy(original, 20), index_of({original})).hits;
  const auto place = [](const Hit& h) { return std::tuple(h.query, h.mirrored, h.distance); };
  EXPECT_TRUE(std::ranges::is_sorted(hits, {}, place));
}

TEST(Hits, SayWhenTheQueryIsMirrored) {
  const Fingerprint original = video(1, 10);
  const auto hits = find_hits(test::flipped_over(original), index_of({original})).hits;
  ASSERT_FALSE(hits.empty());
  EXPECT_TRUE(std::ranges::all_of(hits, &Hit::mirrored));
}

TEST(Hits, AreNotSoughtForPicturesWithoutStructure) {
  Fingerprint blank = card();
  blank.keyframes[0].hash.quality = 49;
  const QueryHits found = find_hits(blank, index_of({card()}));
  EXPECT_TRUE(found.hits.empty());
  EXPECT_EQ(found.rivals.size(), 1U);
}

TEST(Hits, OfAnExactPictureThatOneSeriesHasWeighOne) {
  const auto hits = find_hits(card(), index_of({card()})).hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_DOUBLE_EQ(hits[0].weight, 1);
}

TEST(Hits, OfAPictureThatTwoSeriesShareWeighAQuarter) {
  const auto hits = find_hits(card(), index_of({card(), card()})).hits;
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_DOUBLE_EQ(hits[0].weight, 0.25);
  EXPECT_DOUBLE_EQ(hits[1].weight, 0.25);
}

TEST(Hits, OfAPictureThatThreeSeriesShareWeighANinth) {
  const auto hits = find_hits(card(), index_of({card(), card(), card()})).hits;
  ASSERT_EQ(hits.size(), 3U);
  EXPECT_DOUBLE_EQ(hits[0].weight, 1.0 / 9);
}

TEST(Hits, OfAPictureThatTwoEpisodesOfOneSeriesShareKeepTheirWeight) {
  FrameIndex index;
  index.add(to_reference(1, 1, 1, card()));
  index.add(to_reference(2, 2, 1, card()));
  const auto hits = find_hits(card(), index).hits;
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_DOUBLE_EQ(hits[0].weight, 1);
}

TEST(Hits, WeighLessTheFartherTheyAre) {
  Random random(1);
  Fingerprint copy = card();
  copy.keyframes[0].hash = flipped(copy.keyframes[0].hash, 40, random);
  const auto hits = find_hits(copy, index_of({card()})).hits;
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].distance, 40);
  EXPECT_LT(hits[0].weight, 1);
  EXPECT_GT(hits[0].weight, 0.5);
}

class RivalPictures : public testing::Test {
 protected:
  /// A neighbour in reference `id` of (series, episode).
  void note(std::int64_t id, std::int64_t series, std::int64_t episode, int distance) {
    references_.push_back(std::make_unique<IndexedReference>(to_reference(id, episode, series, {})));
    rivals_.note(*references_.back(), distance);
  }
  std::vector<std::unique_ptr<IndexedReference>> references_;
  Rivals rivals_;
};

TEST_F(RivalPictures, AreNoneBeforeAnyIsNoted) {
  rivals_.finish();
  EXPECT_EQ(rivals_.other_series({1}, 0), 0U);
  EXPECT_FALSE(rivals_.other_episode({1}, {1}, 0));
}

TEST_F(RivalPictures, DoNotCountTheirOwnSeries) {
  note(1, 1, 1, 0);
  note(2, 1, 2, 0);
  rivals_.finish();
  EXPECT_EQ(rivals_.other_series({1}, 0), 0U);
}

TEST_F(RivalPictures, CountEachSeriesOnceHoweverManyPicturesItHas) {
  note(1, 1, 1, 0);
  for (std::int64_t id = 2; id < 8; ++id) note(id, 2, id, 3);
  note(9, 3, 9, 5);
  rivals_.finish();
  EXPECT_EQ(rivals_.other_series({1}, 0), 2U);
}

TEST_F(RivalPictures, AreThoseAboutAsNear) {
  note(1, 2, 1, 26);
  rivals_.finish();
  EXPECT_EQ(rivals_.other_series({1}, 10), 1U);
  EXPECT_EQ(rivals_.other_series({1}, 9), 0U) << "more than 16 bits farther is another picture";
}

TEST_F(RivalPictures, AreCountedWherePartOfASeriesIsFar) {
  note(1, 2, 1, 80);
  note(2, 2, 2, 5);
  rivals_.finish();
  EXPECT_EQ(rivals_.other_series({1}, 0), 1U) << "its nearest episode decides";
}

TEST_F(RivalPictures, InAnotherEpisodeAreSoughtWithinTheSeries) {
  note(1, 1, 2, 8);
  note(2, 5, 9, 0);
  rivals_.finish();
  EXPECT_TRUE(rivals_.other_episode({1}, {1}, 0));
  EXPECT_FALSE(rivals_.other_episode({1}, {2}, 0)) << "that is the episode itself";
  EXPECT_FALSE(rivals_.other_episode({7}, {1}, 0));
}

}  // namespace
}  // namespace reelprint::index
