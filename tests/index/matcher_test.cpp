#include "index/matcher.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::excerpt;
using test::index_of;
using test::joined;
using test::noisy;
using test::still;
using test::to_reference;
using test::video;

std::vector<Match> matches(const Fingerprint& query, const FrameIndex& index,
                           const MatchSettings& settings = {}) {
  return find_matches(query, {index}, settings);
}

/// Ten unrelated episodes of ninety seconds, references 1 to 10, each of a series of its own.
FrameIndex catalog() {
  std::vector<Fingerprint> videos;
  for (std::uint64_t id = 1; id <= 10; ++id) videos.push_back(video(id, 90));
  return index_of(videos);
}

void expect_spans(const Match& match, double query_begin_s, double query_end_s, double reference_begin_s,
                  double reference_end_s, double within_s = 0.75) {
  EXPECT_NEAR(to_seconds(match.query_span.begin), query_begin_s, within_s);
  EXPECT_NEAR(to_seconds(match.query_span.end), query_end_s, within_s);
  EXPECT_NEAR(to_seconds(match.reference_span.begin), reference_begin_s, within_s);
  EXPECT_NEAR(to_seconds(match.reference_span.end), reference_end_s, within_s);
}

std::vector<std::int64_t> references_of(const std::vector<Match>& found) {
  std::vector<std::int64_t> ids;
  for (const Match& match : found) ids.push_back(match.reference.value);
  std::ranges::sort(ids);
  return ids;
}

TEST(Matcher, FindsAnExactCopy) {
  const auto found = matches(video(4, 90), catalog());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{4});
  expect_spans(found[0], 0, 90, 0, 90, 0.01);
  EXPECT_GT(found[0].score, 0.999);
  EXPECT_EQ(found[0].speed, 1);
  EXPECT_EQ(found[0].agreeing, found[0].compared);
}

TEST(Matcher, FindsANoisyCopy) {
  const auto found = matches(noisy(video(4, 90), 60), catalog());
  ASSERT_EQ(found.size(), 1U);
  expect_spans(found[0], 0, 90, 0, 90);
}

TEST(Matcher, FindsAnExcerpt) {
  const auto found = matches(noisy(excerpt(video(4, 90), 30, 42), 30), catalog());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{4});
  expect_spans(found[0], 0, 12, 30, 42);
}

TEST(Matcher, FindsAPartAmongOwnMaterial) {
  const Fingerprint query =
      joined({video(100, 40), noisy(excerpt(video(4, 90), 30, 50), 30), video(101, 40)});
  const auto found = matches(query, catalog());
  ASSERT_EQ(found.size(), 1U);
  expect_spans(found[0], 40, 60, 30, 50);
}

class MatcherAtSpeed : public testing::TestWithParam<double> {};

TEST_P(MatcherAtSpeed, FindsTheWholeCopy) {
  const double speed = GetParam();
  const auto found = matches(noisy(test::sped_up(video(4, 90), speed), 30), catalog());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(found[0].speed, speed, 0.01 * speed);
  expect_spans(found[0], 0, 90 / speed, 0, 90, 1);
}

INSTANTIATE_TEST_SUITE_P(From05To2, MatcherAtSpeed, testing::Values(0.5, 0.8, 0.95, 1.05, 1.25, 1.5, 2.0));

TEST(Matcher, FindsAMirroredCopy) {
  const auto found = matches(noisy(test::flipped_over(video(4, 90)), 30), catalog());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].mirrored);
  expect_spans(found[0], 0, 90, 0, 90);
}

TEST(Matcher, FindsEveryMemberOfACompilation) {
  const Fingerprint query = noisy(
      joined({excerpt(video(2, 90), 10, 30), excerpt(video(7, 90), 50, 70), excerpt(video(5, 90), 0, 20)}),
      20);
  auto found = matches(query, catalog());
  ASSERT_EQ(references_of(found), (std::vector<std::int64_t>{2, 5, 7}));
  std::ranges::sort(found, {}, [](const Match& m) { return m.query_span.begin; });
  expect_spans(found[0], 0, 20, 10, 30);
  expect_spans(found[1], 20, 40, 50, 70);
  expect_spans(found[2], 40, 60, 0, 20);
}

TEST(Matcher, FindsBothSidesOfAJumpCut) {
  const Fingerprint original = video(4, 90);
  auto found = matches(noisy(joined({excerpt(original, 0, 30), excerpt(original, 60, 90)}), 20), catalog());
  ASSERT_EQ(found.size(), 2U);
  std::ranges::sort(found, {}, [](const Match& m) { return m.query_span.begin; });
  expect_spans(found[0], 0, 30, 0, 30);
  expect_spans(found[1], 30, 60, 60, 90);
}

TEST(Matcher, FindsPartsInAnyOrder) {
  const Fingerprint original = video(4, 90);
  auto found = matches(noisy(joined({excerpt(original, 60, 90), excerpt(original, 0, 30)}), 20), catalog());
  ASSERT_EQ(found.size(), 2U);
  std::ranges::sort(found, {}, [](const Match& m) { return m.query_span.begin; });
  expect_spans(found[0], 0, 30, 60, 90);
  expect_spans(found[1], 30, 60, 0, 30);
}

TEST(Matcher, FindsAReferenceThatIsPlayedTwice) {
  EXPECT_EQ(matches(joined({video(4, 90), video(4, 90)}), catalog()).size(), 2U);
}

TEST(Matcher, FindsNothingInAStranger) {
  for (std::uint64_t seed = 200; seed < 210; ++seed)
    EXPECT_TRUE(matches(video(seed, 90), catalog()).empty()) << seed;
}

TEST(Matcher, FindsNothingForNothing) {
  EXPECT_TRUE(matches({}, catalog()).empty());
  EXPECT_TRUE(matches(video(4, 90), FrameIndex()).empty());
  EXPECT_TRUE(matches({}, FrameIndex()).empty());
}

TEST(Matcher, AccusesNobodyOfOneStillPicture) {
  FrameIndex index = catalog();
  index.add(to_reference(11, 11, 11, joined({still(50, 30), video(11, 60)})));
  EXPECT_TRUE(matches(still(50, 60), index).empty());
}

TEST(Matcher, AccusesNobodyOfACardThatTwoSeriesShow) {
  const Fingerprint card = noisy(video(50, 8), 4);  // a moving logo of eight seconds
  const FrameIndex index = index_of({joined({card, video(1, 60)}), joined({card, video(2, 60)})});
  EXPECT_TRUE(matches(joined({noisy(card, 10), video(300, 40)}), index).empty());
}

TEST(Matcher, NamesTheSeriesButNoEpisodeForASharedIntro) {
  const Fingerprint intro = video(50, 20);
  FrameIndex index = catalog();
  index.add(to_reference(21, 21, 20, joined({intro, video(51, 60)})));
  index.add(to_reference(22, 22, 20, joined({noisy(intro, 4), video(52, 60)})));
  const auto found = matches(joined({noisy(intro, 10), video(300, 40)}), index);
  ASSERT_FALSE(found.empty());
  for (const Match& match : found) {
    EXPECT_EQ(match.series, SeriesId{20});
    EXPECT_FALSE(match.names_episode);
  }
}

TEST(Matcher, NamesOnlyTheEpisodeThatGoesOnAfterASharedIntro) {
  const Fingerprint intro = video(50, 20);
  FrameIndex index = catalog();
  index.add(to_reference(21, 21, 20, joined({intro, video(51, 60)})));
  index.add(to_reference(22, 22, 20, joined({noisy(intro, 4), video(52, 60)})));
  const auto found = matches(noisy(joined({intro, video(51, 60)}), 10), index);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{21});
  EXPECT_TRUE(found[0].names_episode);
}

TEST(Matcher, FindsBothCutsOfOneEpisode) {
  FrameIndex index = catalog();
  index.add(to_reference(11, 4, 4, joined({excerpt(video(4, 90), 0, 80), video(60, 10)})));
  EXPECT_EQ(references_of(matches(noisy(excerpt(video(4, 90), 0, 80), 10), index)),
            (std::vector<std::int64_t>{4, 11}));
}

TEST(Matcher, PutsTheBestScoreFirst) {
  const Fingerprint query =
      joined({excerpt(video(2, 90), 10, 14), video(300, 20), excerpt(video(7, 90), 20, 60)});
  const auto found = matches(query, catalog());
  ASSERT_GE(found.size(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater(), &Match::score));
}

TEST(Matcher, LeavesOutWhatScoresLessThanAsked) {
  MatchSettings strict;
  strict.least_score = 1.1;
  EXPECT_TRUE(matches(video(4, 90), catalog(), strict).empty());
}

TEST(Matcher, LeavesOutWhatShowsTooLittleOfItsOwn) {
  MatchSettings strict;
  strict.least_distinctive = std::chrono::seconds(91);
  EXPECT_TRUE(matches(video(4, 90), catalog(), strict).empty());
}

/// A catalog in which reference 11 shows fifteen seconds of a stock shot among pictures of its own.
class MatcherWithStockShot : public testing::Test {
 protected:
  MatcherWithStockShot() {
    index_.add(to_reference(11, 11, 11, whole_));
    bank_ = index_of({noisy(stock_, 12, 5)});
  }
  [[nodiscard]] std::vector<Match> with_bank(const Fingerprint& query) const {
    SearchSpace space{index_};
    space.negatives = &bank_;
    return find_matches(query, space, {});
  }

  Fingerprint stock_ = video(500, 15);
  Fingerprint whole_ = joined({video(501, 20), noisy(stock_, 12, 6), video(502, 20)});
  Fingerprint stock_only_ = joined({video(503, 20), noisy(stock_, 12, 7), video(504, 20)});
  FrameIndex index_ = catalog();
  FrameIndex bank_;
};

TEST_F(MatcherWithStockShot, AccusesAnUploadOfTheShotWithoutTheBankAndNobodyWithIt) {
  const auto accused = matches(stock_only_, index_);
  ASSERT_EQ(accused.size(), 1U);
  EXPECT_EQ(accused[0].reference, ReferenceId{11});
  expect_spans(accused[0], 20, 35, 20, 35);
  EXPECT_GT(accused[0].score, 0.9);
  EXPECT_TRUE(accused[0].names_episode);
  EXPECT_EQ(accused[0].negative, Duration{0});
  EXPECT_TRUE(with_bank(stock_only_).empty());
}

TEST_F(MatcherWithStockShot, AccusesNobodyOfTheShotMirrored) {
  EXPECT_EQ(matches(test::flipped_over(stock_only_), index_).size(), 1U);
  EXPECT_TRUE(with_bank(test::flipped_over(stock_only_)).empty());
}

TEST_F(MatcherWithStockShot, FindsTheRestOfTheReferenceAndSaysWhatWasLeftOut) {
  const auto found = with_bank(noisy(whole_, 10));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{11});
  expect_spans(found[0], 0, 55, 0, 55);
  EXPECT_GT(found[0].score, 0.999);
  EXPECT_TRUE(found[0].names_episode);
  EXPECT_NEAR(to_seconds(found[0].negative), 15, 0.01);
  EXPECT_NEAR(to_seconds(found[0].distinctive), 40, 0.01);
}

TEST_F(MatcherWithStockShot, LeavesOutASinglePictureForAsLongAsItIsShown) {
  const Fingerprint held = joined({video(505, 20), still(506, 6), video(507, 20)});
  index_.add(to_reference(12, 12, 12, held));
  bank_ = index_of({still(506, 0.04)});
  const auto found = with_bank(noisy(held, 10));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(to_seconds(found[0].negative), 6, 0.01);
}

/// As in real sound, an item differs from the one before it in a few bits.
AudioPrint sound(std::uint64_t seed, std::size_t seconds) {
  test::Random random(seed);
  AudioPrint print;
  print.step = std::chrono::milliseconds(125);
  auto item = static_cast<std::uint32_t>(random());
  while (print.items.size() < 8 * seconds) {
    for (int i = 0; i < 5; ++i) item ^= 1U << (random() % 32);
    print.items.push_back(item);
  }
  return print;
}

TEST_F(MatcherWithStockShot, ClaimsNothingByTheSoundOfTheShot) {
  whole_.audio = sound(1, 55);
  index_.add(to_reference(11, 11, 11, whole_));
  SoundIndex sounds;
  sounds.add({11}, {11}, whole_.audio);
  Fingerprint unseen = stock_only_;
  for (Keyframe& keyframe : unseen.keyframes) keyframe.hash.quality = 0;
  unseen.audio = sound(2, 55);
  std::copy_n(whole_.audio.items.begin() + 8 * 20, 8 * 15, unseen.audio.items.begin() + 8 * 20);

  SearchSpace space{index_};
  space.sounds = &sounds;
  const auto heard = find_matches(unseen, space, {});
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].found_by, FoundBy::sound);
  space.negatives = &bank_;
  EXPECT_TRUE(find_matches(unseen, space, {}).empty());
}

TEST_F(MatcherWithStockShot, FindsOtherReferencesAsBefore) {
  const auto found = with_bank(noisy(video(4, 90), 10));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reference, ReferenceId{4});
  EXPECT_EQ(found[0].negative, Duration{0});
}

TEST(Matcher, ComparesTheSoundOfWhatThePictureFound) {
  Fingerprint talking = video(4, 90);
  test::Random random(1);
  talking.audio.step = std::chrono::milliseconds(125);
  for (int i = 0; i < 720; ++i) talking.audio.items.push_back(static_cast<std::uint32_t>(random()));
  const FrameIndex index = index_of({talking});
  SoundIndex sounds;
  sounds.add({1}, {1}, talking.audio);
  const SearchSpace space{index, nullptr, &sounds};
  EXPECT_EQ(find_matches(talking, space, {}).at(0).sound_agreement, 1.0);
  EXPECT_FALSE(find_matches(talking, space, {.use_audio = false}).at(0).sound_agreement.has_value());
}

/// Everything that a match says, as text.
std::string to_text(const std::vector<Match>& found) {
  std::string text;
  for (const Match& m : found) {
    text += testing::PrintToString(std::tuple(m.reference.value, m.query_span.begin.us, m.query_span.end.us,
                                              m.reference_span.begin.us, m.reference_span.end.us, m.speed,
                                              m.log10_false_alarms, m.agreeing)) +
            "\n";
    for (const AlignedPair& p : m.pairs)
      text += testing::PrintToString(std::tuple(p.query.us, p.reference.us)) + " ";
  }
  return text;
}

TEST(Matcher, SaysTheSameInWhateverOrderReferencesCame) {
  const Fingerprint query = noisy(
      joined({excerpt(video(2, 90), 10, 30), excerpt(video(7, 90), 50, 70), excerpt(video(2, 90), 30, 50)}),
      30);
  FrameIndex backwards;
  for (std::int64_t id = 10; id >= 1; --id) {
    backwards.add(to_reference(id, id, id, video(static_cast<std::uint64_t>(id), 90)));
  }
  const std::string expected = to_text(matches(query, catalog()));
  EXPECT_FALSE(expected.empty());
  EXPECT_EQ(to_text(matches(query, backwards)), expected);
  backwards.remove({2});
  backwards.add(to_reference(2, 2, 2, video(2, 90)));
  EXPECT_EQ(to_text(matches(query, backwards)), expected);
}

}  // namespace
}  // namespace reelprint::index
