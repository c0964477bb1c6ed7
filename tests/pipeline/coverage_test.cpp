#include "pipeline/coverage.h"

#include <gtest/gtest.h>

#include "pipeline/coverage_picture.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

Interval span(double begin_s, double end_s) {
  return {timestamp_of(begin_s), timestamp_of(end_s)};
}

ReferenceEntry entry_of(std::int64_t reference, std::int64_t episode, const std::string& cut = "") {
  ReferenceEntry entry;
  entry.reference.id = {reference};
  entry.reference.episode = {episode};
  entry.reference.cut = cut;
  entry.reference.duration = duration_of(60);
  entry.episode.id = {episode};
  entry.episode.number = static_cast<int>(episode);
  entry.series.name = "The Oath";
  return entry;
}

Match match_of(std::int64_t reference, Interval of_query, Interval of_reference) {
  Match match;
  match.reference = {reference};
  match.query_span = of_query;
  match.reference_span = of_reference;
  match.score = 0.9;
  return match;
}

TEST(LengthOfUnion, CountsEachSecondOnce) {
  EXPECT_EQ(length_of_union({}, duration_of(60)), duration_of(0));
  EXPECT_EQ(length_of_union({span(5, 20), span(10, 30)}, duration_of(60)), duration_of(25));
  EXPECT_EQ(length_of_union({span(40, 50), span(5, 20)}, duration_of(60)), duration_of(25));
  EXPECT_EQ(length_of_union({span(5, 50), span(10, 20), span(50, 51)}, duration_of(60)), duration_of(46));
}

TEST(LengthOfUnion, CountsNothingOutsideTheDuration) {
  EXPECT_EQ(length_of_union({span(-10, 5), span(50, 90)}, duration_of(60)), duration_of(15));
  EXPECT_EQ(length_of_union({span(70, 90)}, duration_of(60)), duration_of(0));
  EXPECT_EQ(length_of_union({span(0, 10)}, duration_of(0)), duration_of(0));
}

TEST(Coverage, ListsEveryEpisodeInOrder) {
  const std::vector<ReferenceEntry> entries = {entry_of(1, 1), entry_of(2, 2), entry_of(3, 3)};
  const std::vector<Match> matches = {match_of(2, span(0, 15), span(30, 45))};
  const auto episodes = coverage_of(entries, matches);
  ASSERT_EQ(episodes.size(), 3U);
  EXPECT_EQ(episodes[0].covered, duration_of(0));
  EXPECT_TRUE(episodes[0].matches.empty());
  EXPECT_EQ(episodes[1].entry.episode.number, 2);
  EXPECT_EQ(episodes[1].covered, duration_of(15));
  EXPECT_DOUBLE_EQ(episodes[1].share, 0.25);
  EXPECT_EQ(episodes[2].share, 0);
}

TEST(Coverage, SortsSegmentsByTheirTimeInTheEpisode) {
  const std::vector<ReferenceEntry> entries = {entry_of(1, 1)};
  const std::vector<Match> matches = {match_of(1, span(0, 15), span(40, 55)),
                                      match_of(1, span(15, 25), span(0, 10))};
  const auto episodes = coverage_of(entries, matches);
  ASSERT_EQ(episodes.at(0).matches.size(), 2U);
  EXPECT_EQ(episodes[0].matches[0].reference_span, span(0, 10));
  EXPECT_EQ(episodes[0].covered, duration_of(25));
}

TEST(Coverage, TakesTheCutThatIsCoveredMost) {
  const std::vector<ReferenceEntry> entries = {entry_of(1, 1), entry_of(2, 1, "cinema"),
                                               entry_of(3, 1, "tv")};
  const std::vector<Match> matches = {match_of(1, span(0, 5), span(0, 5)),
                                      match_of(2, span(5, 30), span(5, 30)),
                                      match_of(3, span(5, 30), span(5, 30))};
  const auto episodes = coverage_of(entries, matches);
  ASSERT_EQ(episodes.size(), 1U);
  EXPECT_EQ(episodes[0].entry.reference.cut, "cinema") << "of equals, the first";
  EXPECT_EQ(episodes[0].covered, duration_of(25));
  EXPECT_EQ(episodes[0].matches.size(), 1U);
}

TEST(Coverage, LeavesOutOtherSeries) {
  const std::vector<ReferenceEntry> entries = {entry_of(1, 1)};
  const std::vector<Match> matches = {match_of(77, span(0, 5), span(0, 5))};
  EXPECT_EQ(coverage_of(entries, matches).at(0).covered, duration_of(0));
  EXPECT_TRUE(coverage_of({}, matches).empty());
}

TEST(Coverage, LeavesOutWhatOnlyTheSoundShows) {
  const std::vector<ReferenceEntry> entries = {entry_of(1, 1)};
  std::vector<Match> matches = {match_of(1, span(0, 15), span(0, 15))};
  matches[0].found_by = FoundBy::sound;
  EXPECT_EQ(coverage_of(entries, matches).at(0).covered, duration_of(0));
}

TEST(Coverage, OfAReferenceWithoutLengthIsNothing) {
  std::vector<ReferenceEntry> entries = {entry_of(1, 1)};
  entries[0].reference.duration = Duration{0};
  const std::vector<Match> matches = {match_of(1, span(0, 5), span(0, 5))};
  EXPECT_EQ(coverage_of(entries, matches).at(0).share, 0);
}

TEST(CoveragePicture, IsDrawnForAnySeries) {
  const test::ClipFolder folder;
  Screening screening;
  screening.query = "film.mp4";
  write_coverage_picture(screening, {}, folder.path() / "none.png");
  const std::vector<ReferenceEntry> entries = {entry_of(1, 1), entry_of(2, 2)};
  const std::vector<Match> matches = {match_of(2, span(0, 15), span(30, 45))};
  write_coverage_picture(screening, coverage_of(entries, matches), folder.path() / "some.png");
  for (const char* name : {"none.png", "some.png"})
    EXPECT_TRUE(reelprint::test::read_bytes(folder.path() / name).starts_with("\x89PNG")) << name;
}

}  // namespace
}  // namespace reelprint::pipeline
