#include "pipeline/stored_past_screenings.h"

#include <gtest/gtest.h>

#include "pipeline/reference_facts.h"
#include "store/catalog.h"
#include "store/decisions.h"
#include "store/screening_requests.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

WallTime day(int number) {
  return WallTime{std::chrono::days(number)};
}

class StoredPast : public testing::Test {
 protected:
  StoredPast() {
    store::NewReference wanted;
    wanted.holder = "Aurora";
    wanted.series = "The Lantern Oath";
    wanted.episode.number = 3;
    wanted.reference.duration = duration_of(60);
    reference_ = store_.add_reference(wanted, {}, kAlgorithm).reference;
  }

  /// A request made on that day, and its result unless it is still to come.
  RequestId add(int made_on, bool is_done) {
    store::ScreeningRequests requests(store_.database());
    ScreeningRequest request;
    request.name = "upload";
    request.context.account = "tvnord";
    request.created_at = day(made_on);
    const RequestId id = requests.add(request);
    if (!is_done) return id;
    Screening screening;
    screening.duration = duration_of(40);
    screening.screened_at = day(made_on);
    Match match;
    match.reference = reference_;
    match.query_span = {timestamp_of(0), timestamp_of(40)};
    match.reference_span = match.query_span;
    screening.matches = {match};
    const ScreeningId result = store_.add_screening(screening);
    EXPECT_TRUE(requests.finish(id, result, {Decision::infringing, Action::block}, day(made_on)));
    UploadDecision decision;
    decision.request = id;
    decision.screening = result;
    decision.ruling.holder = store_.reference(reference_)->holder.id;
    decision.ruling.decision = Decision::infringing;
    decision.ruling.action = Action::block;
    decision.decided_at = day(made_on);
    store::Decisions(store_.database()).add(decision);
    return id;
  }

  std::vector<RequestId> read(const PastRange& range) {
    StoredPastScreenings past(store_, range);
    std::vector<RequestId> requests;
    while (const auto screening = past.next()) requests.push_back(screening->request);
    return requests;
  }

  test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  ReferenceId reference_;
};

TEST_F(StoredPast, GivesWhatIsDoneTheNewestFirst) {
  const RequestId one = add(1, true);
  add(2, false);
  const RequestId three = add(3, true);
  EXPECT_EQ(read({}), (std::vector{three, one}));
  EXPECT_EQ(read({day(1), day(3)}), std::vector{one});
  EXPECT_EQ(read({day(4), {}}), std::vector<RequestId>{});
}

TEST_F(StoredPast, GivesMatchesContextAndWhatWasDecided) {
  const RequestId id = add(1, true);
  StoredPastScreenings past(store_, {});
  const auto screening = past.next();
  ASSERT_TRUE(screening);
  EXPECT_EQ(screening->request, id);
  EXPECT_EQ(screening->matches.at(0).reference, reference_);
  EXPECT_EQ(screening->duration, duration_of(40));
  EXPECT_EQ(screening->context.account, "tvnord");
  EXPECT_EQ(screening->screened_at, day(1));
  ASSERT_EQ(screening->decided.size(), 1U);
  EXPECT_EQ(screening->decided[0].action, Action::block);
}

TEST_F(StoredPast, KnowsWhatRulingsNeedOfAReference) {
  const std::vector<ExcludedInterval> excluded = {{{timestamp_of(1), timestamp_of(2)}, "stock shot"}};
  store::Catalog(store_.database()).exclude(reference_, excluded);
  const ReferenceFactsOf facts_of = stored_reference_facts(store_);
  const auto facts = facts_of(reference_);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->entry.holder.name, "Aurora");
  EXPECT_EQ(facts->excluded, std::vector{excluded[0].span});
  EXPECT_EQ(facts_of(reference_), facts);
  EXPECT_FALSE(facts_of(ReferenceId{99}));
}

}  // namespace
}  // namespace reelprint::pipeline
