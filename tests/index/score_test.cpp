#include "index/score.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::Random;
using test::random_hash;
using test::video;

constexpr Trials kTrials{6};
const Odds kOdds{kTrials, shipped_background()};

/// A query of `count` unlike pictures of half a second, all of which agree at `distance`.
struct Case {
  Fingerprint query;
  IndexedReference reference;
  Alignment alignment;

  explicit Case(std::size_t count, int distance = 20) {
    Random random(1);
    for (std::size_t i = 0; i < count; ++i) {
      const Timestamp begin{static_cast<std::int64_t>(i) * 500'000};
      query.keyframes.push_back({{begin, begin + duration_of(0.5)}, random_hash(random), true});
      alignment.keyframes.push_back({i, begin, i, Agreement::agrees, distance, true, true, 0, {}, false});
    }
    query.duration = duration_of(0.5 * static_cast<double>(count));
    reference = test::to_reference(7, 8, 9, query);
    alignment.reference = &reference;
    alignment.query_span = {Timestamp{0}, Timestamp{query.duration.count()}};
    alignment.reference_span = alignment.query_span;
  }
  Case(const Case&) = delete;
  Case& operator=(const Case&) = delete;

  [[nodiscard]] double alarms() const { return log10_false_alarms(alignment, kOdds); }
  [[nodiscard]] Match match() const { return to_match(alignment, query, kOdds); }
};

TEST(Score, IsCalibratedAtThreePoints) {
  EXPECT_NEAR(score_of(-3), 0.5, 1e-9);
  EXPECT_NEAR(score_of(-6), 0.9, 1e-9);
  EXPECT_NEAR(score_of(-9.3), 0.99, 0.001);
}

TEST(Score, GrowsAsFalseAlarmsGrowRarer) {
  for (double alarms = -20; alarms < 10; alarms += 0.5)
    EXPECT_GT(score_of(alarms - 0.5), score_of(alarms)) << alarms;
}

TEST(Score, StaysBetweenZeroAndOne) {
  EXPECT_EQ(score_of(-1e6), 1);
  EXPECT_EQ(score_of(1e6), 0);
}

TEST(FalseAlarms, AreRarerTheMorePicturesAgree) {
  for (std::size_t count = 3; count < 20; ++count)
    EXPECT_LT(Case(count + 1).alarms(), Case(count).alarms()) << count;
}

TEST(FalseAlarms, AreRarerTheNearerThePicturesAre) {
  for (int distance = 100; distance <= 118; distance += 2) {
    EXPECT_LT(Case(5, distance).alarms(), Case(5, distance + 2).alarms()) << distance;
  }
}

TEST(FalseAlarms, OfOnePictureAreNeverRarerThanOneInAThousandTrials) {
  EXPECT_DOUBLE_EQ(Case(1, 0).alarms(), kTrials.log10_count - 3);
}

TEST(FalseAlarms, CountAStaticShotOnce) {
  Case still(60);
  for (Keyframe& keyframe : still.reference.keyframes) keyframe.hash = still.reference.keyframes[0].hash;
  EXPECT_DOUBLE_EQ(still.alarms(), Case(1).alarms());
}

TEST(FalseAlarms, CountAShotThatHardlyMovesInPart) {
  Case slow(2);
  Random random(2);
  slow.reference.keyframes[1].hash = test::flipped(slow.reference.keyframes[0].hash, 12, random);
  EXPECT_NEAR(slow.alarms(), (Case(1).alarms() + Case(2).alarms()) / 2, 1e-9) << "12 of 24 bits are half new";
}

TEST(FalseAlarms, CountTwoPicturesThatTakeTurnsTwice) {
  Case turns(40);
  for (std::size_t i = 2; i < 40; ++i)
    turns.reference.keyframes[i].hash = turns.reference.keyframes[i % 2].hash;
  EXPECT_DOUBLE_EQ(turns.alarms(), Case(2).alarms());
}

TEST(FalseAlarms, DoNotCountWhatOtherSeriesShowToo) {
  Case shared(10);
  for (AlignedKeyframe& k : shared.alignment.keyframes) k.distinct_from_series = false;
  EXPECT_DOUBLE_EQ(shared.alarms(), kTrials.log10_count);
}

TEST(FalseAlarms, CountWhatOtherEpisodesShowToo) {
  Case intro(10);
  for (AlignedKeyframe& k : intro.alignment.keyframes) k.distinct_from_episodes = false;
  EXPECT_DOUBLE_EQ(intro.alarms(), Case(10).alarms());
}

TEST(FalseAlarms, AreMoreOftenWherePicturesDisagree) {
  Case contradicted(10);
  contradicted.alignment.keyframes[4].agreement = Agreement::disagrees;
  Case undecided(10);
  undecided.alignment.keyframes[4].agreement = Agreement::unsure;
  EXPECT_GT(contradicted.alarms(), undecided.alarms());
  EXPECT_GT(undecided.alarms(), Case(10).alarms());
}

TEST(FalseAlarms, AreNeverMoreThanTheTrials) {
  Case wrong(10);
  for (AlignedKeyframe& k : wrong.alignment.keyframes) k.agreement = Agreement::disagrees;
  EXPECT_DOUBLE_EQ(wrong.alarms(), kTrials.log10_count);
}

TEST(Trials, GrowWithTheCatalogAndTheDurations) {
  const Fingerprint query = video(1, 60);
  const double base = count_trials(100, std::chrono::seconds(90), query).log10_count;
  EXPECT_NEAR(count_trials(1000, std::chrono::seconds(90), query).log10_count, base + 1, 1e-9);
  EXPECT_GT(count_trials(100, std::chrono::seconds(900), query).log10_count, base);
  EXPECT_GT(count_trials(100, std::chrono::seconds(90), video(1, 600)).log10_count, base);
}

TEST(Trials, AreFiniteForAnEmptyCatalog) {
  EXPECT_TRUE(std::isfinite(count_trials(0, Duration{0}, {}).log10_count));
}

TEST(Claim, NamesTheReferenceAndEverythingAboveIt) {
  const Match match = Case(5).match();
  EXPECT_EQ(match.reference, ReferenceId{7});
  EXPECT_EQ(match.episode, EpisodeId{8});
  EXPECT_EQ(match.series, SeriesId{9});
}

TEST(Claim, CountsWhatWasComparedAndWhatAgreed) {
  Case mixed(10);
  mixed.alignment.keyframes[1].agreement = Agreement::none;
  mixed.alignment.keyframes[2].agreement = Agreement::blank;
  mixed.alignment.keyframes[3].agreement = Agreement::unsure;
  mixed.alignment.keyframes[4].agreement = Agreement::disagrees;
  EXPECT_EQ(mixed.match().compared, 8U);
  EXPECT_EQ(mixed.match().agreeing, 6U);
}

TEST(Claim, CountsDistinctiveSecondsWithinItsSpan) {
  Case shared(10);
  for (const std::size_t i : {0U, 1U, 2U}) shared.alignment.keyframes[i].distinct_from_series = false;
  shared.alignment.query_span.end = Timestamp{4'750'000};  // half of the last picture
  EXPECT_EQ(shared.match().distinctive, duration_of(3.25));
}

TEST(Claim, NamesAnEpisodeByAtLeastASecondAndAHalfThatOnlyItHas) {
  Case intro(10);
  for (std::size_t i = 0; i < 7; ++i) intro.alignment.keyframes[i].distinct_from_episodes = false;
  EXPECT_TRUE(intro.match().names_episode);
  intro.alignment.keyframes[7].distinct_from_episodes = false;
  EXPECT_FALSE(intro.match().names_episode);
}

TEST(Claim, ShowsTheNearestPairsSpreadOverTime) {
  Case many(120);
  for (std::size_t i = 0; i < 120; ++i) many.alignment.keyframes[i].distance = i % 10 == 3 ? 2 : 30;
  const auto pairs = many.match().pairs;
  ASSERT_EQ(pairs.size(), 12U);
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_EQ(pairs[i].query, many.query.keyframes[10 * i + 3].span.begin) << "pair " << i;
  }
}

TEST(Claim, ShowsEveryPairOfAShortMatch) {
  EXPECT_EQ(Case(3).match().pairs.size(), 3U);
}

}  // namespace
}  // namespace reelprint::index
