// The job behind "make this case's bundle", one a case: hundreds are a run, resumed where it was.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "pipeline/case_export.h"
#include "pipeline/job_runner.h"
#include "store/case_exports.h"
#include "store/store.h"

namespace reelprint::pipeline {

inline constexpr std::string_view kCaseExportJob = "export_case";

struct MadeBundle {
  std::uint64_t bytes = 0;
  Sha256 digest{};  ///< of the file
};

/// Writes the bundle of a case, as asked by somebody at a time, into `file`, which is replaced; notes it in
/// audit log and history. May be done again for the same request. Throws Error.
using MakeBundle = std::function<MadeBundle(store::Store& store, const store::CaseExport& wanted,
                                            const std::filesystem::path& file, const std::stop_token& stop)>;

/// By export_case, in the language that is wanted, at the time it was asked for; languages and time of the
/// settings are ignored. What the tools refer to must outlive it.
[[nodiscard]] MakeBundle bundle_maker(CaseExportTools tools, CaseExportSettings settings);

/// Handlers keep a copy; what it refers to must outlive them.
struct CaseExportJobTools {
  std::filesystem::path folder;  ///< of the finished bundles
  const Clock& clock;
  MakeBundle make;  ///< none: every export fails, and says so
};

/// Makes the bundle; it is done, and told of ("case.exported"), in one transaction.
[[nodiscard]] JobHandler case_export_handler(const CaseExportJobTools& tools);
/// The export has failed.
[[nodiscard]] FailureHandler case_export_failure_handler();

/// Adds the export and its job. Inside a transaction.
CaseExportId enqueue_case_export(store::Store& store, const store::CaseExport& wanted, WallTime now);

/// Where a data folder has its bundles.
[[nodiscard]] std::filesystem::path case_export_folder(const std::filesystem::path& data);
/// Removes bundles that were made longer ago; returns how many. Call it every minute or so.
std::size_t tidy_case_exports(store::Store& store, const std::filesystem::path& folder, WallTime made_before);

}  // namespace reelprint::pipeline
