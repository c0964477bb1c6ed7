#include "pipeline/dry_run.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelprint::pipeline {
namespace {

/// Gives what it was given.
class ListedScreenings final : public PastScreenings {
 public:
  explicit ListedScreenings(std::vector<PastScreening> screenings) : screenings_(std::move(screenings)) {}
  std::optional<PastScreening> next() override {
    if (at_ == screenings_.size()) return std::nullopt;
    return screenings_[at_++];
  }

 private:
  std::vector<PastScreening> screenings_;
  std::size_t at_ = 0;
};

/// Reference n is of holder n / 10.
std::shared_ptr<const ReferenceFacts> facts_of(ReferenceId reference) {
  if (reference.value == 99) return nullptr;
  auto facts = std::make_shared<ReferenceFacts>();
  facts->entry.reference.id = reference;
  facts->entry.reference.duration = duration_of(100);
  facts->entry.holder = {HolderId{reference.value / 10}, "Aurora", {}, 1};
  facts->entry.series = {SeriesId{1}, facts->entry.holder.id, "The Lantern Oath", 1};
  facts->entry.episode.id = EpisodeId{reference.value};
  return facts;
}

PastScreening screening_of(std::int64_t id, std::int64_t reference, std::string account) {
  PastScreening screening;
  screening.request = RequestId{id};
  screening.screening = ScreeningId{id + 100};
  screening.duration = duration_of(50);
  screening.context.account = std::move(account);
  Match match;
  match.reference = ReferenceId{reference};
  match.query_span = {timestamp_of(0), timestamp_of(40)};
  match.reference_span = match.query_span;
  match.score = 0.999;
  match.distinctive = duration_of(40);
  screening.matches = {match};
  HolderRuling decided;
  decided.holder = HolderId{reference / 10};
  decided.decision = Decision::infringing;
  decided.action = Action::block;
  screening.decided = {decided};
  return screening;
}

Licence licence_for(std::string account) {
  Licence licence;
  licence.holder = HolderId{1};
  licence.name = "TV Nord";
  licence.grantee.accounts = {std::move(account)};
  return licence;
}

DryRunQuestion question_of(const RightsChange& change) {
  DryRunQuestion question;
  question.holders = {HolderId{1}};
  question.then = changed(question.now, change);
  return question;
}

const Outcome kBlocked{Decision::infringing, Action::block};
const Outcome kLicensed{Decision::licensed, Action::none};

TEST(DryRun, TellsWhichDecisionsANewLicenceWouldHaveChanged) {
  ListedScreenings past({screening_of(1, 11, "tvnord"), screening_of(2, 11, "pirate"),
                         screening_of(3, 21, "tvnord"), screening_of(4, 99, "tvnord")});
  RightsChange change;
  change.put.licences = {licence_for("tvnord")};
  const DryRunResult result = dry_run(past, facts_of, question_of(change), {});
  EXPECT_EQ(result.screenings, 4U);
  EXPECT_EQ(result.decisions, 2U) << "the other holder's is none of ours, and one reference is gone";
  EXPECT_EQ(result.changed, 1U);
  EXPECT_EQ(result.counts.at({kBlocked, kLicensed}), 1U);
  ASSERT_EQ(result.changes.size(), 1U);
  const ChangedDecision& changed = result.changes[0];
  EXPECT_EQ(changed.request, RequestId{1});
  EXPECT_EQ(changed.before, kBlocked);
  EXPECT_EQ(changed.after, kLicensed);
  EXPECT_EQ(changed.decided, kBlocked);
  ASSERT_EQ(changed.gained.size(), 1U);
  EXPECT_EQ(changed.gained[0].text,
            "licence -1 'TV Nord' lets account 'tvnord' show The Lantern Oath, episode 0");
}

TEST(DryRun, TellsWhatTheEndOfALicenceWouldHaveChanged) {
  ListedScreenings past({screening_of(1, 11, "tvnord")});
  DryRunQuestion question;
  question.holders = {HolderId{1}};
  question.now.licences = {licence_for("tvnord")};
  question.now.licences[0].id = LicenceId{5};
  RightsChange change;
  change.without_licences = {LicenceId{5}};
  question.then = changed(question.now, change);
  const DryRunResult result = dry_run(past, facts_of, question, {});
  EXPECT_EQ(result.counts.at({kLicensed, kBlocked}), 1U);
  ASSERT_EQ(result.changes.at(0).lost.size(), 1U);
  EXPECT_EQ(result.changes[0].lost[0].id, 5);
}

TEST(DryRun, ReplacesWhatIsThereAndNothingElse) {
  RightsRecord record;
  record.licences = {licence_for("a")};
  record.licences[0].id = LicenceId{5};
  RightsChange change;
  change.put.licences = {licence_for("b"), licence_for("c"), licence_for("d")};
  change.put.licences[0].id = LicenceId{5};
  change.put.licences[1].id = LicenceId{6};
  const RightsRecord after = changed(record, change);
  ASSERT_EQ(after.licences.size(), 2U);
  EXPECT_EQ(after.licences[0].grantee.accounts.at(0), "b");
  EXPECT_EQ(after.licences[1].grantee.accounts.at(0), "d");
  EXPECT_EQ(after.licences[1].id, LicenceId{-1});
}

TEST(DryRun, StopsAtItsLimitsAndSaysSo) {
  ListedScreenings past({screening_of(1, 11, "a"), screening_of(2, 11, "a"), screening_of(3, 11, "a")});
  RightsChange change;
  change.put.licences = {licence_for("a")};
  DryRunQuestion question = question_of(change);
  question.most_screenings = 2;
  question.most_listed = 1;
  const DryRunResult result = dry_run(past, facts_of, question, {});
  EXPECT_EQ(result.screenings, 2U);
  EXPECT_EQ(result.changed, 2U);
  EXPECT_EQ(result.changes.size(), 1U);
  EXPECT_FALSE(result.is_complete);
}

TEST(DryRun, StopsWhenAskedTo) {
  ListedScreenings past({screening_of(1, 11, "a")});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW((void)dry_run(past, facts_of, question_of({}), stop.get_token()), Error);
}

}  // namespace
}  // namespace reelprint::pipeline
