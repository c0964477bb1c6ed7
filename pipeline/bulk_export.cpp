#include "pipeline/bulk_export.h"

#include <algorithm>
#include <system_error>

#include "pipeline/evidence_keys.h"

namespace reelprint::pipeline {
namespace {

constexpr std::size_t kPage = 500;

/// The oldest first.
std::vector<CaseId> ids_of(store::Store& store, const store::CaseFilter& filter) {
  std::vector<CaseId> ids;
  store::Cases cases(store.database());
  for (CaseId before;;) {
    const auto page = cases.list(filter, before, kPage);
    for (const LegalCase& one : page) ids.push_back(one.id);
    if (page.size() < kPage) break;
    before = page.back().id;
  }
  std::ranges::reverse(ids);
  return ids;
}

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Error(ErrorCode::io, "make folder '" + folder.string() + "': " + error.message());
}

void fail(BulkBundle& bundle, std::string_view code, const char* why) {
  bundle.outcome = BulkOutcome::failed;
  bundle.error_code = code;
  bundle.error = why;
}

BulkBundle make(store::Store& store, CaseId id, const BulkExport& wanted, const CaseExportTools& tools,
                WallTime now, const std::stop_token& stop) {
  BulkBundle bundle;
  bundle.in_case = id;
  bundle.file = wanted.folder / bulk_name_of(id, wanted.each.languages);
  std::error_code ignored;
  if (std::filesystem::is_regular_file(bundle.file, ignored)) {
    bundle.outcome = BulkOutcome::skipped;
    return bundle;
  }
  CaseExportSettings settings = wanted.each;
  settings.made_at = now;
  try {
    const auto written = export_case(store, id, settings, tools, {wanted.actor, "", now}, bundle.file, stop);
    bundle.bytes = written.bytes;
    bundle.sha256 = written.sha256;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::cancelled) throw;
    fail(bundle, to_string(error.code()), error.what());
  } catch (const std::filesystem::filesystem_error& error) {
    fail(bundle, to_string(ErrorCode::io), error.what());
  }
  return bundle;
}

void count(BulkCounts& counts, BulkOutcome outcome) {
  switch (outcome) {
    case BulkOutcome::made: ++counts.made; break;
    case BulkOutcome::skipped: ++counts.skipped; break;
    case BulkOutcome::failed: ++counts.failed; break;
  }
}

}  // namespace

std::string bulk_name_of(CaseId id, const std::vector<evidence::ReportLanguage>& languages) {
  std::string name = "case-" + std::to_string(id.value);
  for (const evidence::ReportLanguage language : languages) {
    name += language == languages.front() ? '.' : '-';
    name += evidence::to_string(language);
  }
  return name + ".zip";
}

BulkCounts export_cases(store::Store& store, const BulkExport& wanted, const CaseExportTools& tools,
                        const Clock& clock, const std::function<void(const BulkBundle&)>& tell,
                        const std::stop_token& stop) {
  (void)evidence_key_in_use(store, tools.data);  // without one, each of the cases would fail
  make_folder(wanted.folder);
  const std::vector<CaseId> ids = ids_of(store, wanted.cases);
  BulkCounts counts;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "export cases: stopped on request");
    if (wanted.progress != nullptr) {
      wanted.progress->report("exporting", static_cast<double>(i), static_cast<double>(ids.size()),
                              "case " + std::to_string(ids[i].value));
    }
    const BulkBundle bundle = make(store, ids[i], wanted, tools, clock.now(), stop);
    count(counts, bundle.outcome);
    tell(bundle);
  }
  return counts;
}

}  // namespace reelprint::pipeline
