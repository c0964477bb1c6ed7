// The routes of dry runs.
#include <boost/json.hpp>
#include <string>

#include "api/answers.h"
#include "api/dry_run_job.h"
#include "api/dry_run_question.h"
#include "api/json_text.h"
#include "api/routes/rights_access.h"
#include "api/routes/rights_routes.h"
#include "store/dry_runs.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

json::value parsed(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::parse(text);
}

json::object dry_run_json(const Context& context, const store::DryRun& dry_run) {
  const auto job = store::Jobs(context.store.database()).find(dry_run.job);
  const bool is_answered = !dry_run.answer.empty();
  const std::string_view gone = is_answered ? "done" : "failed";
  const bool has_failed = job && job->state == store::JobState::failed;
  return {{"id", dry_run.id.value},
          {"state", job ? store::to_string(job->state) : gone},
          {"progress", is_answered ? 1.0
                       : job       ? job->progress
                                   : 0.0},
          {"asked_at", to_rfc3339(dry_run.asked_at)},
          {"question", parsed(dry_run.question)},
          {"answer", parsed(dry_run.answer)},
          {"error", has_failed ? json::value(job->error) : json::value(nullptr)}};
}

Outcome create(Context& context) {
  Fields fields = Fields::of_body(context.request);
  const bool is_admin = context.principal.role == Role::admin;
  const auto may_change = [&](HolderId holder) {
    return (holder != HolderId{} || is_admin) && owner_of(context, holder).has_value();
  };
  const DryRunRequest request = read_dry_run(fields, context.store, may_change);
  for (const Licence& licence : request.change.put.licences) check(context, fields, licence);
  for (const AllowEntry& entry : request.change.put.allow_entries) check(context, fields, entry);
  fields.finish();
  store::DryRuns dry_runs(context.store.database());
  store::DryRun dry_run;
  dry_run.tenant = context.principal.tenant;
  dry_run.question = context.request.body;
  dry_run.asked_at = context.now;
  dry_run.id = dry_runs.add(dry_run);
  store::NewJob job;
  job.kind = kDryRunJob;
  job.tenant = dry_run.tenant;
  job.priority = -10;  // nobody waits for it as for a screening
  job.payload = to_text(json::object{{"dry_run", dry_run.id.value}});
  dry_run.job = store::Jobs(context.store.database()).enqueue(job, context.now);
  dry_runs.set_job(dry_run.id, dry_run.job);
  context.audit("dry_run.create", "dry_run " + std::to_string(dry_run.id.value), dry_run.tenant);
  http::Response response =
      created(dry_run_json(context, dry_run), "/v1/dry-runs/" + std::to_string(dry_run.id.value));
  response.status = 202;
  return response;
}

Outcome show(Context& context) {
  const std::int64_t id = id_in(context, "dry_run");
  const auto dry_run = store::DryRuns(context.store.database()).find(DryRunId{id});
  if (!dry_run || !context.principal.may_see(dry_run->tenant)) throw not_found("dry_run", std::to_string(id));
  return json_answer(dry_run_json(context, *dry_run));
}

}  // namespace

void add_dry_run_routes(Router& router) {
  using http::Method;
  router.add({.method = Method::post,
              .pattern = "/v1/dry-runs",
              .operation = "createDryRun",
              .roles = rights_writers(),
              .handler = create,
              .open_sink = {},
              .is_heavy = true});
  router.add({Method::get, "/v1/dry-runs/{dry_run}", "getDryRun", rights_readers(), show, {}});
}

}  // namespace reelprint::api
