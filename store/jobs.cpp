#include "store/jobs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "store/columns.h"
#include "store/jobs_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::array<std::string_view, 5> kStateNames{"queued", "running", "done", "failed", "cancelled"};

JobState state_in(const Statement& row, int column) {
  const auto state = job_state_of(row.text(column));
  if (!state) row.refuse(ErrorCode::corrupt, "a job's state is unknown");
  return *state;
}

Job job_in(const Statement& row) {
  Job job;
  job.id = JobId{row.integer(0)};
  job.what.kind = row.text(1);
  job.what.tenant = TenantId{row.integer(2)};
  job.what.priority = row.integer<int>(3);
  job.what.payload = row.text(4);
  job.what.not_before = wall_time_in(row, 5);
  job.what.most_attempts = row.integer<int>(6);
  job.state = state_in(row, 7);
  job.attempts = row.integer<int>(8);
  job.worker = row.text(9);
  job.leased_until = wall_time_in(row, 10);
  job.progress = row.real(11);
  job.error_code = row.text(12);
  job.error = row.text(13);
  job.queued_at = wall_time_in(row, 14);
  job.started_at = wall_time_in(row, 15);
  job.ended_at = wall_time_in(row, 16);
  return job;
}

std::string select(std::string_view condition) {
  return std::string(kSelectJobs).append(condition);
}

std::vector<Job> jobs_in(Statement row) {
  std::vector<Job> jobs;
  while (row.step()) jobs.push_back(job_in(row));
  return jobs;
}

struct Next {
  std::int64_t id = 0;
  int priority = 0;
};

/// Of one kind.
std::optional<Next> next_of(Database& database, std::string_view kind) {
  Statement row = database.statement(kNextJob, kind);
  if (!row.step()) return std::nullopt;
  return Next{row.integer(0), row.integer<int>(1)};
}

bool is_sooner(const Next& a, const Next& b) {
  return a.priority != b.priority ? a.priority > b.priority : a.id < b.id;
}

bool is_work_for(Database& database, std::span<const std::string_view> kinds, WallTime now) {
  return std::ranges::any_of(kinds, [&](std::string_view kind) {
    Statement row = database.statement(kLookForJobs, kind, microseconds_of(now));
    return row.step() && row.flag(0);
  });
}

}  // namespace

std::string_view to_string(JobState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

std::optional<JobState> job_state_of(std::string_view name) {
  const auto found = std::ranges::find(kStateNames, name);
  if (found == kStateNames.end()) return std::nullopt;
  return static_cast<JobState>(found - kStateNames.begin());
}

JobId Jobs::enqueue(const NewJob& job, WallTime now) {
  if (job.kind.empty() || job.priority < -100 || job.priority > 100 || job.most_attempts < 1) {
    throw Error(ErrorCode::invalid_input, "queue a job of kind '" + job.kind +
                                              "': it needs a kind, a priority from -100 to 100 and at "
                                              "least one attempt");
  }
  database_.run(kInsertJob, job.kind, job.tenant.value, job.priority, job.payload,
                microseconds_of(job.not_before), job.most_attempts, microseconds_of(now));
  return JobId{database_.last_key()};
}

std::vector<Job> Jobs::recover(std::span<const std::string_view> kinds, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  std::vector<JobId> ids;
  for (const std::string_view kind : kinds) {
    database_.run(kReadyJobs, kind, microseconds_of(now));
    database_.run(kRequeueJobs, kind, microseconds_of(now));
    Statement row = database_.statement(kSetAbandonedJobAside, kind, microseconds_of(now));
    while (row.step()) ids.push_back(JobId{row.integer(0)});
  }
  std::vector<Job> set_aside;
  for (const JobId id : ids) {
    if (auto job = find(id)) set_aside.push_back(std::move(*job));
  }
  change.commit();
  return set_aside;
}

bool Jobs::has_work(std::span<const std::string_view> kinds, WallTime now) {
  return is_work_for(database_, kinds, now);
}

std::optional<Job> Jobs::take(std::span<const std::string_view> kinds, const Lease& lease, WallTime now) {
  if (!is_work_for(database_, kinds, now)) return std::nullopt;
  Transaction change(database_, Transaction::Kind::write);
  static_cast<void>(recover(kinds, now));
  std::optional<Next> chosen;
  for (const std::string_view kind : kinds) {
    const auto next = next_of(database_, kind);
    if (next && (!chosen || is_sooner(*next, *chosen))) chosen = next;
  }
  std::optional<Job> job;
  if (chosen) {
    database_.run(kTakeJob, chosen->id, lease.worker, microseconds_of(now + lease.length),
                  microseconds_of(now));
    job = find(JobId{chosen->id});
  }
  change.commit();
  return job;
}

bool Jobs::heartbeat(JobId id, const Lease& lease, double progress, WallTime now) {
  const double shown = std::isnan(progress) ? 0.0 : std::clamp(progress, 0.0, 1.0);
  return database_.run(kHoldJob, id.value, lease.worker, microseconds_of(now + lease.length), shown) == 1;
}

bool Jobs::finish(JobId id, std::string_view worker, WallTime now) {
  return database_.run(kFinishJob, id.value, worker, microseconds_of(now)) == 1;
}

std::optional<JobState> Jobs::fail(JobId id, std::string_view worker, std::string_view error_code,
                                   std::string_view error, std::optional<WallTime> retry_at, WallTime now) {
  const std::int64_t retry_at_us =
      retry_at ? std::max<std::int64_t>(microseconds_of(*retry_at), 0) : std::int64_t{-1};
  Statement row =
      database_.statement(kFailJob, id.value, worker, error_code, error, retry_at_us, microseconds_of(now));
  std::optional<JobState> state;
  while (row.step()) state = state_in(row, 0);
  return state;
}

void Jobs::hand_back(JobId id, std::string_view worker, WallTime) {
  database_.run(kHandBackJob, id.value, worker);
}

bool Jobs::cancel(JobId id, WallTime now) {
  return database_.run(kCancelJob, id.value, microseconds_of(now)) == 1;
}

bool Jobs::retry(JobId id, WallTime now) {
  return database_.run(kRetryJob, id.value, microseconds_of(now)) == 1;
}

std::optional<Job> Jobs::find(JobId id) {
  const std::string sql = select(kJobOfId);
  Statement row = database_.statement({"read a job", sql}, id.value);
  if (!row.step()) return std::nullopt;
  return job_in(row);
}

std::vector<Job> Jobs::list(TenantId tenant, std::optional<JobState> state, JobId before, std::size_t limit) {
  constexpr std::string_view kPurpose = "list jobs";
  const std::int64_t last = before == JobId{} ? std::numeric_limits<std::int64_t>::max() : before.value;
  if (tenant == TenantId{} && !state) {
    return jobs_in(database_.statement({kPurpose, select(kAllJobs)}, last, limit));
  }
  if (!state) {
    return jobs_in(database_.statement({kPurpose, select(kJobsOfTenant)}, last, limit, tenant.value));
  }
  const std::string_view name = to_string(*state);
  if (tenant == TenantId{}) {
    return jobs_in(database_.statement({kPurpose, select(kJobsOfState)}, last, limit, name));
  }
  return jobs_in(
      database_.statement({kPurpose, select(kJobsOfTenantAndState)}, last, limit, tenant.value, name));
}

std::vector<QueueCount> Jobs::counts() {
  Statement row = database_.statement(kCountJobs);
  std::vector<QueueCount> counts;
  while (row.step()) counts.push_back({row.text(0), state_in(row, 1), row.integer<std::size_t>(2)});
  return counts;
}

std::size_t Jobs::forget_ended(WallTime before) {
  return database_.run(kForgetEndedJobs, microseconds_of(before));
}

}  // namespace reelprint::store
