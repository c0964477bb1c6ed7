#include "api/dry_run_job.h"

#include <algorithm>
#include <boost/json.hpp>
#include <string>
#include <utility>

#include "api/json_text.h"
#include "api/rights_models.h"
#include "core/error.h"
#include "pipeline/reference_facts.h"
#include "pipeline/stored_past_screenings.h"
#include "store/dry_runs.h"
#include "store/rights.h"
#include "store/works.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

json::object parsed(const std::string& text) {
  boost::system::error_code error;
  const json::value value = json::parse(text, error);
  if (error || !value.is_object()) throw Error(ErrorCode::corrupt, "read a dry run: it is no JSON object");
  return value.get_object();
}

json::object outcome_json(const pipeline::Outcome& outcome) {
  return {{"decision", to_string(outcome.first)}, {"action", to_string(outcome.second)}};
}

json::array steps_json(const std::vector<RuleStep>& steps) {
  json::array list;
  for (const RuleStep& step : steps) list.push_back(step_json(step));
  return list;
}

json::object change_json(const pipeline::ChangedDecision& change) {
  return {{"request", change.request.value},
          {"screening", change.screening.value},
          {"holder", change.holder.value},
          {"decided", change.decided ? json::value(outcome_json(*change.decided)) : json::value(nullptr)},
          {"from", outcome_json(change.before)},
          {"to", outcome_json(change.after)},
          {"gained", steps_json(change.gained)},
          {"lost", steps_json(change.lost)}};
}

json::object result_json(const pipeline::DryRunResult& result) {
  json::array counts;
  for (const auto& [outcomes, count] : result.counts) {
    counts.push_back(json::object{
        {"from", outcome_json(outcomes.first)}, {"to", outcome_json(outcomes.second)}, {"decisions", count}});
  }
  json::array changes;
  for (const pipeline::ChangedDecision& change : result.changes) changes.push_back(change_json(change));
  return {{"screenings", result.screenings}, {"decisions", result.decisions},
          {"changed", result.changed},       {"is_complete", result.is_complete},
          {"counts", std::move(counts)},     {"changes", std::move(changes)}};
}

std::vector<HolderId> all_holders(store::Store& store) {
  constexpr std::size_t kPage = 1000;
  std::vector<HolderId> ids;
  for (;;) {
    const auto page =
        store::Works(store.database()).holders({}, ids.empty() ? HolderId{} : ids.back(), kPage);
    for (const Holder& holder : page) ids.push_back(holder.id);
    if (page.size() < kPage) return ids;
  }
}

pipeline::DryRunQuestion question_of(const DryRunRequest& request, store::Store& store,
                                     const rights::Policy& thresholds) {
  pipeline::DryRunQuestion question;
  const bool is_for_all = std::ranges::find(request.holders, HolderId{}) != request.holders.end();
  question.holders = is_for_all ? all_holders(store) : request.holders;
  question.now = store::Rights(store.database()).record_of(question.holders);
  question.then = pipeline::changed(question.now, request.change);
  question.thresholds = thresholds;
  question.most_screenings = request.most_screenings;
  return question;
}

/// A row that has been forbidden since: nothing that trying again would help.
DryRunRequest request_of(const std::string& question, store::Store& store) {
  try {
    Fields fields = Fields::of(parsed(question));
    DryRunRequest request = read_dry_run(fields, store, [](HolderId) { return true; });
    fields.finish();
    return request;
  } catch (const http::Problem& problem) {
    throw Error(ErrorCode::invalid_input,
                "read a dry run: what it would change has changed meanwhile: " + problem.title);
  }
}

}  // namespace

std::unique_ptr<pipeline::PastScreenings> open_stored_screenings(store::Store& store,
                                                                 const DryRunRequest& request) {
  return std::make_unique<pipeline::StoredPastScreenings>(store,
                                                          pipeline::PastRange{request.from, request.until});
}

pipeline::JobHandler dry_run_handler(OpenPastScreenings open, rights::Policy thresholds) {
  return [open = std::move(open), thresholds](const pipeline::JobContext& context) -> pipeline::Effect {
    const json::object payload = parsed(context.job.what.payload);
    const json::value* number = payload.if_contains("dry_run");
    if (number == nullptr || !number->is_int64())
      throw Error(ErrorCode::corrupt, "read a dry run's job: no id");
    const DryRunId id{number->get_int64()};
    const auto dry_run = store::DryRuns(context.store.database()).find(id);
    if (!dry_run) throw Error(ErrorCode::not_found, "dry run: it is gone");
    const DryRunRequest request = request_of(dry_run->question, context.store);
    const auto past = open(context.store, request);
    const auto result = pipeline::dry_run(*past, pipeline::stored_reference_facts(context.store),
                                          question_of(request, context.store, thresholds), context.stop);
    return [id, answer = to_text(result_json(result))](store::Store& store) {
      store::DryRuns(store.database()).answer(id, answer);
    };
  };
}

}  // namespace reelprint::api
