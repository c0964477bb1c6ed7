#include "api/models.h"

#include <boost/json.hpp>

#include "api/json_text.h"
#include "api/match_json.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

double cpu_seconds(double s) {
  return rounded(s, 4);
}

std::string_view name_of(store::Registration registration) {
  switch (registration) {
    case store::Registration::added: return "added";
    case store::Registration::unchanged: return "unchanged";
    case store::Registration::updated: return "updated";
  }
  return "unknown";
}

json::value error_of(ErrorCode code, const std::string& message) {
  return {{"code", to_string(code)}, {"message", message}};
}

}  // namespace

std::string screening_json(const Screening& screening, const pipeline::StoredWorkNames& works) {
  json::array matches;
  for (const Match& match : screening.matches)
    matches.push_back(match_of(match, works.entry_of(match.reference)));
  json::array reasons;
  for (const std::string& reason : screening.verdict.reasons) reasons.emplace_back(reason);
  return to_text({
      {"query", screening.query},
      {"sha256", to_hex(screening.media)},
      {"duration", seconds(screening.duration)},
      {"verdict", to_string(screening.verdict.decision)},
      {"matches", std::move(matches)},
      {"cost",
       {{"decode_s", cpu_seconds(screening.cost.decode_s)},
        {"fingerprint_s", cpu_seconds(screening.cost.fingerprint_s)},
        {"search_s", cpu_seconds(screening.cost.search_s)},
        {"media_s", cpu_seconds(screening.cost.media_s)}}},
      {"reasons", std::move(reasons)},
      {"effort", to_string(screening.effort)},
      {"audio", screening.with_audio},
      {"damaged", screening.damaged},
      {"screening", screening.id.value},
      {"screened_at", to_rfc3339(screening.screened_at)},
  });
}

std::string failed_query_json(const std::string& query, ErrorCode code, const std::string& message) {
  return to_text({{"query", query}, {"error", error_of(code, message)}});
}

std::string row_outcome_json(const pipeline::RowOutcome& outcome) {
  const store::NewReference& wanted = outcome.row->reference;
  json::object object{{"event", "reference"},
                      {"line", outcome.row->line},
                      {"file", outcome.row->file.string()},
                      {"holder", wanted.holder},
                      {"series", wanted.series},
                      {"season", wanted.episode.season},
                      {"episode", wanted.episode.number},
                      {"cut", text_or_null(wanted.reference.cut)}};
  if (outcome.error) {
    object["status"] = "failed";
    object["error"] = error_of(*outcome.error, outcome.message);
    return to_text(object);
  }
  object["status"] = name_of(outcome.registration);
  object["reference"] = outcome.reference.value;
  if (outcome.duration.count() > 0) object["duration"] = seconds(outcome.duration);
  object["damaged"] = outcome.damaged;
  return to_text(object);
}

std::string row_problem_json(const std::string& document, const pipeline::RowProblem& problem) {
  return to_text({{"event", "problem"},
                  {"document", document},
                  {"line", problem.line},
                  {"column", text_or_null(problem.column)},
                  {"reason", problem.reason}});
}

std::string registration_summary_json(const pipeline::RegistrationSummary& summary, std::size_t problems) {
  return to_text({{"event", "summary"},
                  {"added", summary.added},
                  {"unchanged", summary.unchanged},
                  {"updated", summary.updated},
                  {"failed", summary.failed},
                  {"left_out", summary.left_out},
                  {"problems", problems}});
}

std::string negative_outcome_json(const pipeline::NegativeOutcome& outcome) {
  json::object object{{"event", "negative"}, {"file", outcome.file}};
  if (outcome.error) {
    object["status"] = "failed";
    object["error"] = error_of(*outcome.error, outcome.message);
    return to_text(object);
  }
  object["status"] = name_of(outcome.outcome);
  object["negative"] = outcome.negative.value;
  if (outcome.outcome == store::Registration::unchanged) return to_text(object);
  object["duration"] = seconds(outcome.duration);
  object["searched_pictures"] = outcome.searched;
  object["damaged"] = outcome.damaged;
  return to_text(object);
}

std::string negative_summary_json(const pipeline::NegativeSummary& summary) {
  return to_text({{"event", "summary"},
                  {"added", summary.added},
                  {"unchanged", summary.unchanged},
                  {"updated", summary.updated},
                  {"failed", summary.failed},
                  {"left_out", summary.left_out}});
}

std::string negative_json(const Negative& negative) {
  return to_text({{"negative", negative.id.value},
                  {"name", negative.name},
                  {"sha256", to_hex(negative.media)},
                  {"duration", seconds(negative.duration)},
                  {"algorithm", static_cast<std::uint32_t>(negative.algorithm)},
                  {"added_at", to_rfc3339(negative.added_at)}});
}

std::string reference_json(const ReferenceEntry& entry) {
  json::object object;
  put_work(object, entry);
  object["eidr"] = text_or_null(entry.episode.eidr);
  object["isan"] = text_or_null(entry.episode.isan);
  object["subtitles"] = text_or_null(entry.reference.subtitles);
  object["reference"] = entry.reference.id.value;
  object["file"] = entry.reference.file;
  object["sha256"] = to_hex(entry.reference.media);
  object["duration"] = seconds(entry.reference.duration);
  object["registered_at"] = to_rfc3339(entry.reference.registered_at);
  return to_text(object);
}

std::string catalog_stats_json(const store::CatalogStats& stats) {
  return to_text({{"holders", stats.holders},
                  {"series", stats.series},
                  {"episodes", stats.episodes},
                  {"references", stats.references},
                  {"screenings", stats.screenings},
                  {"duration", seconds(stats.duration)},
                  {"fingerprint_bytes", stats.fingerprint_bytes}});
}

std::string index_report_json(const pipeline::IndexReport& report) {
  json::array problems;
  for (const std::string& problem : report.problems) problems.emplace_back(problem);
  return to_text({{"references", report.references},
                  {"ok", report.problems.empty()},
                  {"problems", std::move(problems)}});
}

std::string fingerprint_json(const std::string& file, const std::string& output,
                             const fingerprint::MediaFingerprint& made) {
  const Fingerprint& print = made.fingerprint;
  return to_text({{"file", file},
                  {"output", output},
                  {"sha256", to_hex(print.media)},
                  {"duration", seconds(print.duration)},
                  {"effort", to_string(print.effort)},
                  {"algorithm", static_cast<std::uint32_t>(print.algorithm)},
                  {"keyframes", print.keyframes.size()},
                  {"sound_items", print.audio.items.size()},
                  {"damaged", made.facts.damaged},
                  {"cost",
                   {{"decode_s", cpu_seconds(made.cost.decode_s)},
                    {"fingerprint_s", cpu_seconds(made.cost.fingerprint_s)},
                    {"media_s", seconds(print.duration)}}}});
}

std::string published_hash_json(const std::string& file, const fingerprint::PublishedHash& hash) {
  return to_text({{"file", file},
                  {"time", seconds(hash.shown_at)},
                  {"quality", static_cast<int>(hash.hash.quality)},
                  {"pdq", to_hex(hash.hash)}});
}

std::string cost_json(const pipeline::CostMeasurement& costs, double price) {
  using pipeline::kEpisodeSeconds;
  using pipeline::kUploadSeconds;
  json::array efforts;
  for (const auto& [effort, cost] : costs.screening) {
    efforts.push_back(
        {{"effort", pipeline::name_of_plan(effort)},
         {"cpu_s_per_upload", cpu_seconds(cost * kUploadSeconds)},
         {"dollars_per_million_uploads", rounded(pipeline::dollars_of(cost, kUploadSeconds, 1e6, price), 4)},
         {"cores_at_12_per_second", rounded(pipeline::cores_of(cost), 2)}});
  }
  const double registering = costs.registering_per_media_s;
  return to_text({{"price_per_vcpu_hour", price},
                  {"references", costs.references},
                  {"uploads", costs.uploads},
                  {"not_clear", costs.not_clear},
                  {"media_s", cpu_seconds(costs.media_s)},
                  {"efforts", std::move(efforts)},
                  {"registering",
                   {{"cpu_s_per_episode", cpu_seconds(registering * kEpisodeSeconds)},
                    {"dollars_per_thousand_episodes",
                     rounded(pipeline::dollars_of(registering, kEpisodeSeconds, 1e3, price), 6)}}}});
}

std::string findings_json(const std::vector<pipeline::Finding>& findings) {
  json::object object;
  json::array problems;
  for (const pipeline::Finding& finding : findings) {
    object[finding.name] = finding.value;
    if (finding.is_problem) problems.emplace_back(finding.name + ": " + finding.value);
  }
  object["problems"] = std::move(problems);
  return to_text(object);
}

}  // namespace reelprint::api
