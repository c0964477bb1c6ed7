#include "api/routes/job_routes.h"

#include "api/answers.h"
#include "api/webhook_json.h"
#include "store/jobs.h"

namespace reelprint::api {
namespace {

using store::Job;
using store::Jobs;
using store::JobState;

/// The text of an error may name files of the server: it is for those who run it.
bool may_see_errors(const Principal& principal) {
  return principal.tenant == TenantId{};
}

boost::json::value error_of(const Job& job, bool with_text) {
  if (job.error_code.empty()) return nullptr;
  boost::json::object error{{"code", job.error_code}};
  if (with_text) error["detail"] = job.error;
  return error;
}

boost::json::object to_json(const Job& job, const Principal& principal) {
  return {{"id", job.id.value},
          {"kind", job.what.kind},
          {"tenant", job.what.tenant.value},
          {"state", to_string(job.state)},
          {"priority", job.what.priority},
          {"progress", job.progress},
          {"attempts", job.attempts},
          {"most_attempts", job.what.most_attempts},
          {"error", error_of(job, may_see_errors(principal))},
          {"not_before", time_or_null(job.what.not_before)},
          {"queued_at", time_or_null(job.queued_at)},
          {"started_at", time_or_null(job.started_at)},
          {"ended_at", time_or_null(job.ended_at)}};
}

std::optional<JobState> state_in(const http::Request& request) {
  const auto name = request.query_value("state");
  if (!name) return std::nullopt;
  const auto state = store::job_state_of(*name);
  if (!state) {
    const std::string reason = "must be queued, running, done, failed or cancelled";
    throw http::Problem(400, "invalid-parameter", "A query parameter is not valid", "state " + reason,
                        {{"state", reason}});
  }
  return state;
}

Outcome list_jobs(Context& context) {
  const Page page = page_of(context.request);
  const auto jobs =
      Jobs(context.store.database())
          .list(context.principal.tenant, state_in(context.request), JobId{page.after}, page.limit + 1);
  return page_answer(
      page, jobs, [&](const Job& job) { return to_json(job, context.principal); },
      [](const Job& job) { return job.id.value; });
}

Job job_in(Context& context) {
  auto job = Jobs(context.store.database()).find(JobId{id_in(context, "job")});
  if (!job || !context.principal.may_see(job->what.tenant)) {
    throw not_found("job", context.request.params.at("job"));
  }
  return *std::move(job);
}

Outcome get_job(Context& context) {
  return json_answer(to_json(job_in(context), context.principal));
}

/// Notes the change and lets what hangs on the job follow it.
Outcome answer_changed(Context& context, const Job& before, const char* action,
                       const Backend::FollowJob& follow) {
  const Job job = Jobs(context.store.database()).find(before.id).value_or(before);
  if (follow) follow(context.store, job, context.now);
  context.audit(action, "job " + std::to_string(job.id.value), job.what.tenant);
  return json_answer(to_json(job, context.principal));
}

Outcome cancel_job(Context& context, const Backend::FollowJob& follow) {
  const Job job = job_in(context);
  if (!Jobs(context.store.database()).cancel(job.id, context.now)) {
    throw conflict("the job has ended already: it is " + std::string(to_string(job.state)));
  }
  return answer_changed(context, job, "job.cancel", follow);
}

Outcome retry_job(Context& context, const Backend::FollowJob& follow) {
  const Job job = job_in(context);
  if (!Jobs(context.store.database()).retry(job.id, context.now)) {
    throw conflict("only a failed or cancelled job can be tried again; it is " +
                   std::string(to_string(job.state)));
  }
  return answer_changed(context, job, "job.retry", follow);
}

}  // namespace

void add_job_routes(Router& router, const Backend& backend) {
  using http::Method;
  const std::vector<Role> readers{Role::admin, Role::holder, Role::platform, Role::legal, Role::auditor};
  const Backend::FollowJob follow = backend.follow_job;
  router.add({.method = Method::get,
              .pattern = "/v1/jobs",
              .operation = "listJobs",
              .roles = readers,
              .handler = list_jobs,
              .parameters = {"state", "limit", "cursor"}});
  router.add({Method::get, "/v1/jobs/{job}", "getJob", readers, get_job});
  router.add({.method = Method::post,
              .pattern = "/v1/jobs/{job}/cancellation",
              .operation = "cancelJob",
              .roles = {Role::admin, Role::holder, Role::platform},
              .handler = [follow](Context& context) { return cancel_job(context, follow); }});
  router.add({.method = Method::post,
              .pattern = "/v1/jobs/{job}/retry",
              .operation = "retryJob",
              .roles = {Role::admin},
              .handler = [follow](Context& context) { return retry_job(context, follow); }});
}

}  // namespace reelprint::api
