// Matches that are one.
#include "index/join.h"

#include <gtest/gtest.h>

namespace reelprint::index {
namespace {

/// Seconds of a query that show the same seconds of reference 1, ten seconds later.
Match match_of(double from_s, double to_s, double score = 0.9, double late_s = 10) {
  Match match;
  match.reference = {1};
  match.query_span = {timestamp_of(from_s), timestamp_of(to_s)};
  match.reference_span = {timestamp_of(from_s + late_s), timestamp_of(to_s + late_s)};
  match.score = score;
  match.distinctive = duration_of(to_s - from_s);
  match.agreeing = match.compared = 4;
  match.pairs.resize(8);
  return match;
}

std::size_t joined(std::vector<Match> matches) {
  join_continued(matches);
  return matches.size();
}

TEST(Join, MakesOneOfTwoThatOverlapOnOneLine) {
  std::vector<Match> matches{match_of(0, 6, 0.8), match_of(4, 12, 0.95)};
  join_continued(matches);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].query_span, (Interval{timestamp_of(0), timestamp_of(12)}));
  EXPECT_EQ(matches[0].reference_span, (Interval{timestamp_of(10), timestamp_of(22)}));
  EXPECT_EQ(matches[0].score, 0.95) << "the better one stays";
  EXPECT_EQ(matches[0].distinctive, duration_of(12)) << "what both show is counted once";
  EXPECT_EQ(matches[0].agreeing, 8U);
  EXPECT_EQ(matches[0].pairs.size(), 12U) << "no more than one match shows";
}

TEST(Join, BridgesTwoSecondsAndNoMore) {
  EXPECT_EQ(joined({match_of(0, 5), match_of(7, 12)}), 1U);
  EXPECT_EQ(joined({match_of(0, 5), match_of(7.1, 12)}), 2U);
  EXPECT_TRUE(continues(match_of(0, 5), match_of(8, 12), std::chrono::seconds(4)));
}

TEST(Join, LeavesWhatLiesOnAnotherLine) {
  EXPECT_EQ(joined({match_of(0, 5), match_of(5, 10, 0.9, 10.4)}), 1U);
  EXPECT_EQ(joined({match_of(0, 5), match_of(5, 10, 0.9, 10.6)}), 2U) << "a jump cut";
  Match faster = match_of(5, 10);
  faster.speed = 1.1;
  EXPECT_EQ(joined({match_of(0, 5), faster}), 2U);
}

TEST(Join, LeavesOtherReferencesAndOrientations) {
  Match other = match_of(5, 10);
  other.reference = {2};
  EXPECT_EQ(joined({match_of(0, 5), other}), 2U);
  Match mirrored = match_of(5, 10);
  mirrored.mirrored = true;
  EXPECT_EQ(joined({match_of(0, 5), mirrored}), 2U);
}

TEST(Join, KeepsTheOrderOfWhatIsLeft) {
  Match other = match_of(30, 40, 0.99);
  other.reference = {2};
  std::vector<Match> matches{match_of(0, 5), other, match_of(5, 10, 0.95)};
  join_continued(matches);
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_EQ(matches[0].reference, ReferenceId{1});
  EXPECT_EQ(matches[1].reference, ReferenceId{2});
}

TEST(Join, OfNothingIsNothing) {
  EXPECT_EQ(joined({}), 0U);
}

}  // namespace
}  // namespace reelprint::index
