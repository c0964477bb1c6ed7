#include "rights/policy_choice.h"

#include <gtest/gtest.h>

#include "samples.h"

namespace reelprint::rights {
namespace {

constexpr PolicyRule kTrack{.action = Action::track};

Case forty_seconds(std::vector<reelprint::Policy> policies) {
  Case one;
  one.matches = {match_of(111, 0, 40)};
  one.record.policies = std::move(policies);
  return one;
}

void expect(const Case& one, Decision decision, Action action) {
  const Ruling ruling = one.ruling();
  EXPECT_EQ(to_string(ruling.verdict.decision), to_string(decision)) << all_reasons(ruling);
  EXPECT_EQ(to_string(ruling.action), to_string(action)) << all_reasons(ruling);
}

TEST(PolicyChoice, DoesWhatThePolicyAsksFor) {
  for (const Action action : {Action::track, Action::monetize, Action::block})
    expect(forty_seconds({policy_of(1, {{.action = action}})}), Decision::infringing, action);
  expect(forty_seconds({policy_of(1, {{.action = Action::review}})}), Decision::needs_review, Action::review);
}

TEST(PolicyChoice, AsksForItsActionWhenAllThresholdsAreReached) {
  PolicyRule rule{.action = Action::block};
  rule.least_matched = duration_of(40);
  rule.least_share_of_upload = 0.4;
  rule.least_share_of_reference = 0.4;
  rule.least_score = 0.999;
  rule.modality = Modality::picture_and_sound;
  expect(forty_seconds({policy_of(1, {rule})}), Decision::infringing, Action::block);
  std::vector<PolicyRule> harder(4, rule);
  harder[0].least_matched += Duration{1};
  harder[1].least_share_of_upload = 0.41;
  harder[2].least_share_of_reference = 0.41;
  harder[3].least_score = 0.9991;
  for (const PolicyRule& one : harder)
    expect(forty_seconds({policy_of(1, {one})}), Decision::clear, Action::none);
}

TEST(PolicyChoice, LooksAtTheMatchesOfItsModalityOnly) {
  PolicyRule by_both{.action = Action::block, .modality = Modality::picture_and_sound};
  Case muted = forty_seconds({policy_of(1, {by_both})});
  muted.matches[0].sound_agreement.reset();
  expect(muted, Decision::clear, Action::none);
  PolicyRule by_picture{.action = Action::block, .modality = Modality::picture};
  muted.record.policies = {policy_of(1, {by_picture})};
  expect(muted, Decision::infringing, Action::block);
  muted.matches[0].found_by = FoundBy::sound;
  expect(muted, Decision::clear, Action::none);
}

TEST(PolicyChoice, CountsSecondsThatTwoMatchesShowOnce) {
  PolicyRule rule{.action = Action::block, .least_matched = duration_of(61)};
  Case one = forty_seconds({policy_of(1, {rule})});
  one.matches.push_back(match_of(112, 20, 60));
  EXPECT_EQ(one.ruling().holders.at(0).matched, duration_of(60));
  expect(one, Decision::clear, Action::none);
}

TEST(PolicyChoice, TakesTheStrongestOfTheRulesThatAreReached) {
  const PolicyRule block{.action = Action::block, .least_matched = duration_of(30)};
  const PolicyRule monetize{.action = Action::monetize, .least_matched = duration_of(10)};
  expect(forty_seconds({policy_of(1, {kTrack, block, monetize})}), Decision::infringing, Action::block);
  Case shorter = forty_seconds({policy_of(1, {kTrack, block, monetize})});
  shorter.matches = {match_of(111, 0, 20)};
  expect(shorter, Decision::infringing, Action::monetize);
}

TEST(PolicyChoice, GoesByTheHighestPriorityThatCoversTheTerritory) {
  std::vector<reelprint::Policy> policies = {policy_of(1, {{.action = Action::block}}),
                                             policy_of(2, {kTrack})};
  policies[1].territories = {"DE"};
  policies[1].priority = 10;
  Case one = forty_seconds(policies);
  expect(one, Decision::infringing, Action::track);
  EXPECT_NE(all_reasons(one.ruling())
                .find("policy 1 'House rules' gives way to policy 2 'House rules', which has the higher "
                      "priority"),
            std::string::npos);
  one.context.territory = "VN";
  expect(one, Decision::infringing, Action::block);
  one.context.territory = "";
  expect(one, Decision::infringing, Action::block);
  EXPECT_NE(all_reasons(one.ruling())
                .find("policy 2 'House rules' is for DE only, and where this upload is shown was not said"),
            std::string::npos);
}

TEST(PolicyChoice, CountsPoliciesOfOnePriorityTogether) {
  expect(forty_seconds({policy_of(1, {kTrack}), policy_of(2, {{.action = Action::block}})}),
         Decision::infringing, Action::block);
}

TEST(PolicyChoice, PassesOverWhatIsSwitchedOff) {
  Case one = forty_seconds({policy_of(1, {kTrack})});
  one.record.policies[0].enabled = false;
  expect(one, Decision::infringing, Action::block);
}

TEST(PolicyChoice, ToleratesWhatNoRuleReaches) {
  const PolicyRule rule{.action = Action::block, .least_matched = duration_of(60)};
  Case one = forty_seconds({policy_of(1, {rule})});
  expect(one, Decision::clear, Action::none);
  EXPECT_NE(
      all_reasons(one.ruling())
          .find("policy 1 'House rules' does not ask for block from 60.0 s on: there are 40.0 s, 40.0 % "
                "of the upload, 40.0 % of a reference, score 0.999"),
      std::string::npos)
      << all_reasons(one.ruling());
}

TEST(PolicyChoice, BlocksAndTakesNothingInDoubt) {
  const std::vector<std::pair<Action, Action>> cases = {{Action::track, Action::track},
                                                        {Action::monetize, Action::track},
                                                        {Action::review, Action::review},
                                                        {Action::block, Action::review}};
  for (const auto& [asked, done] : cases) {
    Case one = forty_seconds({policy_of(1, {{.action = asked}})});
    one.matches[0].score = 0.7;
    expect(one, Decision::needs_review, done);
  }
}

TEST(PolicyChoice, AddsDoubtfulSecondsToCertainOnesForAReviewOnly) {
  const PolicyRule block{.action = Action::block, .least_matched = duration_of(60)};
  Case one = forty_seconds({policy_of(1, {kTrack, block})});
  one.matches.push_back(match_of(112, 40, 80));
  expect(one, Decision::infringing, Action::block);
  one.matches[1].score = 0.7;
  expect(one, Decision::needs_review, Action::review);
}

}  // namespace
}  // namespace reelprint::rights
