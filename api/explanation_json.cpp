#include "api/explanation_json.h"

#include <boost/json.hpp>

#include "api/json_text.h"
#include "api/match_json.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& lines) {
  json::array array;
  for (const std::string& line : lines) array.emplace_back(line);
  return array;
}

json::object stage_of(const index::TracedStage& stage) {
  return {{"found_by", to_string(stage.found_by)},
          {"mirrored", stage.mirrored},
          {"hits", stage.hits},
          {"best_votes", rounded(stage.best_votes, 3)},
          {"least_votes", rounded(stage.least_votes, 3)},
          {"looked_at", stage.was_looked_at},
          {"why", pipeline::why(stage)}};
}

json::object alignment_of(const index::Considered& considered, const index::MatchSettings& matching) {
  json::object object = match_of(considered.match, nullptr);
  object["outcome"] = to_string(considered.outcome);
  object["why"] = pipeline::why(considered, matching);
  return object;
}

json::object reference_of(const pipeline::ExplainedReference& reference,
                          const index::MatchSettings& matching) {
  json::array stages;
  for (const index::TracedStage& stage : reference.stages) stages.push_back(stage_of(stage));
  json::array alignments;
  for (const index::Considered& considered : reference.considered)
    alignments.push_back(alignment_of(considered, matching));
  json::object object;
  put_work(object, reference.entry);
  object["reference"] = reference.entry.reference.id.value;
  object["duration"] = seconds(reference.entry.reference.duration);
  object["why"] = pipeline::why(reference);
  object["stages"] = std::move(stages);
  object["alignments"] = std::move(alignments);
  return object;
}

json::object thresholds_of(const pipeline::Explanation& explanation) {
  return {{"score", explanation.matching.least_score},
          {"moment_agreement", explanation.matching.least_moment},
          {"distinctive_seconds", seconds(explanation.matching.least_distinctive)},
          {"review_score", explanation.policy.review_score},
          {"flag_score", explanation.policy.flag_score},
          {"flag_distinctive_seconds", seconds(explanation.policy.least_distinctive)},
          {"review_series_seconds", seconds(explanation.policy.least_series_only)}};
}

json::object segment_of(const Match& match) {
  return {{"query_start", seconds(match.query_span.begin)},
          {"query_end", seconds(match.query_span.end)},
          {"reference_start", seconds(match.reference_span.begin)},
          {"reference_end", seconds(match.reference_span.end)},
          {"score", rounded(match.score, 4)},
          {"speed", rounded(match.speed, 4)},
          {"mirrored", match.mirrored},
          {"found_by", to_string(match.found_by)},
          {"names_episode", match.names_episode}};
}

json::object row_of(const pipeline::EpisodeCoverage& episode) {
  json::array segments;
  for (const Match& match : episode.matches) segments.push_back(segment_of(match));
  json::object object;
  put_work(object, episode.entry);
  object["reference"] = episode.entry.reference.id.value;
  object["duration"] = seconds(episode.entry.reference.duration);
  object["covered_seconds"] = seconds(episode.covered);
  object["share"] = rounded(episode.share, 4);
  object["segments"] = std::move(segments);
  return object;
}

}  // namespace

std::string explanation_json(const pipeline::Explanation& explanation,
                             const pipeline::WrittenPictures& pictures) {
  const Screening& screening = explanation.screening;
  const index::SearchTrace& search = explanation.trace.search;
  json::array passes;
  for (const Effort effort : explanation.trace.passes) passes.emplace_back(to_string(effort));
  json::array references;
  for (const pipeline::ExplainedReference& reference : explanation.references)
    references.push_back(reference_of(reference, explanation.matching));
  return to_text({{"query", screening.query},
                  {"sha256", to_hex(screening.media)},
                  {"duration", seconds(screening.duration)},
                  {"verdict", to_string(screening.verdict.decision)},
                  {"reasons", texts(screening.verdict.reasons)},
                  {"effort", to_string(screening.effort)},
                  {"passes", std::move(passes)},
                  {"audio", screening.with_audio},
                  {"damaged", screening.damaged},
                  {"pictures", search.pictures},
                  {"searched_pictures", search.searched_pictures},
                  {"detailed_pictures", search.detailed_pictures},
                  {"searched_features", search.searched_features},
                  {"thresholds", thresholds_of(explanation)},
                  {"references", std::move(references)},
                  {"files", texts(pictures.files)},
                  {"remarks", texts(pictures.remarks)}});
}

std::string coverage_json(const Screening& screening, const std::vector<pipeline::EpisodeCoverage>& episodes,
                          const std::string& picture) {
  json::array rows;
  for (const pipeline::EpisodeCoverage& episode : episodes) rows.push_back(row_of(episode));
  return to_text({{"query", screening.query},
                  {"sha256", to_hex(screening.media)},
                  {"duration", seconds(screening.duration)},
                  {"verdict", to_string(screening.verdict.decision)},
                  {"effort", to_string(screening.effort)},
                  {"audio", screening.with_audio},
                  {"episodes", std::move(rows)},
                  {"picture", text_or_null(picture)}});
}

}  // namespace reelprint::api
