#include "pipeline/bulk_export.h"

#include <algorithm>
#include <mutex>
#include <system_error>

#include "fingerprint/sha256.h"
#include "pipeline/bulk_journal.h"
#include "pipeline/evidence_keys.h"
#include "pipeline/ordered_work.h"
#include "pipeline/store_pool.h"

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

std::string settings_of(const BulkExport& wanted, const CaseExportTools& tools) {
  std::string settings = tools.tool_version + (wanted.each.with_media ? " with media" : "");
  if (!wanted.each.authority.empty()) settings += " " + wanted.each.authority;
  std::ranges::replace_if(
      settings, [](unsigned char c) { return c < 0x20; }, ' ');
  return settings;
}

/// The run: what it shares among its threads.
class BulkRun {
 public:
  BulkRun(const BulkExport& wanted, const CaseExportTools& tools, const Clock& clock,
          const std::stop_token& stop)
      : wanted_(wanted), tools_(tools), clock_(clock), stop_(stop), settings_(settings_of(wanted, tools)) {}

  /// Thread-safe.
  [[nodiscard]] BulkBundle make(store::Store& store, CaseId id) {
    BulkBundle bundle;
    bundle.in_case = id;
    bundle.file = wanted_.folder / bulk_name_of(id, wanted_.each.languages);
    try {
      const std::int64_t last_change = store::Cases(store.database()).last_change(id);
      const auto cause = why_made(bundle, last_change);
      bundle.outcome = cause ? BulkOutcome::made : BulkOutcome::skipped;
      if (!cause) return bundle;
      bundle.cause = *cause;
      write(store, bundle, last_change);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled) throw;
      fail(bundle, to_string(error.code()), error.what());
    } catch (const std::filesystem::filesystem_error& error) {
      fail(bundle, to_string(ErrorCode::io), error.what());
    }
    return bundle;
  }

 private:
  /// Nothing when the file is what it should be.
  [[nodiscard]] std::optional<BulkCause> why_made(const BulkBundle& bundle, std::int64_t last_change) {
    const auto known = [&] {
      const std::scoped_lock lock(mutex_);
      return journal_.find(bundle.in_case, bundle.file.filename().string());
    }();
    if (!known) return BulkCause::first;
    if (known->settings != settings_) return BulkCause::other_settings;
    if (known->last_change != last_change) return BulkCause::case_changed;
    std::error_code error;
    const auto bytes = std::filesystem::file_size(bundle.file, error);
    if (error || bytes != known->bytes) return BulkCause::damaged;
    if (to_hex(fingerprint::sha256_of_file(bundle.file, stop_)) != known->sha256) return BulkCause::damaged;
    return std::nullopt;
  }

  void write(store::Store& store, BulkBundle& bundle, std::int64_t last_change) {
    const WallTime now = clock_.now();
    CaseExportSettings settings = wanted_.each;
    settings.made_at = now;
    const auto written =
        export_case(store, bundle.in_case, settings, tools_, {wanted_.actor, "", now}, bundle.file, stop_);
    bundle.bytes = written.bytes;
    bundle.sha256 = written.sha256;
    const std::scoped_lock lock(mutex_);
    journal_.add({bundle.in_case, bundle.file.filename().string(), written.bytes, to_hex(written.sha256),
                  last_change, settings_});
  }

  const BulkExport& wanted_;
  const CaseExportTools& tools_;
  const Clock& clock_;
  const std::stop_token& stop_;
  const std::string settings_;
  std::mutex mutex_;  // guards journal_
  BulkJournal journal_{wanted_.folder};
};

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

std::string_view to_string(BulkCause cause) {
  switch (cause) {
    case BulkCause::first: return "first";
    case BulkCause::case_changed: return "case_changed";
    case BulkCause::other_settings: return "other_settings";
    case BulkCause::damaged: return "damaged";
  }
  return "unknown";
}

BulkCounts export_cases(const BulkExport& wanted, const CaseExportTools& tools, const Clock& clock,
                        const std::function<void(const BulkBundle&)>& tell, const std::stop_token& stop) {
  StorePool stores(tools.data);
  const std::vector<CaseId> ids = [&] {
    const auto store = stores.lease();
    (void)evidence_key_in_use(*store, tools.data);  // without one, each of the cases would fail
    return ids_of(*store, wanted.cases);
  }();
  make_folder(wanted.folder);
  BulkRun run(wanted, tools, clock, stop);
  BulkCounts counts;
  work_in_order<BulkBundle>(
      ids.size(), wanted.jobs,
      [&](std::size_t i) {
        const auto store = stores.lease();
        return run.make(*store, ids[i]);
      },
      [&](std::size_t i, const BulkBundle& bundle) {
        count(counts, bundle.outcome);
        tell(bundle);
        if (wanted.progress == nullptr) return;
        wanted.progress->report("exporting", static_cast<double>(i + 1), static_cast<double>(ids.size()),
                                "case " + std::to_string(bundle.in_case.value));
      },
      stop);
  if (stop.stop_requested()) throw Error(ErrorCode::cancelled, "export cases: stopped on request");
  return counts;
}

}  // namespace reelprint::pipeline
