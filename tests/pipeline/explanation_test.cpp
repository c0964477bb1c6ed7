#include "pipeline/explanation.h"

#include <gtest/gtest.h>

#include "fingerprint/fingerprint_codec.h"
#include "pipeline/registration.h"
#include "pipeline/stored_details.h"
#include "pipeline/work_search.h"
#include "samples.h"

namespace reelprint::pipeline {
namespace {

class Explaining : public testing::Test {
 protected:
  void SetUp() override {
    blocks_ = test::make_blocks(folder_, "ep2.mp4", 2);
    original_ = test::make_clip(folder_, "ep1.mp4", 1);
    register_catalog(workspace_, test::catalog_of({original_, blocks_}), {2}, [](const RowOutcome&) {});
  }

  [[nodiscard]] Explanation explain_it(const std::filesystem::path& file, const std::string& against,
                                       const ScreeningSettings& settings = {}) {
    const StoredWorkNames names(workspace_.store());
    const StoredDetails details(workspace_.folder());
    return explain(file, find_work(workspace_.store(), against), open_protected(workspace_, details, names),
                   settings, SystemClock());
  }

  test::ClipFolder folder_;
  Workspace workspace_{folder_.path() / "data"};
  std::filesystem::path original_;
  std::filesystem::path blocks_;
};

TEST_F(Explaining, ACopyNamesItsMatchAndTheFiguresBehindIt) {
  const Explanation said =
      explain_it(test::make_copy(folder_, "copy.mp4", original_, "-ss 2 -t 6 "), "The Oath/1");
  EXPECT_EQ(said.screening.verdict.decision, Decision::infringing);
  EXPECT_EQ(said.trace.passes, (std::vector<Effort>{Effort::fast, Effort::standard}));
  EXPECT_GT(said.trace.search.searched_pictures, 4U);
  ASSERT_EQ(said.references.size(), 1U);
  const ExplainedReference& reference = said.references[0];
  EXPECT_EQ(why(reference), "found: 1 match");
  ASSERT_FALSE(reference.stages.empty());
  EXPECT_EQ(reference.stages[0].found_by, FoundBy::hashes);
  EXPECT_GE(reference.stages[0].best_votes, reference.stages[0].least_votes);
  EXPECT_EQ(
      reference.stages[0].hits,
      static_cast<std::size_t>(std::ranges::count_if(
          reference.hits,
          [&](const index::TracedHit& hit) { return hit.found_by == FoundBy::hashes && !hit.mirrored; })))
      << "the hits are those of the deepest pass alone";
  ASSERT_FALSE(reference.considered.empty());
  EXPECT_EQ(reference.considered[0].outcome, index::Outcome::kept);
  EXPECT_NEAR(to_seconds(reference.considered[0].match.reference_span.begin), 2, 0.5);
}

TEST_F(Explaining, SettledByIFramesTellsOfThatPassAlone) {
  const Explanation said = explain_it(test::make_copy(folder_, "copy.mp4", original_), "The Oath/1");
  EXPECT_EQ(said.trace.passes, std::vector<Effort>{Effort::fast});
  EXPECT_EQ(why_decoded(said), "I-frames alone (fast)");
  EXPECT_EQ(why_features(said), "not taken at this effort");
  EXPECT_EQ(why(said.references.at(0)), "found: 1 match");
}

TEST_F(Explaining, AStrangerSaysThatNothingWasFound) {
  const Explanation said = explain_it(test::make_clip(folder_, "own.mp4", 3), "The Oath");
  EXPECT_EQ(said.screening.verdict.decision, Decision::clear);
  ASSERT_EQ(said.references.size(), 2U);
  for (const ExplainedReference& reference : said.references)
    EXPECT_TRUE(why(reference).starts_with("not found: ")) << why(reference);
  EXPECT_EQ(why_decoded(said),
            "I-frames alone (fast); that did not settle it, so all but non-reference frames (standard)");
}

TEST_F(Explaining, AMirroredCropIsFoundByItsFeatures) {
  const Explanation said = explain_it(test::make_mirrored_crop(folder_, "crop.mp4", blocks_), "The Oath/2");
  EXPECT_TRUE(said.trace.search.searched_features);
  EXPECT_EQ(why_features(said), "searched: whole pictures left something unexplained");
  const ExplainedReference& reference = said.references.at(0);
  ASSERT_EQ(why(reference), "found: 1 match");
  const Match& match = reference.considered.at(0).match;
  EXPECT_EQ(match.found_by, FoundBy::features);
  EXPECT_TRUE(match.mirrored);
  EXPECT_GT(match.inliers, 3U);
}

TEST_F(Explaining, LeavesWhatTheScreeningSaysAsItIs) {
  const auto upload = test::make_copy(folder_, "copy.mp4", original_, "-ss 2 -t 6 ");
  const Explanation said = explain_it(upload, "The Oath/2");
  EXPECT_EQ(said.screening.verdict.decision, Decision::infringing) << "of the other episode";
  EXPECT_EQ(said.screening.matches.at(0).reference, ReferenceId{1});
  EXPECT_TRUE(why(said.references.at(0)).starts_with("not found: "));
  for (const index::TracedHit& hit : said.references[0].hits) EXPECT_EQ(hit.reference, ReferenceId{2});
}

TEST_F(Explaining, AFingerprintSaysThatNothingWasDecoded) {
  const auto print = fingerprint::fingerprint_media(original_, {}).fingerprint;
  fingerprint::write_fingerprint(print, folder_.path() / "upload.rpf");
  const Explanation said = explain_it(folder_.path() / "upload.rpf", "The Oath/1");
  EXPECT_EQ(why_decoded(said), "a fingerprint made by the standard plan");
  EXPECT_EQ(said.trace.query, print);
}

index::Considered considered_of(index::Outcome outcome) {
  index::Considered considered;
  considered.outcome = outcome;
  considered.match.score = 0.25;
  considered.match.moment_agreement = 0.12;
  considered.match.distinctive = duration_of(0.8);
  return considered;
}

TEST(Why, SaysWhatBecameOfAnAlignment) {
  const index::MatchSettings asked;
  EXPECT_EQ(why(considered_of(index::Outcome::kept), asked), "a match: every test is passed");
  EXPECT_EQ(why(considered_of(index::Outcome::too_weak), asked),
            "dropped: chance alone may give it; score 0.250, and 0.50 is the least");
  EXPECT_EQ(why(considered_of(index::Outcome::another_moment), asked),
            "dropped: another moment of the same set; what moves agrees 0.12, and 0.40 is the least");
  EXPECT_EQ(why(considered_of(index::Outcome::explained), asked),
            "dropped: a stronger alignment explains the same seconds");
  EXPECT_EQ(why(considered_of(index::Outcome::not_distinctive), asked),
            "dropped: other series show nearly all of it; 0.8 s are its own, and 1.5 s the least");
}

TEST(Why, SaysHowFarAStageCame) {
  index::TracedStage stage;
  stage.least_votes = 0.75;
  EXPECT_EQ(why(stage), "not looked at closely: it weighs too little, or others weigh more");
  stage.was_looked_at = true;
  stage.best_votes = 0.5;
  EXPECT_EQ(why(stage), "no line: the best has 0.50 votes, and 0.75 are the least");
  stage.best_votes = 4;
  EXPECT_EQ(why(stage), "looked at closely: the best line has 4.00 votes, and 0.75 are the least");
}

TEST(Why, SaysWhatTheSoundIsWorth) {
  const index::MatchSettings asked;
  index::Considered heard = considered_of(index::Outcome::kept);
  heard.match.is_confirmed = false;
  EXPECT_EQ(why(heard, asked), "a match, but nothing that moves confirms it");
  heard.match.found_by = FoundBy::sound;
  EXPECT_EQ(why(heard, asked), "a match of the sound alone: no picture confirms it");
  heard.outcome = index::Outcome::not_distinctive;
  EXPECT_EQ(why(heard, asked), "dropped: no picture confirms it, and only 0.8 s of its sound are its own");
  EXPECT_EQ(why(index::TracedStage{FoundBy::sound, {1}, false, 1, 12.25, 0, true}),
            "the picture was compared along it; it lies 12.2 standard deviations off chance");
  ExplainedReference reference;
  reference.stages = {{FoundBy::sound, {1}, false, 1, 12, 0, true}};
  EXPECT_EQ(why(reference),
            "not found: its sound plays in the upload, and the pictures do not agree along it");
}

TEST(DealOut, JoinsTheStretchesOfSound) {
  index::SearchTrace trace;
  trace.stages = {{FoundBy::sound, {7}, false, 1, 5, 0, false},
                  {FoundBy::hashes, {7}, true, 3, 1, 0.75, true},
                  {FoundBy::sound, {7}, false, 1, 9, 0, true}};
  ReferenceEntry entry;
  entry.reference.id = {7};
  const auto references = deal_out(trace, {entry});
  ASSERT_EQ(references.at(0).stages.size(), 2U);
  EXPECT_EQ(references[0].stages[1].hits, 2U);
  EXPECT_EQ(references[0].stages[1].best_votes, 9);
  EXPECT_TRUE(references[0].stages[1].was_looked_at);
}

TEST(Why, SaysHowFarAReferenceCame) {
  ExplainedReference reference;
  EXPECT_EQ(why(reference), "not found: no picture of it comes near one of the upload's");
  reference.stages = {{FoundBy::hashes, {1}, false, 3, 0.2, 0.75, true}};
  EXPECT_EQ(why(reference), "not found: pictures come near, but on no line of time with enough votes");
  reference.stages[0].best_votes = 2;
  EXPECT_EQ(why(reference), "not found: along its best line the pictures do not agree for long enough");
  reference.considered = {considered_of(index::Outcome::too_weak)};
  EXPECT_EQ(why(reference), "not found: 1 alignment was considered, none was kept");
  reference.is_indexed = false;
  EXPECT_EQ(why(reference), "not searched: its fingerprint was made by another algorithm; register it again");
}

TEST(DealOut, PutsMatchesFirstAndTheStrongestDroppedNext) {
  index::SearchTrace trace;
  for (const double alarms : {-1.0, -9.0, -3.0}) {
    trace.considered.push_back(
        considered_of(alarms == -3 ? index::Outcome::kept : index::Outcome::explained));
    trace.considered.back().match.reference = {7};
    trace.considered.back().match.log10_false_alarms = alarms;
  }
  ReferenceEntry entry;
  entry.reference.id = {7};
  const auto references = deal_out(trace, {entry, entry});
  ASSERT_EQ(references.size(), 1U) << "asked for twice, told once";
  EXPECT_EQ(references[0].considered.at(0).match.log10_false_alarms, -3);
  EXPECT_EQ(references[0].considered.at(1).match.log10_false_alarms, -9);
  EXPECT_TRUE(trace.considered.empty());
}

}  // namespace
}  // namespace reelprint::pipeline
