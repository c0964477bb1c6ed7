#include "pipeline/conflict_check.h"

#include <gtest/gtest.h>

namespace reelprint::pipeline {
namespace {

Match match_of(std::int64_t reference, int begin_s, int seconds) {
  Match match;
  match.reference = {reference};
  match.query_span = {{begin_s * 1'000'000}, {(begin_s + seconds) * 1'000'000}};
  match.reference_span = match.query_span;
  match.score = 0.95;
  match.distinctive = std::chrono::seconds(seconds);
  match.agreeing = 4;
  return match;
}

std::vector<ExcludedInterval> nothing(ReferenceId) {
  return {};
}

TEST(ConflictCheck, AddsUpWhatOneReferenceShares) {
  const std::vector matches{match_of(7, 20, 3), match_of(9, 0, 2), match_of(7, 4, 3)};
  const auto overlaps = find_overlaps(matches, {}, nothing);
  ASSERT_EQ(overlaps.size(), 1U);
  EXPECT_EQ(overlaps[0].other, ReferenceId{7});
  EXPECT_EQ(overlaps[0].distinctive, std::chrono::seconds(6));
  ASSERT_EQ(overlaps[0].segments.size(), 2U);
  EXPECT_EQ(overlaps[0].segments[0].reference.begin, Timestamp{4'000'000});
}

TEST(ConflictCheck, IgnoresWhatIsNotConfirmedOrSoundAloneOrUnlikely) {
  std::vector matches{match_of(1, 0, 30), match_of(2, 0, 30), match_of(3, 0, 30)};
  for (Match& match : matches) match.agreeing = 30;
  matches[0].is_confirmed = false;
  matches[1].found_by = FoundBy::sound;
  matches[2].score = 0.8;
  EXPECT_TRUE(find_overlaps(matches, {}, nothing).empty());
}

TEST(ConflictCheck, IgnoresWhatEitherSideExcludes) {
  Match match = match_of(7, 10, 20);
  match.agreeing = 30;
  const std::vector matches{match};
  const std::vector<ExcludedInterval> most{{{{0}, {25'000'000}}, "stock"}};
  EXPECT_EQ(find_overlaps(matches, {}, nothing).size(), 1U);
  EXPECT_TRUE(find_overlaps(matches, most, nothing).empty());
  EXPECT_TRUE(find_overlaps(matches, {}, [&](ReferenceId) { return most; }).empty());
}

}  // namespace
}  // namespace reelprint::pipeline
