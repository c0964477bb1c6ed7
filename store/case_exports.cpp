#include "store/case_exports.h"

#include <limits>

#include "store/case_exports_statements.h"
#include "store/columns.h"

namespace reelprint::store {
namespace {

using namespace statements;

CaseExport export_in(const Statement& row) {
  const auto state = export_state_of(row.text(5));
  if (!state) row.refuse(ErrorCode::corrupt, "an export's state has no meaning");
  CaseExport one;
  one.id = CaseExportId{row.integer(0)};
  one.in_case = CaseId{row.integer(1)};
  one.run = CaseExportId{row.integer(2)};
  one.tenant = TenantId{row.integer(3)};
  one.language = row.text(4);
  one.state = *state;
  one.job = JobId{row.integer(6)};
  one.asked_by = row.text(7);
  one.asked_at = wall_time_in(row, 8);
  one.made_at = wall_time_in(row, 9);
  one.file = row.text(10);
  one.bytes = row.integer<std::uint64_t>(11);
  one.digest = sha256_in(row, 12);
  one.error_code = row.text(13);
  one.error = row.text(14);
  return one;
}

}  // namespace

std::string_view to_string(ExportState state) {
  switch (state) {
    case ExportState::queued: return "queued";
    case ExportState::done: return "done";
    case ExportState::failed: return "failed";
  }
  return "unknown";
}

std::optional<ExportState> export_state_of(std::string_view name) {
  for (const ExportState state : {ExportState::queued, ExportState::done, ExportState::failed})
    if (name == to_string(state)) return state;
  return std::nullopt;
}

CaseExportId CaseExports::add(const CaseExport& wanted) {
  database_.run(kInsertCaseExport, wanted.in_case.value, wanted.run.value, wanted.tenant.value,
                wanted.language, wanted.asked_by, microseconds_of(wanted.asked_at));
  const CaseExportId id{database_.last_key()};
  database_.run(kExportIsAlone, id.value);
  return id;
}

void CaseExports::set_job(CaseExportId id, JobId job) {
  database_.run(kGiveExportItsJob, id.value, job.value);
}

std::optional<CaseExport> CaseExports::find(CaseExportId id) {
  const std::string sql = std::string(kExportColumns).append(kExportById);
  Statement row = database_.statement({"read an export", sql}, id.value);
  if (!row.step()) return std::nullopt;
  return export_in(row);
}

std::vector<CaseExport> CaseExports::list(const ExportFilter& filter, CaseExportId before,
                                          std::size_t limit) {
  std::string sql = std::string(kExportColumns).append(kExportsBefore);
  if (filter.tenant != TenantId{}) sql += kExportsOfTenant;
  if (filter.in_case != CaseId{}) sql += kExportsOfCase;
  if (filter.run != CaseExportId{}) sql += kExportsOfRun;
  sql += kExportsOrder;
  Statement row = database_.statement({"list the exports", sql});
  row.bind(1, before.value == 0 ? std::numeric_limits<std::int64_t>::max() : before.value);
  row.bind(2, limit);
  if (filter.tenant != TenantId{}) row.bind(3, filter.tenant.value);
  if (filter.in_case != CaseId{}) row.bind(4, filter.in_case.value);
  if (filter.run != CaseExportId{}) row.bind(5, filter.run.value);
  std::vector<CaseExport> exports;
  while (row.step()) exports.push_back(export_in(row));
  return exports;
}

ExportCounts CaseExports::counts_of(CaseExportId run) {
  Statement row = database_.statement(kCountExports, run.value);
  if (!row.step()) return {};
  return {row.integer<std::size_t>(0), row.integer<std::size_t>(1), row.integer<std::size_t>(2)};
}

bool CaseExports::finish(CaseExportId id, const CaseExport& made) {
  return database_.run(kFinishExport, id.value, microseconds_of(made.made_at), made.file, made.bytes,
                       bytes_of(made.digest)) > 0;
}

bool CaseExports::fail(CaseExportId id, std::string_view error_code, std::string_view error) {
  return database_.run(kFailExport, id.value, error_code, error) > 0;
}

std::vector<CaseExport> CaseExports::made_before(WallTime before, std::size_t limit) {
  const std::string sql = std::string(kExportColumns).append(kExportsMadeBefore);
  Statement row = database_.statement({"list old exports", sql}, microseconds_of(before), limit);
  std::vector<CaseExport> exports;
  while (row.step()) exports.push_back(export_in(row));
  return exports;
}

void CaseExports::forget_file(CaseExportId id) {
  database_.run(kForgetExportFile, id.value);
}

}  // namespace reelprint::store
