#include "store/transparency.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/notices.h"
#include "store/screening_requests.h"

namespace reelprint::store {
namespace {

using enum CaseState;
using std::chrono::seconds;

WallTime at(const char* time) {
  return wall_time_of(time).value();
}

/// Cases of November and December 2026.
class Transparency : public testing::Test {
 protected:
  DecisionId decided(Decision verdict = Decision::infringing, RequestId request = {}) {
    if (request == RequestId{}) request = requests_.add({});
    Screening screening = sample_screening(reference_);
    screening.media = media_number(++media_);
    UploadDecision decision;
    decision.request = request;
    decision.screening = store_.add_screening(screening);
    decision.ruling.holder = holder_;
    decision.ruling.decision = verdict;
    decision.ruling.action = verdict == Decision::infringing ? Action::block : Action::review;
    decision.references = {reference_};
    return decisions_.add(decision);
  }
  CaseId opened(WallTime when, DecisionId decision = {}, const std::string& account = "") {
    if (decision == DecisionId{}) decision = decided();
    return cases_.open_or_join({holder_, TenantId{7}, "videos.example", account, decision, {}, "service"},
                               when);
  }
  void take(CaseId id, CaseState to, CaseReason reason, WallTime when, const char* who = "user 3 (kim)") {
    cases_.take(id, {to, reason, "so", who == kService ? CaseMover::service : CaseMover::person}, who, when);
  }
  DisputeId disputed(CaseId id, WallTime when, DisputeId appeal_of = {}) {
    Dispute dispute;
    dispute.in_case = id;
    dispute.decision = cases_.find(id)->decisions.at(0);
    dispute.appeal_of = appeal_of;
    dispute.opened_at = when;
    dispute.due_at = when + std::chrono::days(14);
    return disputes_.add(dispute).value();
  }
  void sent(const char* kind, NoticeState state, WallTime when) {
    NoticeRecord notice;
    notice.kind = kind;
    notice.tenant = TenantId{7};
    notice.holder = holder_;
    notice.state = state;
    notice.sent_at = when;
    notices_.add(notice);
  }
  TransparencyFigures november() { return figures("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"); }
  TransparencyFigures figures(const char* from, const char* until) {
    return transparency(store_.database(), {at(from), at(until), {}, {}});
  }

  static constexpr const char* kService = "service";
  TemporaryFolder folder_;
  Store store_{folder_.path()};
  ScreeningRequests requests_{store_.database()};
  Decisions decisions_{store_.database()};
  Cases cases_{store_.database()};
  Disputes disputes_{store_.database()};
  Notices notices_{store_.database()};
  ReferenceId reference_ = add_sample(store_);
  HolderId holder_{3};
  std::uint32_t media_ = 0;
};

TEST_F(Transparency, OfAnEmptyMonthIsZerosAndNothing) {
  opened(at("2026-10-31T23:59:59Z"));
  opened(at("2026-12-01T00:00:00Z"));
  const TransparencyFigures empty = november();
  EXPECT_EQ(empty.cases_opened, 0U);
  EXPECT_EQ(empty.claims, 0U);
  EXPECT_EQ(empty.dismissals.size(), 7U) << "each reason is there";
  EXPECT_EQ(empty.dismissals.at("quotation"), 0U);
  EXPECT_EQ(empty.disputes.at("opened"), 0U);
  EXPECT_TRUE(empty.notices_sent.empty());
  EXPECT_FALSE(empty.median_to_decision);
  EXPECT_FALSE(empty.median_to_removal);
  EXPECT_FALSE(empty.median_to_dispute_outcome);
  EXPECT_FALSE(error_rate(empty));
  EXPECT_FALSE(reversal_rate(empty));
}

TEST_F(Transparency, CountsAMonthFromItsFirstMomentToBeforeItsEndInUtc) {
  opened(at("2026-11-01T00:00:00Z"));
  opened(at("2026-11-30T23:59:59.999999Z"));
  opened(at("2026-12-01T07:59:59+08:00"));
  opened(at("2026-12-01T08:00:00+08:00"));
  EXPECT_EQ(november().cases_opened, 3U);
  EXPECT_EQ(figures("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z").cases_opened, 1U);
}

TEST_F(Transparency, CountsAnUploadOnceHoweverOftenItIsRuledOn) {
  const DecisionId first = decided();
  const CaseId id = opened(at("2026-11-02T10:00:00Z"), first, "amy");
  const RequestId request = decisions_.find(first)->request;
  opened(at("2026-11-03T10:00:00Z"), decided(Decision::needs_review, request), "amy");
  opened(at("2026-11-04T10:00:00Z"), decided(Decision::needs_review), "amy");
  const TransparencyFigures figures = november();
  EXPECT_EQ(figures.cases_opened, 1U);
  EXPECT_EQ(cases_.find(id)->decisions.size(), 2U);
  EXPECT_EQ(figures.claims, 2U);
  EXPECT_EQ(figures.claims_by_verdict, (Counts{{"infringing", 1}, {"needs_review", 1}}));
  EXPECT_EQ(figures.claims_by_action.at("block"), 1U);
  EXPECT_EQ(figures.claims_by_action.at("review"), 1U);
}

TEST_F(Transparency, TellsPersonsStepsFromThoseOfTheService) {
  const CaseId id = opened(at("2026-11-02T10:00:00Z"));
  take(id, confirmed, CaseReason::infringing_copy, at("2026-11-03T10:00:00Z"));
  take(id, closed, CaseReason::withdrawn, at("2026-11-04T10:00:00Z"), kService);
  const TransparencyFigures figures = november();
  EXPECT_EQ(figures.steps_by, (Counts{{"person", 1}, {"service", 1}}));
  EXPECT_EQ(figures.steps.at("open"), 1U);
  EXPECT_EQ(figures.closings.at("withdrawn"), 1U);
}

TEST_F(Transparency, TakesTheLastWordOfACaseForTheErrorRate) {
  for (int i = 0; i < 3; ++i)
    take(opened(at("2026-11-02T10:00:00Z")), confirmed, CaseReason::infringing_copy,
         at("2026-11-02T11:00:00Z"));
  const CaseId wrong = opened(at("2026-11-02T10:00:00Z"));
  take(wrong, confirmed, CaseReason::infringing_copy, at("2026-11-02T11:00:00Z"));
  take(wrong, dismissed, CaseReason::quotation, at("2026-11-05T11:00:00Z"));
  take(opened(at("2026-11-02T10:00:00Z")), dismissed, CaseReason::duplicate, at("2026-11-02T11:00:00Z"));
  const TransparencyFigures figures = november();
  EXPECT_EQ(figures.confirmations.at("infringing_copy"), 4U);
  EXPECT_EQ(figures.dismissals.at("quotation"), 1U);
  EXPECT_EQ(figures.dismissals.at("duplicate"), 1U);
  EXPECT_EQ(figures.judged, (Counts{{"confirmed", 3}, {"dismissed", 1}}));
  EXPECT_EQ(error_rate(figures), 0.25);
  EXPECT_EQ(figures.median_to_decision, seconds(3600));
}

TEST_F(Transparency, DoesNotCallAWithdrawnNoticeAConfirmation) {
  const CaseId id = opened(at("2026-11-02T10:00:00Z"));
  take(id, confirmed, CaseReason::infringing_part, at("2026-11-02T11:00:00Z"));
  take(id, noticed, CaseReason::other, at("2026-11-03T11:00:00Z"));
  take(id, confirmed, CaseReason::withdrawn, at("2026-11-04T11:00:00Z"));
  EXPECT_EQ(november().confirmations, (Counts{{"infringing_copy", 0}, {"infringing_part", 1}}));
  EXPECT_EQ(november().steps.at("confirmed"), 2U);
}

TEST_F(Transparency, CountsWhatHappensLaterInTheMonthInWhichItHappens) {
  const CaseId id = opened(at("2026-11-30T23:00:00Z"));
  take(id, confirmed, CaseReason::infringing_copy, at("2026-12-01T01:00:00Z"));
  const TransparencyFigures before = november();
  take(id, dismissed, CaseReason::licensed_use, at("2026-12-02T01:00:00Z"));
  EXPECT_EQ(before.steps, november().steps);
  EXPECT_EQ(november().judged, (Counts{{"confirmed", 0}, {"dismissed", 0}}));
  const auto december = figures("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z");
  EXPECT_EQ(december.cases_opened, 0U);
  EXPECT_EQ(december.judged.at("dismissed"), 1U);
  EXPECT_EQ(december.median_to_decision, seconds(7200));
}

TEST_F(Transparency, MeasuresAReopenedCaseFromItsReopening) {
  const CaseId id = opened(at("2026-10-01T00:00:00Z"));
  take(id, confirmed, CaseReason::infringing_copy, at("2026-10-02T00:00:00Z"));
  take(id, noticed, CaseReason::other, at("2026-10-03T00:00:00Z"));
  take(id, removed, CaseReason::taken_down, at("2026-11-03T00:00:00Z"));
  take(id, open, CaseReason::reappeared, at("2026-11-10T00:00:00Z"));
  take(id, confirmed, CaseReason::infringing_copy, at("2026-11-10T00:01:00Z"));
  const TransparencyFigures figures = november();
  EXPECT_EQ(figures.cases_opened, 0U);
  EXPECT_EQ(figures.cases_reopened, 1U);
  EXPECT_EQ(figures.median_to_decision, seconds(60));
  EXPECT_EQ(figures.median_to_removal, seconds(31 * 86'400));
}

TEST_F(Transparency, TakesTheMeanOfTheTwoInTheMiddle) {
  for (const char* hour :
       {"2026-11-02T01:00:00Z", "2026-11-02T02:00:00Z", "2026-11-02T04:00:00Z", "2026-11-02T23:00:00Z"})
    take(opened(at("2026-11-02T00:00:00Z")), confirmed, CaseReason::infringing_copy, at(hour));
  EXPECT_EQ(november().median_to_decision, seconds(3 * 3600));
}

TEST_F(Transparency, CountsDisputesAndAppealsApart) {
  const CaseId first = opened(at("2026-10-01T00:00:00Z"));
  const DisputeId late = disputed(first, at("2026-10-02T00:00:00Z"));
  disputes_.decide(late, DisputeState::rejected, "no", "kim", at("2026-11-01T00:00:00Z"));
  const DisputeId appeal = disputed(first, at("2026-11-02T00:00:00Z"), late);
  disputes_.decide(appeal, DisputeState::upheld, "yes", "lee", at("2026-11-03T00:00:00Z"));
  disputed(opened(at("2026-10-01T00:00:00Z")), at("2026-10-30T00:00:00Z"));
  const DisputeId other = disputed(opened(at("2026-10-01T00:00:00Z")), at("2026-11-29T00:00:00Z"));
  disputes_.decide(other, DisputeState::withdrawn, "", "amy", at("2026-12-01T00:00:00Z"));
  const TransparencyFigures figures = november();
  EXPECT_EQ(
      figures.disputes,
      (Counts{
          {"opened", 1}, {"rejected", 1}, {"upheld", 0}, {"withdrawn", 0}, {"late", 1}, {"open_at_end", 2}}));
  EXPECT_EQ(figures.appeals.at("opened"), 1U);
  EXPECT_EQ(figures.appeals.at("upheld"), 1U);
  EXPECT_EQ(figures.appeals.at("late"), 0U);
  EXPECT_EQ(reversal_rate(figures), 0.5);
  EXPECT_EQ(figures.median_to_dispute_outcome, seconds((30 + 1) * 86'400 / 2));
}

TEST_F(Transparency, CountsNoticesByKindAndByWhatBecameOfThem) {
  sent("dmca", NoticeState::removed, at("2026-11-05T00:00:00Z"));
  sent("dmca", NoticeState::refused, at("2026-11-06T00:00:00Z"));
  sent("dsa", NoticeState::removed, at("2026-11-07T00:00:00Z"));
  sent("dsa", NoticeState::sent, at("2026-12-01T00:00:00Z"));
  sent("dsa", NoticeState::drafted, {});
  EXPECT_EQ(november().notices_sent, (Counts{{"dmca", 2}, {"dsa", 1}}));
  EXPECT_EQ(november().notice_outcomes, (Counts{{"refused", 1}, {"removed", 2}}));
}

TEST_F(Transparency, NarrowsToAHolderAndATenant) {
  opened(at("2026-11-02T00:00:00Z"));
  holder_ = HolderId{4};
  take(opened(at("2026-11-02T00:00:00Z")), confirmed, CaseReason::infringing_copy,
       at("2026-11-03T00:00:00Z"));
  TransparencyQuery query{at("2026-11-01T00:00:00Z"), at("2026-12-01T00:00:00Z"), {}, HolderId{4}};
  EXPECT_EQ(transparency(store_.database(), query).cases_opened, 1U);
  EXPECT_EQ(transparency(store_.database(), query).judged.at("confirmed"), 1U);
  query.holder = HolderId{3};
  EXPECT_EQ(transparency(store_.database(), query).judged.at("confirmed"), 0U);
  query.tenant = TenantId{8};
  EXPECT_EQ(transparency(store_.database(), query).cases_opened, 0U);
}

}  // namespace
}  // namespace reelprint::store
