#include "index/align.h"

#include <gtest/gtest.h>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::excerpt;
using test::joined;
using test::Random;
using test::to_reference;
using test::video;

constexpr TimeLine kSameTime{1, 0};

std::vector<Alignment> align_with(const Fingerprint& query, const IndexedReference& reference,
                                  const TimeLine& line = kSameTime, bool mirrored = false) {
  const std::vector<Rivals> rivals(query.keyframes.size());
  const QuerySide side{query, rivals};
  return align(query, reference, line, by_hashes(side, reference, mirrored));
}

/// As align_with, with spans only: query begin, end, reference begin, end in seconds.
std::vector<std::vector<double>> spans(const Fingerprint& query, const Fingerprint& reference,
                                       const TimeLine& line = kSameTime) {
  std::vector<std::vector<double>> found;
  for (const Alignment& a : align_with(query, to_reference(1, 1, 1, reference), line)) {
    found.push_back({to_seconds(a.query_span.begin), to_seconds(a.query_span.end),
                     to_seconds(a.reference_span.begin), to_seconds(a.reference_span.end)});
  }
  return found;
}

using Spans = std::vector<std::vector<double>>;

/// `video` with `count` keyframes from `first` on replaced by strangers.
Fingerprint interrupted(Fingerprint video, std::size_t first, std::size_t count) {
  Random random(99);
  for (std::size_t i = first; i < first + count; ++i) video.keyframes[i].hash = test::random_hash(random);
  return video;
}

/// `video` with `count` keyframes from `first` on blank.
Fingerprint blanked(Fingerprint video, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) video.keyframes[i].hash.quality = 0;
  return video;
}

TEST(Aligner, FindsTheWholeOfAnExactCopy) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(original, original), (Spans{{0, 20, 0, 20}}));
}

TEST(Aligner, FindsTheBoundariesOfAPartInTheMiddle) {
  const Fingerprint original = video(1, 60);
  const Fingerprint query = joined({video(2, 10), excerpt(original, 20, 40), video(3, 10)});
  EXPECT_EQ(spans(query, original, {1, 10}), (Spans{{10, 30, 20, 40}}));
}

TEST(Aligner, FollowsALineOfAnotherSpeed) {
  const Fingerprint original = video(1, 60);
  const Fingerprint query = test::sped_up(excerpt(original, 20, 50), 1.25);
  EXPECT_EQ(spans(query, original, {1.25, 20}), (Spans{{0, 24, 20, 50}}));
}

TEST(Aligner, BridgesAGapOfTwoSeconds) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(interrupted(original, 16, 4), original), (Spans{{0, 20, 0, 20}}));
}

TEST(Aligner, SplitsAtALongerGap) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(interrupted(original, 16, 5), original), (Spans{{0, 8, 0, 8}, {10.5, 20, 10.5, 20}}));
}

TEST(Aligner, BridgesEightSecondsThatCannotBeCompared) {
  const Fingerprint original = video(1, 40);
  EXPECT_EQ(spans(blanked(original, 20, 16), original).size(), 1U)
      << "a blank picture says neither yes nor no";
  EXPECT_EQ(spans(blanked(original, 20, 17), original).size(), 2U);
}

TEST(Aligner, BridgesAnyNumberOfBlankPicturesThatFit) {
  const Fingerprint faded = blanked(video(1, 60), 20, 60);
  EXPECT_EQ(spans(faded, faded).size(), 1U);
}

TEST(Aligner, LengthensAStretchByTheBlankPicturesThatFit) {
  Fingerprint faded = blanked(blanked(video(1, 20), 0, 4), 34, 6);
  EXPECT_EQ(spans(faded, faded), (Spans{{0, 20, 0, 20}}));
}

TEST(Aligner, DoesNotLengthenAStretchByBlanksThatTheReferenceHasNot) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(blanked(original, 0, 4), original), (Spans{{2, 20, 2, 20}}));
}

TEST(Aligner, EndsWithTheReferenceWhenTheQueryIsLonger) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(joined({original, video(2, 40)}), original), (Spans{{0, 20, 0, 20}}));
}

TEST(Aligner, EndsWithTheQueryWhenTheReferenceIsLonger) {
  const Fingerprint original = video(1, 60);
  EXPECT_EQ(spans(excerpt(original, 0, 20), original), (Spans{{0, 20, 0, 20}}));
}

TEST(Aligner, DoesNotReachBehindTheEndOfTheReference) {
  Fingerprint query = video(1, 10);  // its last picture stands still for a minute
  query.keyframes.back().span.end = Timestamp{70'000'000};
  query.duration = duration_of(70);
  EXPECT_EQ(spans(query, video(1, 10)), (Spans{{0, 10, 0, 10}}));
}

TEST(Aligner, DoesNotReachBeforeTheBeginOfTheReference) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(original, original, {1, -0.25}), (Spans{{0.25, 20, 0, 19.75}}));
}

TEST(Aligner, FindsAMirroredCopyWhenAskedForOne) {
  const Fingerprint original = video(1, 20);
  const auto found =
      align_with(test::flipped_over(original), to_reference(1, 1, 1, original), kSameTime, true);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(to_seconds(found[0].query_span.length()), 20);
}

TEST(Aligner, FindsNoMirroredCopyWhenNotAsked) {
  const Fingerprint original = video(1, 20);
  EXPECT_TRUE(spans(test::flipped_over(original), original).empty());
}

TEST(Aligner, LooksForThePictureWithinReachOfTheLine) {
  const Fingerprint original = video(1, 20);
  EXPECT_EQ(spans(original, original, {1, 0.3}).size(), 1U);
  const auto far = align_with(original, to_reference(1, 1, 1, original), {1, 100});
  EXPECT_TRUE(far.empty());
}

TEST(Aligner, MakesNoStretchOfOneKeyframe) {
  const Fingerprint original = video(1, 20);
  EXPECT_TRUE(spans(joined({video(2, 10), excerpt(original, 10, 10.5), video(3, 10)}), original).empty());
}

TEST(Aligner, FindsNothingInAStranger) {
  EXPECT_TRUE(spans(video(2, 20), video(1, 20)).empty());
}

TEST(Aligner, FindsNothingWhereThereIsNothing) {
  EXPECT_TRUE(spans({}, video(1, 20)).empty());
  EXPECT_TRUE(spans(video(1, 20), {}).empty());
}

TEST(Aligner, CallsADistanceByWhatItSays) {
  Random random(5);
  const Fingerprint original = video(1, 20);
  Fingerprint query = original;
  const int distances[] = {0, 84, 85, 100, 101};
  for (std::size_t i = 0; i < 5; ++i) {  // in shots apart, so that no neighbour is nearer
    query.keyframes[10 + i].hash = test::flipped(original.keyframes[10 + i].hash, distances[i], random);
  }
  IndexedReference reference = to_reference(1, 1, 1, original);
  for (std::size_t i = 9; i < 16; ++i) {  // one picture every ten seconds
    reference.keyframes[i].span = {Timestamp{static_cast<std::int64_t>(i) * 10'000'000},
                                   Timestamp{static_cast<std::int64_t>(i + 1) * 10'000'000}};
    query.keyframes[i].span = reference.keyframes[i].span;
    query.keyframes[i].span.begin = query.keyframes[i].span.begin + duration_of(5);
    query.keyframes[i].span.end = query.keyframes[i].span.begin + duration_of(0.1);
  }
  reference.keyframes.resize(16);
  query.keyframes.resize(16);
  reference.duration = duration_of(160);
  const auto found = align_with(query, reference);
  ASSERT_EQ(found.size(), 1U);
  std::vector<Agreement> agreements;
  for (const AlignedKeyframe& k : found[0].keyframes) {
    if (k.query >= 10 && k.query < 15) agreements.push_back(k.agreement);
  }
  EXPECT_EQ(agreements, (std::vector<Agreement>{Agreement::agrees, Agreement::agrees, Agreement::unsure,
                                                Agreement::unsure, Agreement::disagrees}));
}

TEST(Aligner, SaysWhichPicturesOthersHaveToo) {
  const Fingerprint original = video(1, 4);
  const IndexedReference same_series = to_reference(2, 2, 1, original);
  const IndexedReference other_series = to_reference(3, 3, 3, original);
  std::vector<Rivals> rivals(8);
  rivals[3].note(same_series, 0);
  rivals[5].note(other_series, 0);
  for (Rivals& r : rivals) r.finish();
  const IndexedReference reference = to_reference(1, 1, 1, original);
  const auto found = align(original, reference, kSameTime, by_hashes({original, rivals}, reference, false));
  ASSERT_EQ(found.size(), 1U);
  const auto& keyframes = found[0].keyframes;
  EXPECT_TRUE(keyframes[0].distinct_from_series && keyframes[0].distinct_from_episodes);
  EXPECT_TRUE(keyframes[3].distinct_from_series && !keyframes[3].distinct_from_episodes);
  EXPECT_TRUE(!keyframes[5].distinct_from_series && !keyframes[5].distinct_from_episodes);
}

}  // namespace
}  // namespace reelprint::index
