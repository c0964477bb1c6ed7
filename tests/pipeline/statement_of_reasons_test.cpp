#include "pipeline/statement_of_reasons.h"

#include <gtest/gtest.h>

#include "fingerprint/fingerprint_codec.h"
#include "pipeline/dispute_handling.h"
#include "pipeline/upload_outcome.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/screening_requests.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

const WallTime kNow = wall_time_of("2026-11-20T09:30:00Z").value();

/// An upload of amy's that shows a work, and one of somebody else's.
class Reasons : public testing::Test {
 protected:
  Reasons() {
    store::NewReference wanted;
    wanted.holder = "Lotus";
    wanted.series = "The Oath";
    wanted.episode.number = 3;
    wanted.reference.duration = std::chrono::seconds(60);
    Fingerprint print;
    print.duration = wanted.reference.duration;
    reference_ = store_.add_reference(wanted, fingerprint::encode(print), kAlgorithm).reference;
    decision_ = decided("https://videos.example/1", "amy", 0.99);
    decided("https://videos.example/2", "bob", 0.99);
  }
  DecisionId decided(const std::string& url, const std::string& account, double score) {
    ScreeningRequest request;
    request.context.url = url;
    request.context.account = account;
    request.context.title = "episode 3 full";
    request.created_at = kNow;
    const RequestId id = requests_.add(request);
    Screening result;
    result.media.bytes[0] = static_cast<std::uint8_t>(id.value);
    result.duration = std::chrono::seconds(60);
    Match match;
    match.reference = reference_;
    match.query_span = {Timestamp{4'000'000}, Timestamp{34'000'000}};
    match.reference_span = {Timestamp{0}, Timestamp{30'000'000}};
    match.score = score;
    match.distinctive = std::chrono::seconds(30);
    result.matches.push_back(match);
    (void)store_result(store_, id, result, {}, kNow);
    store::DecisionFilter filter;
    filter.request = id;
    return store::Decisions(store_.database()).list(filter, {}, 1).at(0).id;
  }
  StatementOfReasons told() { return statement_of_reasons(store_, decision_).value(); }

  reelprint::test::TemporaryFolder folder_;
  store::Store store_{folder_.path()};
  store::ScreeningRequests requests_{store_.database()};
  ReferenceId reference_;
  DecisionId decision_;
};

TEST_F(Reasons, SayWhatWasFoundWhereAndWhatCanBeDone) {
  const StatementOfReasons statement = told();
  EXPECT_EQ(statement.holder, "Lotus");
  ASSERT_EQ(statement.parts.size(), 1U);
  EXPECT_EQ(statement.parts[0].upload.begin, Timestamp{4'000'000});
  EXPECT_TRUE(statement.may_be_disputed);
  EXPECT_FALSE(statement.is_confirmed);
  const std::string text = to_text(statement);
  for (const char* said : {"The Oath", "0:04.0 - 0:34.0 of the upload shows 0:00.0 - 0:30.0 of the work",
                           "https://videos.example/1", "No person has confirmed it yet", "within 14 days"})
    EXPECT_NE(text.find(said), std::string::npos) << said << "\n" << text;
  EXPECT_NE(to_json(statement).find(R"("upload_from_s":4.000,"upload_until_s":34.000)"), std::string::npos)
      << to_json(statement);
}

TEST_F(Reasons, SayNothingOfOthers) {
  store::Cases(store_.database()).assign(CaseId{1}, "kim", "user 3 (kim)", kNow);
  for (const std::string& text : {to_text(told()), to_json(told())})
    for (const char* others : {"bob", "videos.example/2", "kim", "amy"})
      EXPECT_EQ(text.find(others), std::string::npos) << others << "\n" << text;
}

TEST_F(Reasons, FollowTheDispute) {
  const auto id = open_dispute(store_, {decision_, {}, "mine", "amy@mail.example"}, {"key 2", kNow});
  ASSERT_TRUE(id);
  EXPECT_FALSE(told().may_be_disputed);
  EXPECT_NE(to_text(told()).find("to be answered by 2026-12-04T09:30:00Z"), std::string::npos);
  EXPECT_EQ(to_json(told()).find("amy@mail.example"), std::string::npos);
  store::Disputes disputes(store_.database());
  ASSERT_TRUE(decide_dispute(store_, *disputes.find(*id), {DisputeState::rejected, "no licence was shown"},
                             {}, {"kim", kNow}));
  EXPECT_TRUE(told().may_be_appealed);
  EXPECT_NE(to_text(told()).find("no licence was shown"), std::string::npos);
  const auto second = appeal(store_, *disputes.find(*id), "here it is", {"key 2", kNow});
  ASSERT_TRUE(second);
  EXPECT_FALSE(told().may_be_appealed);
  ASSERT_TRUE(
      decide_dispute(store_, *disputes.find(*second), {DisputeState::upheld, "right"}, {}, {"lee", kNow}));
  EXPECT_FALSE(told().may_be_disputed);
  EXPECT_NE(to_text(told()).find("It counts no more"), std::string::npos);
}

TEST_F(Reasons, AreThereForAccusationsAlone) {
  EXPECT_FALSE(statement_of_reasons(store_, DecisionId{99}));
}

}  // namespace
}  // namespace reelprint::pipeline
