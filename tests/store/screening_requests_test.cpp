#include "store/screening_requests.h"

#include <gtest/gtest.h>

#include "samples.h"
#include "store/decisions.h"
#include "store/store.h"
#include "store/tenants.h"

namespace reelprint::store {
namespace {

WallTime at_s(std::int64_t seconds) {
  return WallTime{std::chrono::seconds(1'790'000'000 + seconds)};
}

ScreeningRequest sample_request(std::int64_t tenant = 4, const std::string& account = "amy") {
  ScreeningRequest request;
  request.context = {TenantId{tenant}, account, "chan", "https://x.test/1", "DE", "A title", at_s(-5)};
  request.key = ApiKeyId{9};
  request.name = "a.mp4";
  request.source_kind = SourceKind::url;
  request.source = "https://x.test/a.mp4";
  request.effort = Effort::deep;
  request.with_audio = false;
  request.priority = 7;
  request.created_at = at_s(0);
  return request;
}

class StoredRequests : public testing::Test {
 protected:
  UploadDecision sample_decision(RequestId request, HolderId holder, ReferenceId reference) {
    UploadDecision decision;
    decision.request = request;
    decision.screening = store_.add_screening(sample_screening(reference));
    decision.ruling = {
        holder,
        Decision::infringing,
        Action::block,
        Duration{5'000'000},
        0.5,
        0.25,
        0.95,
        {},
        {{StepKind::policy, 3, true, "blocks"}, {StepKind::licence, 8, false, "another account"}}};
    decision.references = {reference};
    decision.decided_at = at_s(10);
    return decision;
  }

  TemporaryFolder folder_;
  Store store_{folder_.path()};
  ScreeningRequests requests_{store_.database()};
  Decisions decisions_{store_.database()};
};

TEST_F(StoredRequests, ComeBackAsTheyWere) {
  const RequestId id = requests_.add(sample_request());
  const auto read = requests_.find(id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->context, sample_request().context);
  EXPECT_EQ(read->source, "https://x.test/a.mp4");
  EXPECT_EQ(read->effort, Effort::deep);
  EXPECT_EQ(read->state, RequestState::queued);
  EXPECT_EQ(read->priority, 7);
  EXPECT_FALSE(read->with_audio);
  EXPECT_FALSE(requests_.find(RequestId{99}));
}

TEST_F(StoredRequests, EndOnce) {
  const RequestId id = requests_.add(sample_request());
  requests_.begin(id);
  EXPECT_EQ(requests_.find(id)->state, RequestState::running);
  EXPECT_TRUE(requests_.cancel(id, at_s(1)));
  EXPECT_FALSE(requests_.fail(id, "io", "text", at_s(2)));
  const auto result = store_.add_screening(sample_screening(add_sample(store_)));
  EXPECT_FALSE(requests_.finish(id, result, {Decision::clear, Action::none}, at_s(3)));
  EXPECT_EQ(requests_.find(id)->ended_at, at_s(1));
}

TEST_F(StoredRequests, MayBeTriedAgainWhenTheyFailed) {
  const RequestId id = requests_.add(sample_request());
  EXPECT_FALSE(requests_.reopen(id)) << "it waits still";
  EXPECT_TRUE(requests_.fail(id, "io", "the disk was full", at_s(1)));
  requests_.keep_media_until(id, at_s(2));
  EXPECT_TRUE(requests_.reopen(id));
  const ScreeningRequest again = *requests_.find(id);
  EXPECT_EQ(again.state, RequestState::queued);
  EXPECT_EQ(again.error_code, "");
  EXPECT_TRUE(requests_.media_due(at_s(3), 10).empty());
}

TEST_F(StoredRequests, KeepAllResultsAndShowTheNewest) {
  const RequestId id = requests_.add(sample_request());
  const ReferenceId reference = add_sample(store_);
  const auto first = store_.add_screening(sample_screening(reference));
  EXPECT_TRUE(requests_.finish(id, first, {Decision::clear, Action::none}, at_s(3)));
  const auto second = store_.add_screening(sample_screening(reference));
  EXPECT_TRUE(requests_.finish(id, second, {Decision::infringing, Action::block}, at_s(9)));
  EXPECT_EQ(requests_.results(id), (std::vector{first, second}));
  EXPECT_EQ(requests_.find(id)->screening, second);
  EXPECT_EQ(requests_.find(id)->decision, Decision::infringing);
  EXPECT_EQ(requests_.find(id)->ended_at, at_s(3)) << "it was done the first time";
}

TEST_F(StoredRequests, AreListedByWhomTheyConcern) {
  const TenantId lotus = Tenants(store_.database()).add({{}, "Lotus", TenantKind::holder, at_s(0), 1});
  const ReferenceId reference = add_sample(store_);
  store_.database().run({"own", "UPDATE holders SET tenant = ?1"}, lotus.value);
  const HolderId holder = store_.reference(reference)->holder.id;
  const RequestId first = requests_.add(sample_request(4, "amy"));
  const RequestId second = requests_.add(sample_request(5, "bob"));
  decisions_.add(sample_decision(second, holder, reference));
  const auto ids = [&](const RequestFilter& filter) {
    std::vector<RequestId> found;
    for (const auto& request : requests_.list(filter, {}, 10)) found.push_back(request.id);
    return found;
  };
  EXPECT_EQ(ids({}), (std::vector{second, first}));
  EXPECT_EQ(ids({.tenant = TenantId{4}}), std::vector{first});
  EXPECT_EQ(ids({.tenant = {}, .holder_tenant = lotus}), std::vector{second});
  EXPECT_EQ(ids({.tenant = {}, .holder_tenant = {}, .state = RequestState::done}), std::vector<RequestId>{});
  EXPECT_EQ(requests_.list({}, second, 10).size(), 1U);
  EXPECT_EQ(requests_.count_of(TenantId{4}, at_s(0)), 1U);
  EXPECT_EQ(requests_.count_of(ApiKeyId{9}, at_s(1)), 0U);
  EXPECT_EQ(decisions_.list({.holder = {}, .holder_tenant = lotus}, {}, 10).size(), 1U);
  EXPECT_EQ(decisions_.list({.holder = {}, .holder_tenant = {}, .tenant = TenantId{4}}, {}, 10).size(), 0U);
}

TEST_F(StoredRequests, RememberMediaAndFingerprintsUntilTheirTime) {
  ScreeningRequest request = sample_request();
  request.media = "abc";
  const RequestId id = requests_.add(request);
  EXPECT_TRUE(requests_.has_media("abc"));
  EXPECT_TRUE(requests_.media_due(at_s(100), 10).empty()) << "nobody said when";
  requests_.keep_media_until(id, at_s(50));
  EXPECT_TRUE(requests_.media_due(at_s(49), 10).empty());
  EXPECT_EQ(requests_.media_due(at_s(50), 10).at(0).file, "abc");
  requests_.forget_media(id);
  EXPECT_FALSE(requests_.has_media("abc"));

  requests_.keep_fingerprint(id, bytes_of("print"), kAlgorithm, at_s(50));
  EXPECT_EQ(requests_.fingerprint(id, kAlgorithm), bytes_of("print"));
  EXPECT_EQ(requests_.fingerprinted(kAlgorithm, {}, at_s(1), 10), std::vector{id});
  EXPECT_EQ(requests_.forget_fingerprints(at_s(50)), 1U);
  EXPECT_FALSE(requests_.fingerprint(id, kAlgorithm));
}

TEST_F(StoredRequests, HaveOneDecisionAHolderThatCounts) {
  const RequestId id = requests_.add(sample_request());
  const ReferenceId reference = add_sample(store_);
  const DecisionId first = decisions_.add(sample_decision(id, HolderId{1}, reference));
  const DecisionId second = decisions_.add(sample_decision(id, HolderId{1}, reference));
  EXPECT_EQ(decisions_.find(first)->state, DecisionState::superseded);
  const auto read = decisions_.find(second);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->ruling, sample_decision(id, HolderId{1}, reference).ruling);
  EXPECT_EQ(read->references, std::vector{reference});
  EXPECT_EQ(decisions_.reach_of(reference, at_s(0)).uploads, 1U);
  EXPECT_TRUE(decisions_.release(second, "kim", "not ours", at_s(20)));
  EXPECT_FALSE(decisions_.release(second, "kim", "again", at_s(21)));
  EXPECT_EQ(decisions_.find(second)->released_why, "not ours");
}

TEST_F(StoredRequests, PardonAReferenceForAWhile) {
  const ReferenceId reference = add_sample(store_);
  EXPECT_FALSE(decisions_.is_pardoned(reference, at_s(0)));
  decisions_.pardon(reference, at_s(10));
  EXPECT_TRUE(decisions_.is_pardoned(reference, at_s(9)));
  EXPECT_FALSE(decisions_.is_pardoned(reference, at_s(10)));
}

TEST_F(StoredRequests, StepsOfDecisionsAreKeptAsSentencesAndOldOnesInTheirWords) {
  const RequestId id = requests_.add(sample_request());
  UploadDecision decision = sample_decision(id, HolderId{1}, add_sample(store_));
  const Sentence off(SentenceCode::policy_off, {Sentence(SentenceCode::policy, {3, "x)(1:"})});
  decision.ruling.steps.at(0) = {StepKind::policy, 3, true, to_text(off), off};
  const auto read = decisions_.find(decisions_.add(decision));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->ruling.steps.at(0).sentence, off);
  EXPECT_EQ(read->ruling.steps.at(1).sentence, Sentence("another account"));
}

}  // namespace
}  // namespace reelprint::store
