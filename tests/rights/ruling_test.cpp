#include "rights/ruling.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "samples.h"

namespace reelprint::rights {
namespace {

Case infringing_case() {
  Case one;
  one.matches = {match_of(111, 0, 40)};
  return one;
}

void expect(const Ruling& ruling, Decision decision, Action action) {
  EXPECT_EQ(to_string(ruling.verdict.decision), to_string(decision)) << all_reasons(ruling);
  EXPECT_EQ(to_string(ruling.action), to_string(action)) << all_reasons(ruling);
}

void expect_reason(const Ruling& ruling, const std::string& reason) {
  EXPECT_NE(std::ranges::find(ruling.verdict.reasons, reason), ruling.verdict.reasons.end())
      << reason << "\nis not among\n"
      << all_reasons(ruling);
}

TEST(Ruling, ClearsAnUploadThatShowsNothingProtected) {
  const Ruling ruling = Case{}.ruling();
  expect(ruling, Decision::clear, Action::none);
  EXPECT_TRUE(ruling.holders.empty());
  EXPECT_EQ(ruling.verdict.reasons.size(), 1U);
}

TEST(Ruling, BlocksWhatIsCertainWhereNothingIsOnRecord) {
  const Ruling ruling = infringing_case().ruling();
  expect(ruling, Decision::infringing, Action::block);
  ASSERT_EQ(ruling.holders.size(), 1U);
  EXPECT_EQ(ruling.holders[0].matched, duration_of(40));
  EXPECT_DOUBLE_EQ(ruling.holders[0].share_of_upload, 0.4);
  EXPECT_DOUBLE_EQ(ruling.holders[0].share_of_reference, 0.4);
  EXPECT_DOUBLE_EQ(ruling.holders[0].score, 0.999);
  EXPECT_EQ(ruling.holders[0].matches, std::vector<std::size_t>{0});
  expect_reason(ruling, "no policy of the holder covers it: what is certain is blocked");
}

TEST(Ruling, LicensesTheAccountThatHasALicenceAndNoOther) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  expect(one.ruling(), Decision::licensed, Action::none);
  expect_reason(one.ruling(), "licence 5 'TV Nord' lets account 'tvnord' show Series 11, episode 1");
  one.context.account = "pirate";
  expect(one.ruling(), Decision::infringing, Action::block);
  expect_reason(one.ruling(), "licence 5 'TV Nord' is given to somebody else than account 'pirate'");
}

TEST(Ruling, LicensesNobodyWhoDoesNotSayWhoTheyAre) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  one.context.account = "";
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, LicensesNobodyByALicenceThatNamesNobody) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  one.record.licences[0].grantee = {};
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, SaysWhereALicenceCoversInstead) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  one.record.licences[0].territories = {"DE", "AT"};
  expect(one.ruling(), Decision::licensed, Action::none);
  one.context.territory = "VN";
  expect(one.ruling(), Decision::infringing, Action::block);
  expect_reason(one.ruling(), "licence 5 'TV Nord' does not cover VN; it covers AT, DE");
}

TEST(Ruling, LeavesToAPersonWhetherALicenceCoversWhereNobodySaidWhere) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  one.record.licences[0].territories = {"DE", "AT"};
  one.context.territory = "";
  expect(one.ruling(), Decision::needs_review, Action::review);
  expect_reason(one.ruling(),
                "licence 5 'TV Nord' covers Series 11, episode 1 in AT, DE; where this upload is shown was "
                "not said, so a person must look");
  one.context.account = "pirate";
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, CountsALicenceFromItsFirstMomentToBeforeItsLast) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  one.record.licences[0].term = {day(10), day(20)};
  const std::chrono::microseconds instant{1};
  const std::vector<std::pair<WallTime, Decision>> cases = {{day(10) - instant, Decision::infringing},
                                                            {day(10), Decision::licensed},
                                                            {day(20) - instant, Decision::licensed},
                                                            {day(20), Decision::infringing}};
  for (const auto& [at, decision] : cases) {
    one.at = at;
    EXPECT_EQ(one.ruling().verdict.decision, decision) << to_rfc3339(at);
  }
}

TEST(Ruling, ForgetsALicenceFromTheMomentThatItWasRevoked) {
  Case one = infringing_case();
  one.record.licences = {licence_of(5)};
  one.record.licences[0].revoked_at = day(10);
  expect(one.ruling(), Decision::infringing, Action::block);
  one.at = day(10) - std::chrono::microseconds(1);
  expect(one.ruling(), Decision::licensed, Action::none);
}

TEST(Ruling, GoesByThePublishTimeWhereItIsSaid) {
  UploadContext context;
  EXPECT_EQ(counting_time(context, day(3)), day(3));
  context.published_at = day(1);
  EXPECT_EQ(counting_time(context, day(3)), day(1));
}

TEST(Ruling, LicensesTheWorksOfTheLicenceOnly) {
  Case one;
  one.matches = {match_of(111, 0, 40), match_of(121, 50, 90)};
  one.record.licences = {licence_of(5)};
  one.record.licences[0].works.series = {SeriesId{11}};
  Ruling ruling = one.ruling();
  expect(ruling, Decision::infringing, Action::block);
  EXPECT_EQ(ruling.holders[0].matches, std::vector<std::size_t>{1});
  EXPECT_EQ(ruling.holders[0].matched, duration_of(40));
  one.record.licences[0].works.episodes = {EpisodeId{121}};
  expect(one.ruling(), Decision::licensed, Action::none);
}

TEST(Ruling, LicensesNothingOfAnotherHolder) {
  Case one;
  one.matches = {match_of(211, 0, 40)};
  one.record.licences = {licence_of(5)};
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, DecidesByTheWorstHolderAndTellsEach) {
  Case one;
  one.matches = {match_of(211, 50, 90), match_of(111, 0, 40)};
  one.record.licences = {licence_of(5)};
  const Ruling ruling = one.ruling();
  expect(ruling, Decision::infringing, Action::block);
  ASSERT_EQ(ruling.holders.size(), 2U);
  EXPECT_EQ(ruling.holders[0].holder, HolderId{1});
  EXPECT_EQ(ruling.holders[0].decision, Decision::licensed);
  EXPECT_EQ(ruling.holders[0].matches, std::vector<std::size_t>{1});
  EXPECT_EQ(ruling.holders[1].decision, Decision::infringing);
}

TEST(Ruling, LicensesWhomTheAllowListNames) {
  Case one = infringing_case();
  one.record.allow_entries = {
      {AllowEntryId{3}, HolderId{1}, AllowKind::account, TenantId{}, "TVNord", "their own channel", 1}};
  expect(one.ruling(), Decision::licensed, Action::none);
  expect_reason(one.ruling(),
                "allow entry 3 lets account 'TVNord' show everything of 'Holder 1': their own channel");
  one.record.allow_entries[0].platform = TenantId{8};
  expect(one.ruling(), Decision::infringing, Action::block);
  expect_reason(one.ruling(), "the allow list of 'Holder 1' does not name account 'tvnord'");
  one.record.allow_entries[0].platform = TenantId{7};
  one.record.allow_entries[0].holder = HolderId{2};
  expect(one.ruling(), Decision::infringing, Action::block);
  one.record.allow_entries[0].holder = HolderId{};
  expect(one.ruling(), Decision::licensed, Action::none);
}

TEST(Ruling, OnlyEverReviewsMatchesOfAQuarantinedReference) {
  Case one = infringing_case();
  one.quarantined = {ReferenceId{111}};
  expect(one.ruling(), Decision::needs_review, Action::review);
  expect_reason(
      one.ruling(),
      "Series 11, episode 1: reference 111 is in quarantine: its matches only ask a person to look");
  one.matches.push_back(match_of(112, 50, 90));
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, CountsNoExcludedSeconds) {
  Case one = infringing_case();
  one.excluded = {{{timestamp_of(0), timestamp_of(10)}, {timestamp_of(5), timestamp_of(30)}}};
  const Ruling ruling = one.ruling();
  expect(ruling, Decision::infringing, Action::block);
  EXPECT_EQ(ruling.holders[0].matched, duration_of(10));
  EXPECT_DOUBLE_EQ(ruling.holders[0].share_of_reference, 0.1);
  expect_reason(
      ruling,
      "Series 11, episode 1: 30.0 s of a match of 40.0 s show seconds of reference 111 that are not "
      "the holder's: they do not count");
}

TEST(Ruling, TakesExcludedSecondsForDistinctiveOnes) {
  Case one = infringing_case();
  one.matches[0].distinctive = duration_of(20);
  one.excluded = {{{timestamp_of(0), timestamp_of(18)}}};
  expect(one.ruling(), Decision::needs_review, Action::review);
}

TEST(Ruling, DropsAMatchThatIsExcludedAltogether) {
  Case one = infringing_case();
  one.excluded = {{{timestamp_of(0), timestamp_of(40)}}};
  const Ruling ruling = one.ruling();
  expect(ruling, Decision::clear, Action::none);
  EXPECT_TRUE(ruling.holders.at(0).matches.empty());
  expect_reason(ruling,
                "Series 11, episode 1: all of a match shows seconds of reference 111 that are not the "
                "holder's: it does not count");
}

TEST(Ruling, FindsExcludedSecondsOfACopyThatRunsFaster) {
  Case one = infringing_case();
  one.matches[0].query_span = {timestamp_of(0), timestamp_of(20)};
  one.matches[0].reference_span = {timestamp_of(10), timestamp_of(50)};
  one.excluded = {{{timestamp_of(0), timestamp_of(20)}}};
  EXPECT_EQ(one.ruling().holders.at(0).matched, duration_of(15));
}

TEST(Ruling, ClaimsNothingWhereTheHolderHasNoRight) {
  Case one = infringing_case();
  one.record.ownerships = {{OwnershipId{4}, HolderId{1}, SeriesId{}, {"JP", "KR"}, {}, 1}};
  expect(one.ruling(), Decision::clear, Action::none);
  expect_reason(one.ruling(),
                "ownership 4 of 'Holder 1' in all its series does not reach DE; it reaches JP, KR");
  one.context.territory = "KR";
  expect(one.ruling(), Decision::infringing, Action::block);
  one.context.territory = "";
  expect(one.ruling(), Decision::needs_review, Action::review);
}

TEST(Ruling, TakesWhatIsStatedOfASeriesForItInsteadOfWhatIsStatedOfAll) {
  Case one = infringing_case();
  one.record.ownerships = {{OwnershipId{4}, HolderId{1}, SeriesId{}, {}, {}, 1},
                           {OwnershipId{5}, HolderId{1}, SeriesId{11}, {"JP"}, {}, 1}};
  expect(one.ruling(), Decision::clear, Action::none);
  one.matches = {match_of(121, 0, 40)};
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, ClaimsNothingBeforeOrAfterTheHolderHasTheRight) {
  Case one = infringing_case();
  one.record.ownerships = {{OwnershipId{4}, HolderId{1}, SeriesId{}, {}, {day(5), day(10)}, 1}};
  expect(one.ruling(), Decision::clear, Action::none);
  one.at = day(5);
  expect(one.ruling(), Decision::infringing, Action::block);
}

TEST(Ruling, LicensesAlsoWhatTheEvidenceWouldHaveReviewed) {
  Case one = infringing_case();
  one.matches[0].score = 0.6;
  expect(one.ruling(), Decision::needs_review, Action::review);
  one.record.licences = {licence_of(5)};
  expect(one.ruling(), Decision::licensed, Action::none);
}

TEST(Ruling, TellsTheNearestOfVeryManyLicencesAndCountsTheOthers) {
  Case one = infringing_case();
  for (int i = 1; i <= 100; ++i) {
    one.record.licences.push_back(licence_of(i));
    one.record.licences.back().grantee.accounts = {"somebody else"};
  }
  one.record.licences[77].grantee.accounts = {"tvnord"};
  one.record.licences[77].territories = {"VN"};
  const Ruling ruling = one.ruling();
  expect_reason(ruling, "licence 78 'TV Nord' does not cover DE; it covers VN");
  expect_reason(ruling, "80 more licences of 'Holder 1' do not apply");
}

TEST(Ruling, TellsItsStepsInTheOrderInWhichTheyWereGoneThrough) {
  Case one = infringing_case();
  one.excluded = {{{timestamp_of(0), timestamp_of(5)}}};
  one.quarantined = {ReferenceId{111}};
  one.record.ownerships = {{OwnershipId{4}, HolderId{1}, SeriesId{}, {"DE"}, {}, 1}};
  one.record.licences = {licence_of(5)};
  one.record.licences[0].works.series = {SeriesId{12}};
  one.record.allow_entries = {{AllowEntryId{3}, HolderId{1}, AllowKind::channel, TenantId{}, "Drama", "", 1}};
  std::vector<StepKind> kinds;
  const Ruling ruling = one.ruling();
  for (const RuleStep& step : ruling.holders.at(0).steps) kinds.push_back(step.kind);
  kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
  EXPECT_EQ(kinds, (std::vector{StepKind::excluded, StepKind::ownership, StepKind::evidence,
                                StepKind::quarantine, StepKind::allow, StepKind::licence, StepKind::policy}));
}

TEST(Ruling, RaisesNothingAgainThatAPersonHasDismissed) {
  Case one;
  one.matches = {match_of(111, 0, 40), match_of(121, 50, 90)};
  one.dismissed = {ReferenceId{111}};
  const Ruling half = one.ruling();
  expect(half, Decision::infringing, Action::block);
  EXPECT_EQ(half.holders[0].matches, std::vector<std::size_t>{1});
  one.dismissed.push_back(ReferenceId{121});
  expect(one.ruling(), Decision::clear, Action::none);
  expect_reason(one.ruling(),
                "case 9: a person has settled the match with Series 11, episode 1 (quotation), it is not "
                "raised again");
}

}  // namespace
}  // namespace reelprint::rights
