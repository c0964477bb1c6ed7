#include "store/dry_runs.h"

#include "store/columns.h"
#include "store/rights_statements.h"

namespace reelprint::store {

using namespace statements;

DryRunId DryRuns::add(const DryRun& dry_run) {
  database_.run(kInsertDryRun, dry_run.tenant.value, dry_run.question, microseconds_of(dry_run.asked_at));
  return DryRunId{database_.last_key()};
}

void DryRuns::set_job(DryRunId id, JobId job) {
  database_.run(kSetDryRunJob, id.value, job.value);
}

void DryRuns::answer(DryRunId id, std::string_view json) {
  database_.run(kAnswerDryRun, id.value, json);
}

std::optional<DryRun> DryRuns::find(DryRunId id) {
  Statement row = database_.statement(kReadDryRun, id.value);
  if (!row.step()) return std::nullopt;
  return DryRun{
      DryRunId{row.integer(0)}, TenantId{row.integer(1)}, JobId{row.integer(2)}, row.text(3), row.text(4),
      wall_time_in(row, 5)};
}

}  // namespace reelprint::store
