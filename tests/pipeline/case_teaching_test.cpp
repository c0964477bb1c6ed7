// What makes one case, and what a dismissal teaches.
#include "case_work.h"
#include "pipeline/dispute_handling.h"
#include "store/disputes.h"
#include "store/rights.h"

namespace reelprint::pipeline {
namespace {

using enum CaseState;

TEST_F(CaseWork, AnAccusingDecisionOpensACaseAndTheAccountsNextOneJoinsIt) {
  const RequestId first = upload("https://videos.example/1", 1);
  EXPECT_EQ(state_of(first).platform, "videos.example");
  EXPECT_EQ(state_of(first).account, "amy");
  EXPECT_EQ(state_of(first).tenant, lotus_);
  EXPECT_EQ(case_of(upload("https://videos.example/2", 2)), case_of(first));
  EXPECT_NE(case_of(upload("https://other.example/2", 3)), case_of(first)) << "another platform";
  EXPECT_TRUE(was_told(lotus_, "case.opened"));
  EXPECT_FALSE(was_told(platform_, "case.opened"));
}

TEST_F(CaseWork, APlatformWithoutUrlsIsNamedByItsTenant) {
  EXPECT_EQ(state_of(upload("", 1)).platform, "ShowTube");
}

TEST_F(CaseWork, ADismissalReleasesTheDecisionAndIsNotRaisedAgain) {
  const RequestId id = upload("https://videos.example/1", 1);
  EXPECT_EQ(take(case_of(id), dismissed, CaseReason::not_the_work), CaseTaken::done);
  EXPECT_EQ(state_of(id).state, dismissed);
  EXPECT_EQ(decision_of(id).state, DecisionState::released);
  EXPECT_EQ(requests_.find(id)->decision, Decision::clear);
  EXPECT_TRUE(was_told(platform_, "decision.released"));
  const RequestId again = upload("https://elsewhere.example/1", 1, "bob");
  EXPECT_EQ(case_of(again), CaseId{});
  EXPECT_EQ(decision_of(again).ruling.decision, Decision::clear);
  const auto& steps = decision_of(again).ruling.steps;
  EXPECT_TRUE(std::ranges::any_of(steps, [](const RuleStep& step) {
    return step.kind == StepKind::dismissal && step.applies && step.id == 1;
  }));
  EXPECT_NE(case_of(upload("https://videos.example/3", 3)), CaseId{}) << "another upload of the account";
}

TEST_F(CaseWork, ADuplicateLeavesTheDecisionAsItIs) {
  const RequestId id = upload("https://videos.example/1", 1);
  EXPECT_EQ(take(case_of(id), dismissed, CaseReason::duplicate), CaseTaken::done);
  EXPECT_EQ(decision_of(id).state, DecisionState::active);
  const RequestId again = upload("https://videos.example/1", 1);
  EXPECT_EQ(decision_of(again).ruling.decision, Decision::infringing);
  EXPECT_EQ(case_of(again), CaseId{});
}

TEST_F(CaseWork, ACrawledUploadAndThePlatformsScreeningOfItAreOneCase) {
  ScreeningRequest crawled;
  crawled.context.url = "https://videos.example/watch?v=1";
  crawled.source_kind = SourceKind::url;
  crawled.source = "https://cdn.videos.example/1.mp4?token=9";
  crawled.created_at = at_s(0);
  const RequestId seen = requests_.add(crawled);
  screened(seen, 1);
  const RequestId asked = upload("HTTPS://Videos.Example:443/watch?v=1&utm_source=share", 2, "amy");
  EXPECT_EQ(case_of(asked), case_of(seen)) << "one address, however it is written";
  const RequestId other = upload("https://videos.example/watch?v=2", 3, "amy");
  EXPECT_NE(case_of(other), CaseId{});
}

TEST_F(CaseWork, UploadsOfOneChannelAreOneCaseWhoeverSawThem) {
  ScreeningRequest crawled;
  crawled.context.url = "https://videos.example/watch?v=1";
  crawled.context.account = "Amy's Dramas";
  crawled.context.channel = "https://videos.example/@amy/";
  crawled.created_at = at_s(0);
  const RequestId first = requests_.add(crawled);
  screened(first, 1);
  crawled.context.url = "https://videos.example/watch?v=2";
  crawled.context.account = "Amy";
  const RequestId second = requests_.add(crawled);
  screened(second, 2);
  EXPECT_EQ(case_of(second), case_of(first));
}

TEST_F(CaseWork, WhatIsLicensedJoinsNoCase) {
  const RequestId accused = upload("https://videos.example/1", 1);
  Licence licence;
  licence.holder = holder_;
  licence.name = "one address";
  licence.grantee.url_patterns = {"videos.example/2"};
  store::Rights(store_.database()).add(licence);
  const RequestId licensed = upload("https://videos.example/2", 2);
  EXPECT_EQ(decision_of(licensed).ruling.decision, Decision::licensed);
  EXPECT_EQ(case_of(licensed), CaseId{});
  EXPECT_EQ(state_of(accused).decisions.size(), 1U);
}

TEST_F(CaseWork, ANewUploadBehindAClosedCaseOpensANewOne) {
  const RequestId first = upload("https://videos.example/1", 1);
  take(case_of(first), closed, CaseReason::settled);
  const RequestId second = upload("https://videos.example/2", 2);
  EXPECT_NE(case_of(second), case_of(first));
  EXPECT_EQ(state_of(second).state, open);
  EXPECT_EQ(state_of(first).state, closed);
}

TEST_F(CaseWork, ADismissalClearsTheSameFileInOtherCases) {
  const RequestId here = upload("https://videos.example/1", 1);
  const RequestId there = upload("https://other.example/1", 1, "bob");
  ASSERT_NE(case_of(here), case_of(there));
  take(case_of(here), dismissed, CaseReason::not_the_work);
  EXPECT_EQ(decision_of(there).state, DecisionState::released);
  EXPECT_EQ(state_of(there).state, closed);
  EXPECT_EQ(state_of(there).reason, CaseReason::withdrawn);
}

TEST_F(CaseWork, ALicensedFileIsNotClearedForAThief) {
  const RequestId here = upload("https://videos.example/1", 1);
  const RequestId there = upload("https://other.example/1", 1, "thief");
  take(case_of(here), dismissed, CaseReason::licensed_use);
  EXPECT_EQ(decision_of(there).state, DecisionState::active);
  EXPECT_EQ(state_of(there).state, open);
  EXPECT_NE(case_of(upload("https://third.example/1", 1, "another")), CaseId{});
  EXPECT_EQ(case_of(upload("https://videos.example/7", 7)), CaseId{}) << "the licensed account";
}

TEST_F(CaseWork, UpheldDisputesCountAgainstAReferenceLikeDismissals) {
  store::Disputes disputes(store_.database());
  for (std::uint8_t i = 1; i <= 3; ++i) {
    const RequestId id =
        upload("https://videos.example/" + std::to_string(i), i, "account" + std::to_string(i));
    const auto dispute = open_dispute(store_, {decision_of(id).id, platform_, "no", ""}, {"key 2", at_s(3)});
    EXPECT_TRUE(decide_dispute(store_, *disputes.find(*dispute), {DisputeState::upheld, "right"}, {},
                               {"kim", at_s(4)}));
  }
  EXPECT_EQ(store_.reference(reference_)->reference.state, ReferenceState::quarantined);
}

TEST_F(CaseWork, AnUpheldDisputeUndoesEverythingThatRestsOnTheClaim) {
  const RequestId id = upload("https://videos.example/1", 1);
  const RequestId twin = upload("https://videos.example/2", 1);
  const RequestId thief = upload("https://other.example/1", 1, "thief");
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  become(become(drafted(id), NoticeState::approved), NoticeState::sent);
  store::Disputes disputes(store_.database());
  const auto dispute = open_dispute(store_, {decision_of(id).id, platform_, "mine", ""}, {"key 2", at_s(7)});
  EXPECT_TRUE(decide_dispute(store_, *disputes.find(*dispute), {DisputeState::upheld, "licensed"}, {},
                             {"kim", at_s(8)}));
  EXPECT_EQ(requests_.find(id)->decision, Decision::clear);
  EXPECT_EQ(requests_.find(id)->action, Action::none);
  EXPECT_EQ(decision_of(twin).state, DecisionState::released) << "the same file of the same account";
  EXPECT_EQ(decision_of(thief).state, DecisionState::active) << "the same file of somebody else";
  EXPECT_TRUE(state_of(id).is_retraction_due);
  EXPECT_EQ(state_of(id).state, closed);
  EXPECT_EQ(case_of(upload("https://videos.example/3", 1)), CaseId{}) << "not raised again";
}

TEST_F(CaseWork, AReferenceThatIsDismissedOftenIsPutIntoQuarantine) {
  for (std::uint8_t i = 1; i <= 3; ++i) {
    const RequestId id =
        upload("https://videos.example/" + std::to_string(i), i, "account" + std::to_string(i));
    EXPECT_EQ(store_.reference(reference_)->reference.state, ReferenceState::active);
    take(case_of(id), dismissed, CaseReason::shared_material);
  }
  EXPECT_EQ(store_.reference(reference_)->reference.state, ReferenceState::quarantined);
  EXPECT_EQ(store_.reference(reference_)->reference.reason, "dismissed in 3 of its latest 3 cases");
  EXPECT_TRUE(was_told(lotus_, "reference.often_dismissed"));
}

}  // namespace
}  // namespace reelprint::pipeline
