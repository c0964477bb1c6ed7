// What persons, disputes and notices do to cases.
#include "case_work.h"
#include "pipeline/dispute_handling.h"
#include "pipeline/release.h"
#include "store/case_rules.h"
#include "store/disputes.h"

namespace reelprint::pipeline {
namespace {

using enum CaseState;

TEST_F(CaseWork, AClearResultOpensNoneAndLetsGoOfTheOneThereIs) {
  const RequestId clear = ask("https://videos.example/9", "amy");
  screened(clear, 9, false);
  EXPECT_EQ(case_of(clear), CaseId{});
  const RequestId id = upload("https://videos.example/1", 1);
  EXPECT_EQ(state_of(id).state, open);
  store_.set_reference_state(reference_, ReferenceState::retracted, "sold");
  EXPECT_EQ(release_decisions(store_, reference_, {}, {"kim", "sold", at_s(3)}), 1U);
  EXPECT_EQ(state_of(id).state, closed);
  EXPECT_EQ(state_of(id).reason, CaseReason::withdrawn);
  EXPECT_FALSE(state_of(id).is_retraction_due);
}

TEST_F(CaseWork, AReleasedDecisionStandsInTheHistory) {
  const RequestId id = upload("https://videos.example/1", 1);
  upload("https://videos.example/2", 2);
  EXPECT_EQ(release_decision(store_, decision_of(id).id, {"kim", "our own trailer", at_s(3)}), 1U);
  EXPECT_EQ(state_of(id).state, open) << "it rests on the other upload still";
  const CaseEvent last = cases_.history(case_of(id)).back();
  EXPECT_EQ(last.what, "decision");
  EXPECT_EQ(last.actor, "kim");
  EXPECT_NE(last.detail.find("our own trailer"), std::string::npos);
}

TEST_F(CaseWork, TwoPersonsConfirmWhereTheRuleSaysSo) {
  CaseRules rules;
  rules.two_persons_confirm = true;
  store::put_case_rules(store_.database(), rules);
  const RequestId id = upload("https://videos.example/1", 1);
  const CaseId one = case_of(id);
  EXPECT_EQ(take(one, confirmed, CaseReason::infringing_copy, "amy"), CaseTaken::proposed);
  EXPECT_EQ(take(one, confirmed, CaseReason::infringing_copy, "amy"), CaseTaken::needs_other_person);
  EXPECT_EQ(state_of(id).state, open);
  EXPECT_EQ(take(one, confirmed, CaseReason::infringing_part, "kim"), CaseTaken::done);
  EXPECT_EQ(state_of(id).state, confirmed);
  EXPECT_EQ(state_of(id).reason, CaseReason::infringing_part);
  EXPECT_FALSE(state_of(id).proposal);
}

TEST_F(CaseWork, AnUpheldDisputeReleasesAndClosesAndIsNotRaisedAgain) {
  const RequestId id = upload("https://videos.example/1", 1);
  store::Disputes disputes(store_.database());
  const NewDispute said{decision_of(id).id, platform_, "it is mine", "amy@mail.example"};
  const auto dispute = open_dispute(store_, said, {"key 2", at_s(3)});
  ASSERT_TRUE(dispute);
  EXPECT_FALSE(open_dispute(store_, said, {"key 2", at_s(3)})) << "one at a time";
  EXPECT_EQ(disputes.find(*dispute)->due_at, at_s(3) + std::chrono::days(14));
  EXPECT_TRUE(was_told(lotus_, "dispute.opened"));
  EXPECT_TRUE(decide_dispute(store_, *disputes.find(*dispute), {DisputeState::upheld, "licensed"}, {},
                             {"kim", at_s(5)}));
  EXPECT_EQ(state_of(id).state, closed);
  EXPECT_EQ(decision_of(id).state, DecisionState::released);
  EXPECT_TRUE(was_told(platform_, "dispute.decided"));
  EXPECT_EQ(decision_of(upload("https://videos.example/1", 7)).ruling.decision, Decision::clear);
  EXPECT_FALSE(open_dispute(store_, said, {"key 2", at_s(6)})) << "nothing accuses any more";
}

TEST_F(CaseWork, ARejectedDisputeMayBeAppealedAgainstOnce) {
  const RequestId id = upload("https://videos.example/1", 1);
  store::Disputes disputes(store_.database());
  const auto dispute = open_dispute(store_, {decision_of(id).id, platform_, "mine", ""}, {"key 2", at_s(3)});
  EXPECT_FALSE(appeal(store_, *disputes.find(*dispute), "really", {"key 2", at_s(4)})) << "not decided yet";
  EXPECT_TRUE(
      decide_dispute(store_, *disputes.find(*dispute), {DisputeState::rejected, "no"}, {}, {"kim", at_s(5)}));
  EXPECT_FALSE(
      decide_dispute(store_, *disputes.find(*dispute), {DisputeState::upheld, "yes"}, {}, {"kim", at_s(5)}));
  EXPECT_EQ(state_of(id).state, open);
  const auto second = appeal(store_, *disputes.find(*dispute), "really", {"key 2", at_s(6)});
  ASSERT_TRUE(second);
  EXPECT_EQ(disputes.find(*second)->appeal_of, *dispute);
  EXPECT_TRUE(
      decide_dispute(store_, *disputes.find(*second), {DisputeState::rejected, "no"}, {}, {"lee", at_s(7)}));
  EXPECT_FALSE(appeal(store_, *disputes.find(*dispute), "again", {"key 2", at_s(8)}));
  EXPECT_FALSE(appeal(store_, *disputes.find(*second), "again", {"key 2", at_s(8)}));
}

TEST_F(CaseWork, OverdueDisputesAreToldOfOnce) {
  const RequestId id = upload("https://videos.example/1", 1);
  ASSERT_TRUE(open_dispute(store_, {decision_of(id).id, platform_, "mine", ""}, {"key 2", at_s(0)}));
  const WallTime due = at_s(0) + std::chrono::days(14);
  EXPECT_EQ(tell_overdue(store_, due - std::chrono::seconds(1)), 0U);
  EXPECT_EQ(tell_overdue(store_, due), 1U);
  EXPECT_EQ(tell_overdue(store_, due), 0U);
  EXPECT_EQ(told(lotus_).back(), "dispute.overdue");
}

TEST_F(CaseWork, ANoticeTakesItsCasesAlong) {
  const RequestId id = upload("https://videos.example/1", 1);
  NoticeRecord notice = drafted(id);
  EXPECT_EQ(why_not_approved(store_, notice, {"kim", at_s(5)}), "case 1 is open: confirm it first");
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  EXPECT_EQ(why_not_approved(store_, notice, {"kim", at_s(5)}), "");
  notice = become(notice, NoticeState::approved);
  EXPECT_EQ(state_of(id).state, confirmed);
  notice = become(notice, NoticeState::sent);
  EXPECT_EQ(state_of(id).state, noticed);
  notice = become(notice, NoticeState::acknowledged);
  EXPECT_EQ(notice.due_at, WallTime{});
  notice = become(notice, NoticeState::removed);
  EXPECT_EQ(state_of(id).state, removed);
  notice = become(notice, NoticeState::countered);
  EXPECT_EQ(state_of(id).state, countered);
  EXPECT_TRUE(was_told(lotus_, "notice.changed"));
}

TEST_F(CaseWork, DeadlinesAreCountedInBusinessDays) {
  const RequestId id = upload("https://videos.example/1", 1);
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  CaseRules rules;
  rules.holidays = {day_named("2026-12-25").value()};
  store::put_case_rules(store_.database(), rules);
  const WallTime tuesday = wall_time_of("2026-12-22T15:00:00Z").value();
  NoticeRecord notice = become(become(drafted(id), NoticeState::approved), NoticeState::sent, tuesday);
  EXPECT_EQ(to_rfc3339(notice.due_at), "2026-12-31T00:00:00Z") << "the end of Wednesday, the 30th";
  EXPECT_EQ(tell_overdue(store_, notice.due_at), 1U);
  EXPECT_EQ(tell_overdue(store_, notice.due_at), 0U);
  notice = become(notice, NoticeState::countered, tuesday);
  EXPECT_EQ(to_rfc3339(notice.put_back_from), "2027-01-07T00:00:00Z");
  EXPECT_EQ(to_rfc3339(notice.put_back_until), "2027-01-13T00:00:00Z");
  EXPECT_EQ(notice.due_at, notice.put_back_from);
  EXPECT_EQ(tell_overdue(store_, notice.due_at), 1U) << "another deadline is told of again";
}

TEST_F(CaseWork, ARetractionIsDueWhenWhatANoticeNamesIsReleased) {
  const RequestId id = upload("https://videos.example/1", 1);
  upload("https://videos.example/2", 2);
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  NoticeRecord notice = become(become(drafted(id), NoticeState::approved), NoticeState::sent);
  EXPECT_EQ(release_decision(store_, decision_of(id).id, {"kim", "ours", at_s(8)}), 1U);
  EXPECT_EQ(state_of(id).state, noticed) << "the other upload is still there";
  EXPECT_TRUE(state_of(id).is_retraction_due);
  notice = become(notice, NoticeState::withdrawn);
  EXPECT_FALSE(state_of(id).is_retraction_due);
  EXPECT_EQ(state_of(id).state, confirmed);
}

TEST_F(CaseWork, WhatJoinsBehindANoticeIsNamedByNone) {
  const RequestId id = upload("https://videos.example/1", 1);
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  EXPECT_EQ(cases_.not_noticed(case_of(id)), 1U);
  const NoticeRecord notice = become(become(drafted(id), NoticeState::approved), NoticeState::sent);
  EXPECT_EQ(cases_.not_noticed(case_of(id)), 0U);
  EXPECT_EQ(case_of(upload("https://videos.example/2", 2)), case_of(id));
  EXPECT_EQ(state_of(id).state, noticed);
  EXPECT_EQ(cases_.not_noticed(case_of(id)), 1U);
  (void)become(notice, NoticeState::withdrawn);
  EXPECT_EQ(cases_.not_noticed(case_of(id)), 2U);
}

TEST_F(CaseWork, ARetractionThatWasSentTakesNoCaseAlong) {
  const RequestId id = upload("https://videos.example/1", 1);
  upload("https://videos.example/2", 2);
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  const NoticeRecord notice = become(become(drafted(id), NoticeState::approved), NoticeState::sent);
  (void)become(notice, NoticeState::withdrawn);
  ASSERT_EQ(state_of(id).state, confirmed);
  NoticeRecord retraction = drafted(id);
  retraction.kind = "retraction";
  retraction = become(become(retraction, NoticeState::approved), NoticeState::sent);
  EXPECT_EQ(state_of(id).state, confirmed) << "nothing is claimed any more";
  EXPECT_EQ(release_decision(store_, decision_of(id).id, {"kim", "ours", at_s(9)}), 1U);
  EXPECT_FALSE(state_of(id).is_retraction_due) << "there is nothing left to retract";
}

TEST_F(CaseWork, TwoPersonsApproveANoticeWhereTheRuleSaysSo) {
  CaseRules rules;
  rules.two_persons_notice = true;
  store::put_case_rules(store_.database(), rules);
  const RequestId id = upload("https://videos.example/1", 1);
  take(case_of(id), confirmed, CaseReason::infringing_copy);
  const NoticeRecord notice = drafted(id);
  EXPECT_FALSE(why_not_approved(store_, notice, {"kim", at_s(5)}).empty());
  EXPECT_EQ(why_not_approved(store_, notice, {"lee", at_s(5)}), "");
}

}  // namespace
}  // namespace reelprint::pipeline
