#include "api/explanation_json.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace reelprint::api {
namespace {

namespace json = boost::json;

ReferenceEntry entry() {
  ReferenceEntry entry;
  entry.reference.id = {3};
  entry.reference.language = "en";
  entry.reference.duration = duration_of(60);
  entry.episode.number = 7;
  entry.series.name = "The Oath";
  entry.holder.name = "Lotus";
  return entry;
}

Match match() {
  Match match;
  match.reference = {3};
  match.query_span = {timestamp_of(1), timestamp_of(16)};
  match.reference_span = {timestamp_of(30), timestamp_of(45)};
  match.score = 0.25;
  match.log10_false_alarms = -1.5;
  return match;
}

pipeline::Explanation explanation() {
  pipeline::Explanation explanation;
  explanation.screening.query = "upload.mp4";
  explanation.screening.duration = duration_of(16);
  explanation.screening.verdict.reasons = {"nothing"};
  explanation.trace.passes = {Effort::fast, Effort::standard};
  explanation.trace.search.pictures = 32;
  explanation.trace.search.searched_pictures = 30;
  explanation.trace.search.detailed_pictures = 12;
  explanation.trace.search.searched_features = true;
  explanation.references = {{entry(),
                             true,
                             {{FoundBy::features, {3}, true, 14, 2.5, 0.75, true}},
                             {},
                             {{match(), index::Outcome::too_weak}}}};
  return explanation;
}

// The fields and their order are a contract (docs/cli.md).
TEST(ExplanationJson, KeepsItsBody) {
  pipeline::Explanation none = explanation();
  none.references[0].considered.clear();
  EXPECT_EQ(
      explanation_json(none, {{"p/time-time.png"}, {}, {"gone"}}),
      R"({"query":"upload.mp4","sha256":"0000000000000000000000000000000000000000000000000000000000000000",)"
      R"("duration":16,"verdict":"clear","reasons":["nothing"],"effort":"standard",)"
      R"("passes":["fast","standard"],"audio":true,"damaged":0,"pictures":32,"searched_pictures":30,)"
      R"("detailed_pictures":12,"searched_features":true,)"
      R"("thresholds":{"score":0.5,"moment_agreement":0.4,"distinctive_seconds":1.5,"review_score":0.5,)"
      R"("flag_score":0.9,"flag_distinctive_seconds":3,"review_series_seconds":6},)"
      R"("references":[{"holder":"Lotus","series":"The Oath","season":1,"episode":7,"title":null,"cut":null,)"
      R"("language":"en","licence_number":null,"reference":3,"duration":60,)"
      R"("why":"not found: along its best line the pictures do not agree for long enough",)"
      R"("stages":[{"found_by":"features","mirrored":true,"hits":14,"best_votes":2.5,"least_votes":0.75,)"
      R"("looked_at":true,"why":"looked at closely: the best line has 2.50 votes, and 0.75 are the least"}],)"
      R"("alignments":[]}],"files":["p/time-time.png"],"remarks":["gone"]})");
}

TEST(ExplanationJson, SaysOfEachAlignmentWhatBecameOfIt) {
  const json::value body = json::parse(explanation_json(explanation(), {}));
  const json::object alignment = body.at("references").at(0).at("alignments").at(0).as_object();
  EXPECT_EQ(alignment.at("outcome"), "too_weak");
  EXPECT_EQ(alignment.at("why"), "dropped: chance alone may give it; score 0.250, and 0.50 is the least");
  EXPECT_EQ(alignment.at("log10_false_alarms"), -1.5);
  EXPECT_EQ(alignment.at("reference_start"), 30);
  EXPECT_TRUE(alignment.at("moment_agreement").is_null());
}

TEST(CoverageJson, KeepsItsBody) {
  Screening screening;
  screening.query = "film.mp4";
  screening.duration = duration_of(16);
  pipeline::EpisodeCoverage episode;
  episode.entry = entry();
  episode.covered = duration_of(15);
  episode.share = 0.25;
  episode.matches = {match()};
  EXPECT_EQ(
      coverage_json(screening, {episode}, ""),
      R"({"query":"film.mp4","sha256":"0000000000000000000000000000000000000000000000000000000000000000",)"
      R"("duration":16,"verdict":"clear","effort":"standard","audio":true,)"
      R"("episodes":[{"holder":"Lotus","series":"The Oath","season":1,"episode":7,"title":null,"cut":null,)"
      R"("language":"en","licence_number":null,"reference":3,"duration":60,"covered_seconds":15,"share":0.25,)"
      R"("segments":[{"query_start":1,"query_end":16,"reference_start":30,"reference_end":45,"score":0.25,)"
      R"("speed":1,"mirrored":false,"found_by":"hashes","names_episode":true}]}],"picture":null})");
}

}  // namespace
}  // namespace reelprint::api
