// From decisions to cases, and what persons, disputes and notices do to them: no media, no jobs.
#include "pipeline/case_handling.h"

#include <gtest/gtest.h>

#include "fingerprint/fingerprint_codec.h"
#include "pipeline/case_filing.h"
#include "pipeline/dispute_handling.h"
#include "pipeline/notice_handling.h"
#include "pipeline/release.h"
#include "pipeline/upload_outcome.h"
#include "store/case_rules.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/rights.h"
#include "store/screening_requests.h"
#include "store/tenants.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

using enum CaseState;

WallTime at_s(std::int64_t seconds) {
  return WallTime{std::chrono::seconds(1'795'000'000 + seconds)};
}

class CaseWork : public testing::Test {
 protected:
  void SetUp() override {
    store::Tenants tenants(store_.database());
    lotus_ = tenants.add({{}, "Lotus", store::TenantKind::holder, at_s(0), 1});
    platform_ = tenants.add({{}, "ShowTube", store::TenantKind::platform, at_s(0), 1});
    reference_ = add_reference(1);
  }
  ReferenceId add_reference(std::uint8_t number) {
    store::NewReference wanted;
    wanted.holder = "Lotus";
    wanted.series = "The Oath " + std::to_string(number);
    wanted.reference.media.bytes[0] = number;
    wanted.reference.duration = std::chrono::seconds(60);
    Fingerprint print;
    print.duration = wanted.reference.duration;
    print.media = wanted.reference.media;
    const auto id = store_.add_reference(wanted, fingerprint::encode(print), kAlgorithm).reference;
    holder_ = store_.reference(id)->holder.id;
    store_.database().run({"own", "UPDATE holders SET tenant = ?1"}, lotus_.value);
    return id;
  }
  RequestId ask(const std::string& url, const std::string& account) {
    ScreeningRequest request;
    request.context.platform = platform_;
    request.context.url = url;
    request.context.account = account;
    request.created_at = at_s(0);
    return requests_.add(request);
  }
  /// A result of 30 certain seconds of the reference.
  void screened(RequestId id, std::uint8_t media, bool is_match = true) {
    Screening result;
    result.media.bytes[0] = media;
    result.duration = std::chrono::seconds(60);
    Match match;
    match.reference = reference_;
    match.query_span = match.reference_span = {Timestamp{0}, Timestamp{30'000'000}};
    match.score = 0.99;
    match.distinctive = std::chrono::seconds(30);
    match.agreeing = match.compared = 30;
    if (is_match) result.matches.push_back(match);
    ASSERT_TRUE(store_result(store_, id, result, {}, at_s(1)));
  }
  RequestId upload(const std::string& url, std::uint8_t media, const std::string& account = "amy") {
    const RequestId id = ask(url, account);
    screened(id, media);
    return id;
  }
  UploadDecision decision_of(RequestId id) {
    store::DecisionFilter filter;
    filter.request = id;
    return decisions_.list(filter, {}, 1).at(0);
  }
  CaseId case_of(RequestId id) { return cases_.of_request(id, holder_).value_or(CaseId{}); }
  LegalCase state_of(RequestId id) { return cases_.find(case_of(id)).value(); }
  CaseTaken take(CaseId id, CaseState to, CaseReason reason, std::string_view who = "kim") {
    return take_case(store_, id, {to, reason, "so", CaseMover::person}, {}, {who, at_s(5)});
  }
  std::vector<std::string> told(TenantId tenant) {
    std::vector<std::string> types;
    for (const auto& event : store::Events(store_.database()).events_after(tenant, {}, 100))
      types.push_back(event.type);
    return types;
  }
  bool was_told(TenantId tenant, const std::string& type) {
    const auto types = told(tenant);
    return std::ranges::find(types, type) != types.end();
  }
  NoticeRecord drafted(RequestId id) {
    NoticeRecord notice;
    notice.tenant = lotus_;
    notice.holder = holder_;
    notice.kind = "dmca";
    notice.fields = "{}";
    notice.cases = {case_of(id)};
    notice.decisions = {decision_of(id).id};
    notice.drafted_by = "kim";
    notice.drafted_at = at_s(4);
    notice.id = notices_.add(notice);
    return notice;
  }
  NoticeRecord become(NoticeRecord notice, NoticeState state, WallTime at = at_s(6)) {
    const NoticeState before = notice.state;
    notice.state = state;
    if (state == NoticeState::sent) notice.sent_at = at;
    if (state == NoticeState::countered) notice.answered_at = at;
    EXPECT_TRUE(put_notice(store_, notice, before, {"kim", at}));
    return notices_.find(notice.id).value();
  }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  store::ScreeningRequests requests_{store_.database()};
  store::Decisions decisions_{store_.database()};
  store::Cases cases_{store_.database()};
  store::Notices notices_{store_.database()};
  TenantId lotus_, platform_;
  HolderId holder_;
  ReferenceId reference_;
};

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
