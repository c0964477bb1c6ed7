// The whole search where whole pictures are no help: by places in the pictures, and by sound.
#include <gtest/gtest.h>

#include <algorithm>

#include "detailed_synthetic.h"
#include "index/matcher.h"

namespace reelprint::index {
namespace {

using test::detailed_video;
using test::DetailedCatalog;
using test::excerpt;
using test::joined;
using test::kCrop;
using test::kInset;
using test::Part;
using test::shown_as;

constexpr double kLength_s = 30;

Fingerprint episode(std::uint64_t id) {
  return detailed_video(id, kLength_s);
}

/// Five unrelated episodes, references 1 to 5, each of a series of its own.
const DetailedCatalog& catalog() {
  static const DetailedCatalog made({episode(1), episode(2), episode(3), episode(4), episode(5)});
  return made;
}

Findings found(const Fingerprint& query, SearchTrace* trace = nullptr,
               const SearchSpace& space = catalog().space()) {
  return search(query, space, {}, trace);
}

SearchTrace trace_of(const Fingerprint& query, const SearchSpace& space = catalog().space()) {
  SearchTrace trace;
  trace.followed = {{1}, {2}, {3}, {4}, {5}, {6}, {7}};
  static_cast<void>(found(query, &trace, space));
  return trace;
}

std::vector<Outcome> outcomes_of(const SearchTrace& trace) {
  std::vector<Outcome> outcomes;
  for (const Considered& considered : trace.considered) outcomes.push_back(considered.outcome);
  return outcomes;
}

void expect_spans(const Match& match, double query_begin_s, double query_end_s, double reference_begin_s,
                  double reference_end_s) {
  constexpr double kWithin_s = 1;
  EXPECT_NEAR(to_seconds(match.query_span.begin), query_begin_s, kWithin_s);
  EXPECT_NEAR(to_seconds(match.query_span.end), query_end_s, kWithin_s);
  EXPECT_NEAR(to_seconds(match.reference_span.begin), reference_begin_s, kWithin_s);
  EXPECT_NEAR(to_seconds(match.reference_span.end), reference_end_s, kWithin_s);
}

class MatcherOfPart : public testing::TestWithParam<Part> {};

TEST_P(MatcherOfPart, FindsTheCopyAndHowItsPicturesLie) {
  const Part part = GetParam();
  const auto matches = found(shown_as(episode(3), part)).matches;
  ASSERT_EQ(matches.size(), 1U);
  const Match& match = matches[0];
  EXPECT_EQ(match.reference, ReferenceId{3});
  EXPECT_EQ(match.found_by, FoundBy::features);
  expect_spans(match, 0, kLength_s, 0, kLength_s);
  EXPECT_TRUE(match.is_confirmed);
  EXPECT_TRUE(match.names_episode);
  EXPECT_GT(match.score, 0.99);
  EXPECT_GE(match.inliers, 10U);
  EXPECT_GT(match.moment_agreement.value_or(0), 0.6);
  ASSERT_FALSE(match.pairs.empty());
  for (const AlignedPair& pair : match.pairs) {
    EXPECT_NEAR(pair.transform.a, part.width, 0.05 * part.width);
    EXPECT_NEAR(pair.transform.tx, part.left, 0.06);
    EXPECT_NEAR(pair.transform.ty, part.top * 16 / 9, 0.06);
    EXPECT_LE(std::abs(to_seconds(pair.query - pair.reference)), 0.5);
  }
}

INSTANTIATE_TEST_SUITE_P(CroppedOrInset, MatcherOfPart, testing::Values(kCrop, kInset));

TEST(MatcherByFeatures, FindsAMirroredCrop) {
  const auto matches = found(test::flipped_over_with_details(shown_as(episode(3), kCrop))).matches;
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].reference, ReferenceId{3});
  EXPECT_TRUE(matches[0].mirrored);
  EXPECT_TRUE(matches[0].is_confirmed);
  expect_spans(matches[0], 0, kLength_s, 0, kLength_s);
}

TEST(MatcherByFeatures, FindsACropThatIsSpedUp) {
  const auto matches = found(test::sped_up(shown_as(episode(3), kCrop), 1.25)).matches;
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_NEAR(matches[0].speed, 1.25, 0.03);
  expect_spans(matches[0], 0, kLength_s / 1.25, 0, kLength_s);
}

TEST(MatcherByFeatures, FindsAPartAmongOwnMaterial) {
  const auto matches = found(joined({detailed_video(101, 10), shown_as(excerpt(episode(3), 8, 20), kCrop),
                                     detailed_video(102, 10)}))
                           .matches;
  ASSERT_EQ(matches.size(), 1U);
  expect_spans(matches[0], 10, 22, 8, 20);
}

TEST(MatcherByFeatures, FindsEveryMemberOfACompilation) {
  auto matches = found(joined({shown_as(excerpt(episode(2), 4, 16), kCrop, 1),
                               shown_as(excerpt(episode(5), 10, 22), kInset, 2), excerpt(episode(4), 0, 12)}))
                     .matches;
  std::ranges::sort(matches, {}, [](const Match& m) { return m.query_span.begin; });
  ASSERT_EQ(matches.size(), 3U);
  EXPECT_EQ(matches[0].reference, ReferenceId{2});
  EXPECT_EQ(matches[1].reference, ReferenceId{5});
  EXPECT_EQ(matches[2].reference, ReferenceId{4});
  EXPECT_EQ(matches[0].found_by, FoundBy::features);
  EXPECT_EQ(matches[1].found_by, FoundBy::features);
  EXPECT_EQ(matches[2].found_by, FoundBy::hashes);
  expect_spans(matches[0], 0, 12, 4, 16);
  expect_spans(matches[1], 12, 24, 10, 22);
  expect_spans(matches[2], 24, 36, 0, 12);
}

TEST(MatcherByFeatures, FindsNothingInAStranger) {
  for (std::uint64_t seed = 200; seed < 206; ++seed) {
    const Findings nothing = found(detailed_video(seed, kLength_s));
    EXPECT_TRUE(nothing.matches.empty()) << seed;
    EXPECT_FALSE(nothing.has_leads) << seed;
  }
}

TEST(MatcherByFeatures, NeedsFeaturesAndDetails) {
  const Fingerprint query = shown_as(episode(3), kCrop);
  SearchSpace without_features = catalog().space();
  without_features.features = nullptr;
  EXPECT_TRUE(found(query, nullptr, without_features).matches.empty());
  SearchSpace without_details = catalog().space();
  without_details.details = nullptr;
  EXPECT_TRUE(found(query, nullptr, without_details).matches.empty());
  Fingerprint bare = query;
  bare.details.clear();
  EXPECT_TRUE(found(bare).matches.empty());
}

TEST(MatcherByFeatures, PassesOverAReferenceWhoseDetailsAreGone) {
  class Gone : public DetailSource {
    [[nodiscard]] std::shared_ptr<const Fingerprint> print_of(ReferenceId) const override { return nullptr; }
  } const gone;
  SearchSpace space = catalog().space();
  space.details = &gone;
  EXPECT_TRUE(found(shown_as(episode(3), kCrop), nullptr, space).matches.empty());
}

TEST(MatcherByFeatures, AccusesNobodyOfTheSameSetAtAnotherMoment) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const Fingerprint query = shown_as(test::at_another_moment(episode(3), seed), kCrop);
    for (const Match& match : found(query).matches) EXPECT_FALSE(match.is_confirmed) << seed;
  }
}

TEST(MatcherByHashes, AccusesNobodyOfTheSameSetAtAnotherMoment) {
  const Fingerprint query = test::at_another_moment(episode(3), 1);
  EXPECT_TRUE(found(query).matches.empty());
  const auto outcomes = outcomes_of(trace_of(query));
  EXPECT_NE(std::ranges::find(outcomes, Outcome::another_moment), outcomes.end());
}

TEST(MatcherByHashes, TellsATraceHowLikelyWasWhatMovesRefuted) {
  SearchTrace trace;  // follows nobody
  EXPECT_TRUE(found(test::at_another_moment(episode(3), 1), &trace).matches.empty());
  EXPECT_LT(trace.refuted, 0);
  SearchTrace of_copy;
  EXPECT_FALSE(found(episode(3), &of_copy).matches.empty());
  EXPECT_GT(of_copy.refuted, 0);
}

TEST(MatcherByFeatures, CountsNothingThatAnotherSeriesShowsToo) {
  DetailedCatalog shared({episode(1), episode(2)});
  const Fingerprint card = detailed_video(50, 10);
  shared.add(6, 6, 6, joined({card, detailed_video(51, 20)}));
  shared.add(7, 7, 7, joined({card, detailed_video(52, 20)}));
  const Fingerprint query = joined({shown_as(card, kCrop), detailed_video(300, 10)});
  EXPECT_TRUE(found(query, nullptr, shared.space()).matches.empty());
}

TEST(MatcherByFeatures, NamesTheSeriesButNoEpisodeForASharedIntro) {
  DetailedCatalog shared({episode(1), episode(2)});
  const Fingerprint intro = detailed_video(50, 10);
  shared.add(6, 6, 20, joined({intro, detailed_video(51, 20)}));
  shared.add(7, 7, 20, joined({intro, detailed_video(52, 20)}));
  const auto matches =
      found(joined({shown_as(intro, kCrop), detailed_video(300, 10)}), nullptr, shared.space()).matches;
  ASSERT_FALSE(matches.empty());
  for (const Match& match : matches) {
    EXPECT_EQ(match.series, SeriesId{20});
    EXPECT_FALSE(match.names_episode);
  }
}

TEST(MatcherByFeatures, SaysThatSomethingResembledTooLittle) {
  const Fingerprint query =
      joined({detailed_video(101, 10), shown_as(excerpt(episode(3), 8, 9), kCrop), detailed_video(102, 10)});
  const Findings little = found(query);
  EXPECT_TRUE(little.matches.empty());
  EXPECT_TRUE(little.has_leads);
}

TEST(MatcherByFeatures, SearchesNoFeaturesWhenWholePicturesExplainTheQuery) {
  EXPECT_FALSE(trace_of(episode(3)).searched_features);
  EXPECT_TRUE(trace_of(shown_as(episode(3), kCrop)).searched_features);
}

TEST(Trace, TellsHowACropWasFound) {
  const Fingerprint query = shown_as(episode(3), kCrop);
  const SearchTrace trace = trace_of(query);
  EXPECT_EQ(trace.pictures, query.keyframes.size());
  EXPECT_EQ(trace.detailed_pictures, query.details.size());
  const auto stage = std::ranges::find_if(trace.stages, [](const TracedStage& s) {
    return s.found_by == FoundBy::features && s.reference == ReferenceId{3} && !s.mirrored;
  });
  ASSERT_NE(stage, trace.stages.end());
  EXPECT_TRUE(stage->was_looked_at);
  EXPECT_GE(stage->best_votes, stage->least_votes);
  EXPECT_GT(stage->hits, 10U);
  EXPECT_FALSE(trace.hits.empty());
  EXPECT_EQ(std::ranges::count(outcomes_of(trace), Outcome::kept), 1);
}

TEST(Trace, FollowsOnlyWhatItIsAskedToAndChangesNothing) {
  const Fingerprint query = shown_as(episode(3), kCrop);
  SearchTrace trace;
  trace.followed = {{4}};
  const auto traced = found(query, &trace).matches;
  for (const TracedHit& hit : trace.hits) EXPECT_EQ(hit.reference, ReferenceId{4});
  EXPECT_TRUE(trace.considered.empty());
  EXPECT_EQ(traced.size(), found(query).matches.size());
}

/// Its items differ from one to the next in a few bits, as in real sound.
AudioPrint sound(std::uint64_t seed, double seconds) {
  test::Random random(seed);
  AudioPrint print;
  print.step = std::chrono::milliseconds(125);
  auto item = static_cast<std::uint32_t>(random());
  while (static_cast<double>(print.items.size()) < 8 * seconds) {
    for (int i = 0; i < 5; ++i) item ^= 1U << (random() % 32);
    print.items.push_back(item);
  }
  return print;
}

Fingerprint with_sound(Fingerprint print, std::uint64_t seed) {
  print.audio = sound(seed, to_seconds(print.duration));
  return print;
}

TEST(MatcherBySound, ClaimsNothingMoreThanTheSoundWhereThePictureIsAnothers) {
  const DetailedCatalog sounding({with_sound(episode(1), 1), with_sound(episode(2), 2)});
  const Fingerprint query = with_sound(detailed_video(300, kLength_s), 2);
  const auto matches = found(query, nullptr, sounding.space()).matches;
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].reference, ReferenceId{2});
  EXPECT_EQ(matches[0].found_by, FoundBy::sound);
  EXPECT_FALSE(matches[0].is_confirmed);
  EXPECT_LT(matches[0].score, 0.9);
  expect_spans(matches[0], 0, kLength_s, 0, kLength_s);
}

TEST(MatcherBySound, SaysNothingMoreWhereThePictureIsFound) {
  const DetailedCatalog sounding({with_sound(episode(1), 1), with_sound(episode(2), 2)});
  const auto matches = found(with_sound(shown_as(episode(2), kCrop), 2), nullptr, sounding.space()).matches;
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].found_by, FoundBy::features);
  EXPECT_EQ(matches[0].sound_agreement.value_or(0), 1);
}

TEST(MatcherBySound, DoesNotCountATuneThatTwoSeriesPlay) {
  const DetailedCatalog sounding({with_sound(episode(1), 2), with_sound(episode(2), 2)});
  const Fingerprint query = with_sound(detailed_video(300, kLength_s), 2);
  EXPECT_TRUE(found(query, nullptr, sounding.space()).matches.empty());
}

TEST(MatcherBySound, IsLeftOutWhenToldTo) {
  const DetailedCatalog sounding({with_sound(episode(1), 1), with_sound(episode(2), 2)});
  const Fingerprint query = with_sound(detailed_video(300, kLength_s), 2);
  EXPECT_TRUE(search(query, sounding.space(), {.use_audio = false}).matches.empty());
}

/// What matters of the matches, as text.
std::string to_text(const std::vector<Match>& matches) {
  std::string text;
  for (const Match& m : matches) {
    text += testing::PrintToString(std::tuple(m.reference.value, m.query_span.begin.us, m.query_span.end.us,
                                              m.reference_span.begin.us, m.speed, m.log10_false_alarms,
                                              m.inliers, m.moment_agreement.value_or(-2)));
    for (const AlignedPair& p : m.pairs) {
      text += testing::PrintToString(std::tuple(p.query.us, p.reference.us, p.inliers, p.transform.a,
                                                p.transform.b, p.transform.tx, p.transform.ty));
    }
  }
  return text;
}

TEST(MatcherByFeatures, SaysTheSameInWhateverOrderReferencesCame) {
  const Fingerprint query = joined(
      {shown_as(excerpt(episode(2), 4, 16), kCrop, 1), shown_as(excerpt(episode(5), 10, 22), kInset, 2)});
  DetailedCatalog backwards{{}};
  for (std::int64_t id = 5; id >= 1; --id) backwards.add(id, id, id, episode(static_cast<std::uint64_t>(id)));
  const std::string expected = to_text(found(query).matches);
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(to_text(found(query, nullptr, backwards.space()).matches), expected);
}

}  // namespace
}  // namespace reelprint::index
