#include "rights/judge.h"

#include <gtest/gtest.h>

#include <vector>

namespace reelprint::rights {
namespace {

/// Forty seconds of one episode, beyond doubt.
Match certain_match() {
  Match match;
  match.query_span = {Timestamp{0}, timestamp_of(40)};
  match.reference_span = {timestamp_of(20), timestamp_of(60)};
  match.score = 0.999;
  match.distinctive = std::chrono::seconds(38);
  match.names_episode = true;
  match.agreeing = 76;
  match.compared = 80;
  return match;
}

Verdict judge_one(const Match& match, const Policy& policy = {}) {
  const std::vector<Claim> claims = {{match, "The Lantern Oath, episode 3"}};
  return judge(claims, policy);
}

Decision decide(const Match& match, const Policy& policy = {}) {
  return judge_one(match, policy).decision;
}

Match with_score(double score) {
  Match match = certain_match();
  match.score = score;
  return match;
}

Match with_distinctive(Duration distinctive, bool names_episode = true) {
  Match match = certain_match();
  match.distinctive = distinctive;
  match.names_episode = names_episode;
  return match;
}

TEST(Judge, ClearsWhatMatchesNothing) {
  const Verdict verdict = judge({}, {});
  EXPECT_EQ(verdict.decision, Decision::clear);
  EXPECT_EQ(verdict.reasons,
            std::vector<std::string>{"nothing in the catalog agrees with enough of its pictures → clear"});
}

TEST(Judge, FlagsWhatIsBeyondDoubt) {
  EXPECT_EQ(decide(certain_match()), Decision::infringing);
}

TEST(Judge, LeavesWhatNothingThatMovesConfirmsToAPersonWhateverTheThreshold) {
  Match match = certain_match();
  match.is_confirmed = false;
  for (const double flag_score : {0.9, 0.5}) {
    const Verdict verdict = judge_one(match, {.flag_score = flag_score});
    EXPECT_EQ(verdict.decision, Decision::needs_review) << flag_score;
    EXPECT_NE(verdict.reasons.at(0).find("nothing that moves confirms it"), std::string::npos);
  }
}

TEST(Judge, LeavesSoundAloneToAPersonWhateverItsScore) {
  Match match = certain_match();
  match.found_by = FoundBy::sound;
  match.sound_agreement = 0.97;
  const Verdict verdict = judge_one(match);
  EXPECT_EQ(verdict.decision, Decision::needs_review);
  EXPECT_EQ(
      verdict.reasons.at(0),
      "The Lantern Oath, episode 3: the sound from 0.0 to 40.0 s agrees (97 %), and no picture confirms it "
      "→ needs_review: sound alone accuses nobody: music is used in many places");
}

TEST(Judge, FlagsFromTheFlagScoreOn) {
  EXPECT_EQ(decide(with_score(0.9)), Decision::infringing);
  EXPECT_EQ(decide(with_score(0.8999)), Decision::needs_review);
}

TEST(Judge, ShowsAPersonWhatIsFromTheReviewScoreOn) {
  EXPECT_EQ(decide(with_score(0.5)), Decision::needs_review);
  EXPECT_EQ(decide(with_score(0.4999)), Decision::clear);
}

TEST(Judge, AccusesNobodyOnTooFewDistinctiveSeconds) {
  EXPECT_EQ(decide(with_distinctive(std::chrono::seconds(3))), Decision::infringing);
  EXPECT_EQ(decide(with_distinctive(std::chrono::milliseconds(2999))), Decision::needs_review);
  EXPECT_EQ(decide(with_distinctive(Duration{0})), Decision::needs_review);
}

TEST(Judge, LeavesToAPersonWhatNamesOnlyTheSeries) {
  EXPECT_EQ(decide(with_distinctive(std::chrono::seconds(30), false)), Decision::needs_review);
}

TEST(Judge, ClearsAShortPassageThatTheSeriesShares) {
  EXPECT_EQ(decide(with_distinctive(std::chrono::seconds(6), false)), Decision::needs_review);
  EXPECT_EQ(decide(with_distinctive(std::chrono::milliseconds(5999), false)), Decision::clear);
}

TEST(Judge, FollowsItsPolicy) {
  Policy lenient;
  lenient.flag_score = 0.99;
  lenient.review_score = 0.95;
  EXPECT_EQ(decide(with_score(0.94), lenient), Decision::clear);
  EXPECT_EQ(decide(with_score(0.96), lenient), Decision::needs_review);
}

TEST(Judge, DecidesByTheWorstClaimWhereverItStands) {
  const Match weak = with_score(0.6);
  const Match strong = certain_match();
  const std::vector<Claim> strong_last = {{weak, "a"}, {strong, "b"}};
  const std::vector<Claim> strong_first = {{strong, "b"}, {weak, "a"}};
  EXPECT_EQ(judge(strong_last, {}).decision, Decision::infringing);
  EXPECT_EQ(judge(strong_first, {}).decision, Decision::infringing);
}

TEST(Judge, GivesAReasonForEachClaimInTheirOrder) {
  const Match weak = with_score(0.6);
  const Match strong = certain_match();
  const std::vector<Claim> claims = {{weak, "A, episode 1"}, {strong, "B, episode 2"}};
  const Verdict verdict = judge(claims, {});
  ASSERT_EQ(verdict.reasons.size(), 2U);
  EXPECT_TRUE(verdict.reasons[0].starts_with("A, episode 1: ")) << verdict.reasons[0];
  EXPECT_TRUE(verdict.reasons[1].starts_with("B, episode 2: ")) << verdict.reasons[1];
}

TEST(Judge, SaysWhatWasSeenAndWhichRuleDecided) {
  EXPECT_EQ(
      judge_one(certain_match()).reasons.at(0),
      "The Lantern Oath, episode 3: 76 of 80 pictures agree from 0.0 to 40.0 s, 38.0 s of them distinctive, "
      "score 0.999 → infringing: at or above the flag score, and no licence is on record");
}

TEST(Judge, SaysHowMuchOfTheSoundAgrees) {
  Match match = certain_match();
  match.sound_agreement = 0.876;
  const std::string reason = judge_one(match).reasons.at(0);
  EXPECT_NE(reason.find("score 0.999; 88 % of the sound agrees → "), std::string::npos) << reason;
}

TEST(Judge, SaysHowMuchTheNegativeBankTook) {
  Match match = certain_match();
  match.negative = duration_of(4.5);
  const std::string reason = judge_one(match).reasons.at(0);
  EXPECT_NE(reason.find("score 0.999; 4.5 s of it are in the negative bank → "), std::string::npos) << reason;
}

TEST(Judge, KeepsLongNamesWhole) {
  const std::string name(1000, 'x');
  const Match match = certain_match();
  const std::vector<Claim> claims = {{match, name}};
  EXPECT_TRUE(judge(claims, {}).reasons.at(0).starts_with(name + ": 76 of 80"));
}

}  // namespace
}  // namespace reelprint::rights
