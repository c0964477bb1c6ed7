#include "store/cases.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/case_upload.h"
#include "store/decisions.h"
#include "store/events.h"
#include "store/notices.h"
#include "store/screening_requests.h"
#include "store/settled_pairs.h"

namespace reelprint::store {
namespace {

using enum CaseState;

WallTime at_s(std::int64_t seconds) {
  return WallTime{std::chrono::seconds(1'790'000'000 + seconds)};
}

constexpr HolderId kHolder{3};

class StoredCases : public testing::Test {
 protected:
  DecisionId decided(const std::string& url, std::uint32_t media, RequestId request = {}) {
    if (request == RequestId{}) {
      ScreeningRequest made;
      made.context.url = url;
      made.created_at = at_s(0);
      request = requests_.add(made);
    }
    Screening screening = sample_screening(reference_);
    screening.media = media_number(media);
    UploadDecision decision;
    decision.request = request;
    decision.screening = store_.add_screening(screening);
    decision.ruling.holder = kHolder;
    decision.ruling.decision = Decision::infringing;
    decision.ruling.action = Action::block;
    decision.references = {reference_};
    decision.decided_at = at_s(1);
    return decisions_.add(decision);
  }
  CaseFinding found(DecisionId decision, const std::string& account = "", SightingId sighting = {}) {
    return {kHolder, TenantId{7}, "videos.example", account, decision, sighting, "service"};
  }
  CaseId filed(DecisionId decision, const std::string& account = "") {
    return cases_.open_or_join(found(decision, account), at_s(5));
  }
  void take(CaseId id, CaseState to, CaseReason reason) {
    cases_.take(id, {to, reason, "so", CaseMover::person}, "user 3 (kim)", at_s(9));
  }
  std::vector<std::string> events() {
    std::vector<std::string> types;
    for (const Event& event : Events(store_.database()).events_after({}, {}, 100))
      types.push_back(event.type);
    return types;
  }
  RequestId request_of(DecisionId id) { return decisions_.find(id)->request; }

  TemporaryFolder folder_;
  Store store_{folder_.path()};
  ScreeningRequests requests_{store_.database()};
  Decisions decisions_{store_.database()};
  Cases cases_{store_.database()};
  ReferenceId reference_ = add_sample(store_);
};

TEST_F(StoredCases, OpenWithWhatWasFoundAndAreToldOf) {
  const DecisionId decision = decided("https://videos.example/1", 1);
  const CaseId id = cases_.open_or_join(found(decision, "amy", SightingId{4}), at_s(5));
  const auto read = cases_.find(id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->holder, kHolder);
  EXPECT_EQ(read->tenant, TenantId{7});
  EXPECT_EQ(read->platform, "videos.example");
  EXPECT_EQ(read->account, "amy");
  EXPECT_EQ(read->state, open);
  EXPECT_EQ(read->decisions, std::vector{decision});
  EXPECT_EQ(read->sightings, std::vector{SightingId{4}});
  EXPECT_EQ(read->opened_at, at_s(5));
  EXPECT_EQ(cases_.of_decision(decision), id);
  EXPECT_EQ(cases_.of_sighting(SightingId{4}), id);
  EXPECT_EQ(cases_.size_of(id), (CaseSize{1, 1, 1}));
  EXPECT_EQ(events(), std::vector<std::string>{"case.opened"});
  EXPECT_EQ(cases_.history(id).size(), 3U);
}

TEST_F(StoredCases, TakeInAllUploadsOfOneAccount) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  EXPECT_EQ(filed(decided("https://videos.example/2", 2), "amy"), id);
  EXPECT_NE(filed(decided("https://videos.example/3", 3), "bob"), id);
  EXPECT_NE(filed(decided("https://videos.example/4", 4)), id);
  EXPECT_EQ(cases_.find(id)->decisions.size(), 2U);
  EXPECT_EQ(cases_.size_of(id).uploads, 2U);
}

TEST_F(StoredCases, WithoutAnAccountAreOfOneUpload) {
  const DecisionId first = decided("https://videos.example/1", 1);
  const CaseId id = filed(first);
  EXPECT_EQ(filed(first), id) << "the same decision";
  EXPECT_EQ(filed(decided("https://videos.example/1", 2)), id) << "the same location";
  EXPECT_EQ(filed(decided("", 3, request_of(first))), id) << "the same request";
  EXPECT_NE(filed(decided("https://videos.example/2", 1)), id);
  const CaseFinding seen = found(first, "", SightingId{9});
  EXPECT_EQ(cases_.open_or_join(seen, at_s(6)), id);
  EXPECT_EQ(cases_.open_or_join(found({}, "", SightingId{9}), at_s(6)), id);
  EXPECT_EQ(cases_.find(id)->decisions.size(), 2U) << "the superseded one is left out";
}

TEST_F(StoredCases, TellAccountsOfOneNameApartByTheirChannels) {
  const auto seen = [&](std::uint32_t media, const std::string& account, const std::string& channel) {
    CaseFinding finding = found(decided("https://videos.example/" + std::to_string(media), media), account);
    finding.channel = channel;
    return cases_.open_or_join(finding, at_s(5));
  };
  const CaseId one = seen(1, "News", "https://videos.example/@news1");
  EXPECT_NE(seen(2, "News", "https://videos.example/@news2"), one);
  EXPECT_EQ(seen(3, "The News", "https://videos.example/@news1"), one) << "renamed";
  EXPECT_EQ(seen(4, "News", "https://videos.example/@news1"), one);
  const CaseId bob = seen(5, "bob", "");
  EXPECT_EQ(seen(6, "bob", "https://videos.example/@bob"), bob) << "nothing speaks against it";
  EXPECT_NE(seen(7, "bob", "https://videos.example/@bob2"), bob) << "its channel is known by now";
}

TEST_F(StoredCases, AreOneForOneLocationUnlessTheAccountsDiffer) {
  const CaseId unknown = filed(decided("https://videos.example/1", 1));
  EXPECT_EQ(filed(decided("https://videos.example/1", 2), "amy"), unknown);
  const CaseId bob = filed(decided("https://videos.example/2", 3), "bob");
  EXPECT_EQ(filed(decided("https://videos.example/2", 4)), bob);
  const CaseId carl = filed(decided("https://videos.example/2", 5), "carl");
  EXPECT_NE(carl, bob) << "a page may show several uploads";
  EXPECT_EQ(cases_.history(carl).back().what, "alike");
  EXPECT_EQ(cases_.history(carl).back().detail,
            R"({"cases":[{"case":)" + std::to_string(bob.value) + R"(,"same":"location"}]})");
}

TEST_F(StoredCases, NameOthersWithTheSameFileAndStayApart) {
  const CaseId here = filed(decided("https://videos.example/1", 1), "amy");
  CaseFinding finding = found(decided("https://other.example/1", 1), "amy");
  finding.platform = "other.example";
  const CaseId there = cases_.open_or_join(finding, at_s(6));
  EXPECT_NE(there, here) << "the same name at another host is not the same account";
  EXPECT_EQ(cases_.history(there).back().detail,
            R"({"cases":[{"case":)" + std::to_string(here.value) + R"(,"same":"media"}]})");
}

TEST_F(StoredCases, TakeALocationAsTheFindingHasIt) {
  CaseFinding finding = found(decided("HTTPS://Videos.Example/1?utm_source=x", 1));
  finding.location = "https://videos.example/1";
  const CaseId id = cases_.open_or_join(finding, at_s(5));
  EXPECT_EQ(filed(decided("https://videos.example/1", 2)), id);
}

TEST_F(StoredCases, AreNotChangedByWhatTheyHaveAlready) {
  const DecisionId decision = decided("https://videos.example/1", 1);
  const CaseId id = filed(decision, "amy");
  const auto before = cases_.find(id);
  EXPECT_EQ(filed(decision, "amy"), id);
  EXPECT_EQ(cases_.find(id), before);
  EXPECT_EQ(events().size(), 1U);
}

TEST_F(StoredCases, AreTakenFromStateToState) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  take(id, confirmed, CaseReason::infringing_copy);
  EXPECT_EQ(cases_.find(id)->state, confirmed);
  EXPECT_EQ(cases_.find(id)->reason, CaseReason::infringing_copy);
  EXPECT_EQ(error_of([&] { take(id, countered, CaseReason::counter_notice); }), ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { take(CaseId{99}, confirmed, CaseReason::infringing_copy); }),
            ErrorCode::not_found);
  EXPECT_EQ(cases_.history(id).back().detail,
            R"({"from":"open","to":"confirmed","reason":"infringing_copy","remark":"so"})");
  EXPECT_EQ(cases_.history(id).back().actor, "user 3 (kim)");
}

TEST_F(StoredCases, OpenAgainWhenWhatWasRemovedIsBack) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  take(id, confirmed, CaseReason::infringing_copy);
  take(id, removed, CaseReason::taken_down);
  EXPECT_EQ(filed(decided("https://videos.example/2", 2), "amy"), id);
  EXPECT_EQ(cases_.find(id)->state, open);
  EXPECT_EQ(cases_.find(id)->reason, CaseReason::reappeared);
}

TEST_F(StoredCases, ThatAreClosedAreFollowedByNewOnes) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  take(id, closed, CaseReason::settled);
  EXPECT_NE(filed(decided("https://videos.example/2", 2), "amy"), id);
}

TEST_F(StoredCases, DoNotRaiseADismissedPairAgain) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  take(id, dismissed, CaseReason::not_the_work);
  EXPECT_EQ(filed(decided("https://videos.example/7", 1), "amy"), CaseId{}) << "the same media";
  EXPECT_EQ(filed(decided("https://videos.example/1", 8), "amy"), CaseId{}) << "the same location";
  const CaseId other = filed(decided("https://videos.example/9", 9), "amy");
  EXPECT_NE(other, CaseId{}) << "another upload of the account";
  EXPECT_NE(other, id);
}

TEST_F(StoredCases, DoNotRaiseALicensedAccountAgainForTheSameReference) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  take(id, dismissed, CaseReason::licensed_use);
  EXPECT_EQ(filed(decided("https://videos.example/9", 9), "amy"), CaseId{});
  EXPECT_NE(filed(decided("https://videos.example/8", 8), "bob"), CaseId{});
  const ReferenceId first = reference_;
  reference_ = add_sample(store_, 2);
  EXPECT_NE(filed(decided("https://videos.example/5", 5), "amy"), CaseId{}) << "another work";
  EXPECT_TRUE(SettledPairs(store_.database()).find(first, {{}, "", "videos.example", "amy", ""}));
}

TEST_F(StoredCases, RaiseTheFileOfALicenseeWhenAThiefShowsIt) {
  take(filed(decided("https://videos.example/1", 1), "amy"), dismissed, CaseReason::licensed_use);
  EXPECT_EQ(filed(decided("https://videos.example/2", 1), "amy"), CaseId{});
  EXPECT_NE(filed(decided("https://videos.example/3", 1), "thief"), CaseId{});
  take(filed(decided("https://videos.example/4", 4), "bob"), dismissed, CaseReason::duplicate);
  EXPECT_EQ(filed(decided("https://videos.example/5", 4), "bob"), CaseId{});
  EXPECT_NE(filed(decided("https://videos.example/6", 4), "thief"), CaseId{});
}

TEST_F(StoredCases, DoNotRaiseWhatIsNoInfringementWhoeverShowsIt) {
  take(filed(decided("https://videos.example/1", 1), "amy"), dismissed, CaseReason::quotation);
  EXPECT_EQ(filed(decided("https://videos.example/2", 1), "bob"), CaseId{});
}

TEST_F(StoredCases, SettleAFileOfWhichNothingElseIsKnown) {
  take(filed(decided("", 1)), dismissed, CaseReason::own_upload);
  EXPECT_EQ(filed(decided("", 1)), CaseId{});
}

TEST_F(StoredCases, OfOneNameAreNotLicensedTogether) {
  const auto seen = [&](std::uint32_t media, const std::string& channel) {
    CaseFinding finding = found(decided("https://videos.example/" + std::to_string(media), media), "News");
    finding.channel = channel;
    return cases_.open_or_join(finding, at_s(5));
  };
  take(seen(1, "https://videos.example/@ours"), dismissed, CaseReason::licensed_use);
  EXPECT_EQ(seen(2, "https://videos.example/@ours"), CaseId{});
  EXPECT_NE(seen(3, "https://videos.example/@theirs"), CaseId{});
}

TEST_F(StoredCases, UnlearnWhenADismissalIsTakenBack) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  take(id, dismissed, CaseReason::not_the_work);
  EXPECT_EQ(SettledPairs(store_.database()).verdicts_of(reference_, 10).dismissed, 1U);
  take(id, open, CaseReason::other);
  EXPECT_EQ(SettledPairs(store_.database()).verdicts_of(reference_, 10).judged, 0U);
  EXPECT_EQ(filed(decided("https://videos.example/7", 1), "amy"), id);
}

TEST_F(StoredCases, CountVerdictsAboutAReferenceFromTheNewestOn) {
  SettledPairs pairs(store_.database());
  for (std::uint32_t i = 1; i <= 4; ++i) {
    const CaseId id = filed(decided("https://videos.example/" + std::to_string(i), i));
    cases_.take(id,
                {i < 3 ? confirmed : dismissed,
                 i < 3 ? CaseReason::infringing_copy : CaseReason::not_the_work, "", CaseMover::person},
                "kim", at_s(i));
  }
  EXPECT_EQ(pairs.verdicts_of(reference_, 10).judged, 4U);
  EXPECT_EQ(pairs.verdicts_of(reference_, 10).dismissed, 2U);
  EXPECT_EQ(pairs.verdicts_of(reference_, 2).dismissed, 2U);
  EXPECT_EQ(pairs.verdicts_of(reference_, 2).judged, 2U);
}

TEST_F(StoredCases, OfADuplicateKeepTheRulingAndRaiseNothing) {
  const CaseId id = filed(decided("https://videos.example/1", 1));
  take(id, dismissed, CaseReason::duplicate);
  const auto settled =
      SettledPairs(store_.database()).find(reference_, {{}, "https://videos.example/1", "", "", ""});
  ASSERT_TRUE(settled);
  EXPECT_FALSE(settled->is_clear);
  EXPECT_EQ(settled->in_case, id);
}

TEST_F(StoredCases, CloseWhenTheyRestOnNothingAnyMore) {
  const DecisionId first = decided("https://videos.example/1", 1);
  const DecisionId second = decided("https://videos.example/2", 2);
  const CaseId id = filed(first, "amy");
  filed(second, "amy");
  decisions_.release(first, "kim", "ours", at_s(7));
  cases_.let_go(id, first, "ours", "kim", at_s(7));
  EXPECT_EQ(cases_.find(id)->state, open);
  decisions_.release(second, "kim", "ours", at_s(8));
  cases_.let_go(id, second, "ours", "kim", at_s(8));
  EXPECT_EQ(cases_.find(id)->state, closed);
  EXPECT_EQ(cases_.find(id)->reason, CaseReason::withdrawn);
  EXPECT_FALSE(cases_.find(id)->is_retraction_due);
  EXPECT_EQ(cases_.find(id)->decisions.size(), 2U) << "the record stays";
}

TEST_F(StoredCases, AskForARetractionAfterANotice) {
  const DecisionId decision = decided("https://videos.example/1", 1);
  const CaseId id = filed(decision, "amy");
  take(id, confirmed, CaseReason::infringing_copy);
  cases_.take(id, {noticed, CaseReason::none, "", CaseMover::service}, "kim", at_s(9));
  NoticeRecord notice;
  notice.kind = "dmca";
  notice.holder = cases_.find(id)->holder;
  notice.state = NoticeState::sent;
  notice.cases = {id};
  notice.decisions = {decision};
  Notices(store_.database()).add(notice);
  decisions_.release(decision, "kim", "ours", at_s(10));
  cases_.let_go(id, decision, "ours", "kim", at_s(10));
  EXPECT_EQ(cases_.find(id)->state, closed);
  EXPECT_TRUE(cases_.find(id)->is_retraction_due);
  cases_.set_retraction_due(id, false, "kim", at_s(11));
  EXPECT_FALSE(cases_.find(id)->is_retraction_due);
}

TEST_F(StoredCases, KeepAProposalUntilSomebodyTakesIt) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  const CaseProposal proposal{confirmed, CaseReason::infringing_copy, "clear", "user 1 (amy)", at_s(6)};
  cases_.propose(id, proposal);
  EXPECT_EQ(cases_.find(id)->proposal, proposal);
  EXPECT_EQ(cases_.find(id)->state, open);
  take(id, confirmed, CaseReason::infringing_copy);
  EXPECT_FALSE(cases_.find(id)->proposal);
  EXPECT_EQ(error_of([&] { cases_.drop_proposal(id, "kim", at_s(7)); }), ErrorCode::invalid_input);
  EXPECT_EQ(error_of([&] { cases_.propose(id, proposal); }), ErrorCode::invalid_input);
}

TEST_F(StoredCases, AreMerged) {
  const CaseId from = filed(decided("https://videos.example/1", 1), "amy");
  const CaseId into = filed(decided("https://videos.example/2", 2), "amy2");
  cases_.merge(from, into, "kim", at_s(7));
  EXPECT_EQ(cases_.find(from)->state, closed);
  EXPECT_EQ(cases_.find(from)->reason, CaseReason::duplicate);
  EXPECT_EQ(cases_.find(into)->decisions.size(), 2U);
  EXPECT_EQ(error_of([&] { cases_.merge(from, into, "kim", at_s(8)); }), ErrorCode::invalid_input);
}

TEST_F(StoredCases, AreListedByWhatIsAsked) {
  const CaseId amy = filed(decided("https://videos.example/1", 1), "amy");
  const CaseId bob = filed(decided("https://videos.example/2", 2), "bob");
  cases_.assign(bob, "kim", "kim", at_s(6));
  const auto ids = [&](const CaseFilter& filter, CaseId before = {}) {
    std::vector<CaseId> found;
    for (const auto& one : cases_.list(filter, before, 10)) found.push_back(one.id);
    return found;
  };
  EXPECT_EQ(ids({}), (std::vector{bob, amy}));
  EXPECT_EQ(ids({}, bob), std::vector{amy});
  CaseFilter filter;
  filter.account = "amy";
  filter.tenant = TenantId{7};
  filter.holder = kHolder;
  filter.state = open;
  filter.platform = "videos.example";
  filter.from = at_s(5);
  filter.until = at_s(6);
  EXPECT_EQ(ids(filter), std::vector{amy});
  filter.tenant = TenantId{8};
  EXPECT_TRUE(ids(filter).empty());
  filter = {};
  filter.assignee = "kim";
  EXPECT_EQ(ids(filter), std::vector{bob});
}

TEST_F(StoredCases, NeverChangeTheirHistory) {
  const CaseId id = filed(decided("https://videos.example/1", 1), "amy");
  cases_.note(id, {0, {}, at_s(6), "kim", "comment", R"({"text":"seen"})"});
  EXPECT_EQ(cases_.history(id, cases_.history(id).at(1).id, 10).size(), 1U);
  Database& database = store_.database();
  EXPECT_TRUE(error_of([&] { database.run({"alter", "UPDATE case_events SET actor = 'x'"}); }));
  EXPECT_TRUE(error_of([&] { database.run({"remove", "DELETE FROM case_events"}); }));
}

}  // namespace
}  // namespace reelprint::store
