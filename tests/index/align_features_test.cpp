// Walking a line by local features.
#include <gtest/gtest.h>

#include "detailed_synthetic.h"
#include "index/align.h"
#include "index/feature_hits.h"

namespace reelprint::index {
namespace {

using test::detailed_video;
using test::excerpt;
using test::joined;
using test::kCrop;
using test::shown_as;

constexpr TimeLine kSameTime{1, 0};

std::vector<Alignment> aligned(const Fingerprint& query, const Fingerprint& reference,
                               const TimeLine& line = kSameTime, bool mirrored = false) {
  const Fingerprint reduced = at_details(query);
  static IndexedReference indexed;  // alignments point to it
  indexed = test::to_reference(1, 1, 1, reference);
  return align(reduced, indexed, line, by_features(reduced, reference, mirrored));
}

using Spans = std::vector<std::vector<double>>;

/// Query begin, end, reference begin, end in seconds.
Spans spans(const std::vector<Alignment>& alignments) {
  Spans found;
  for (const Alignment& a : alignments) {
    found.push_back({to_seconds(a.query_span.begin), to_seconds(a.query_span.end),
                     to_seconds(a.reference_span.begin), to_seconds(a.reference_span.end)});
  }
  return found;
}

/// With only so many features in each picture.
Fingerprint with_features(Fingerprint print, std::size_t count) {
  for (KeyframeDetail& detail : print.details)
    detail.features.resize(std::min(detail.features.size(), count));
  return print;
}

std::vector<Agreement> agreements(const Fingerprint& query, const Fingerprint& reference) {
  std::vector<Agreement> all;
  const Fingerprint reduced = at_details(query);
  const Compare compare = by_features(reduced, reference, false);
  for (std::size_t i = 0; i < reduced.keyframes.size(); ++i)
    all.push_back(compare(i, to_seconds(reduced.keyframes[i].span.begin)).agreement);
  return all;
}

const Fingerprint kOriginal = detailed_video(1, 20);

TEST(AlignerByFeatures, FindsTheWholeOfACrop) {
  const auto found = aligned(shown_as(kOriginal, kCrop), kOriginal);
  ASSERT_EQ(spans(found), (Spans{{0, 20, 0, 20}}));
  for (const AlignedKeyframe& k : found[0].keyframes) {
    EXPECT_EQ(k.agreement, Agreement::agrees);
    EXPECT_GE(k.inliers, 6);
    EXPECT_NEAR(k.transform.a, kCrop.width, 0.03);
    EXPECT_FALSE(k.distinct_from_series) << "that is for mark_distinct to say";
  }
}

TEST(AlignerByFeatures, FindsTheBoundariesOfAPartInTheMiddle) {
  const Fingerprint query =
      joined({detailed_video(2, 10), shown_as(excerpt(kOriginal, 4, 16), kCrop), detailed_video(3, 10)});
  const auto found = aligned(query, kOriginal, {1, -6});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(to_seconds(found[0].query_span.begin), 10, 0.01);
  EXPECT_NEAR(to_seconds(found[0].query_span.end), 22, 0.01);
}

TEST(AlignerByFeatures, FindsAMirroredCropWhenAskedForOne) {
  const Fingerprint query = test::flipped_over_with_details(shown_as(kOriginal, kCrop));
  EXPECT_EQ(aligned(query, kOriginal, kSameTime, true).size(), 1U);
  EXPECT_TRUE(aligned(query, kOriginal).empty());
}

TEST(AlignerByFeatures, ComparesWithPicturesShownWithinReachOfTheMoment) {
  EXPECT_EQ(aligned(kOriginal, kOriginal, {1, 0.25}).size(), 1U);
  EXPECT_TRUE(aligned(kOriginal, kOriginal, {1, 100}).empty());
}

TEST(AlignerByFeatures, NamesTheReferenceKeyframeThatAgrees) {
  Fingerprint sparse = kOriginal;  // every second keyframe has a detail
  std::erase_if(sparse.details, [](const KeyframeDetail& detail) { return detail.keyframe % 2 == 1; });
  const auto found = aligned(shown_as(sparse, kCrop), sparse);
  ASSERT_FALSE(found.empty());
  for (const AlignedKeyframe& k : found[0].keyframes) {
    ASSERT_LT(k.query, sparse.details.size());
    EXPECT_EQ(k.keyframe % 2, 0U);
    EXPECT_LE(std::abs(to_seconds(kOriginal.keyframes[k.keyframe].span.begin - k.shown_at)), 1.0);
  }
}

TEST(AlignerByFeatures, FindsNothingInAStranger) {
  EXPECT_TRUE(aligned(detailed_video(2, 20), kOriginal).empty());
}

TEST(AlignerByFeatures, SaysNothingOfPicturesWithTooFewFeatures) {
  const Fingerprint stranger = detailed_video(2, 20);
  EXPECT_EQ(agreements(with_features(stranger, 11), kOriginal),
            std::vector<Agreement>(stranger.keyframes.size(), Agreement::none));
  EXPECT_EQ(agreements(stranger, with_features(kOriginal, 11)),
            std::vector<Agreement>(stranger.keyframes.size(), Agreement::none));
  EXPECT_EQ(agreements(with_features(stranger, 12), kOriginal),
            std::vector<Agreement>(stranger.keyframes.size(), Agreement::disagrees));
}

TEST(AlignerByFeatures, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(aligned({}, kOriginal).empty());
  EXPECT_TRUE(aligned(kOriginal, {}).empty());
  Fingerprint bare = kOriginal;
  bare.details.clear();
  EXPECT_TRUE(aligned(kOriginal, bare).empty());
  EXPECT_TRUE(aligned(bare, kOriginal).empty());
}

}  // namespace
}  // namespace reelprint::index
