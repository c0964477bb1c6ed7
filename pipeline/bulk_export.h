// Bundles of many cases in one run, which goes on where an earlier one was interrupted.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/progress.h"
#include "pipeline/case_export.h"
#include "store/cases.h"

namespace reelprint::pipeline {

enum class BulkOutcome : std::uint8_t { made, skipped, failed };

/// Why a bundle was made.
enum class BulkCause : std::uint8_t {
  first,           ///< the folder has none of it yet, or none that was finished
  case_changed,    ///< something happened to the case since
  other_settings,  ///< it was made with others, or by another version
  damaged,         ///< the file is not what was written
};

[[nodiscard]] std::string_view to_string(BulkCause cause);

/// What became of one case.
struct BulkBundle {
  CaseId in_case{};
  std::filesystem::path file{};
  BulkOutcome outcome = BulkOutcome::made;
  BulkCause cause = BulkCause::first;  ///< of one that was made or failed
  std::uint64_t bytes = 0;             ///< of one that was made, and below
  Sha256 sha256{};
  std::string error_code{};  ///< of a failed one, and below
  std::string error{};
};

struct BulkExport {
  store::CaseFilter cases{};
  CaseExportSettings each{};  ///< its recorded time is ignored: each has its own
  std::filesystem::path folder{};
  std::string actor{};           ///< who exports
  std::size_t jobs = 1;          ///< bundles made at once
  Progress* progress = nullptr;  ///< may be null
};

struct BulkCounts {
  std::size_t made = 0;
  std::size_t skipped = 0;
  std::size_t failed = 0;
};

/// "case-12.en.zip", "case-12.en-zh.zip": the name says what makes bundles of one case differ to a reader.
[[nodiscard]] std::string bulk_name_of(CaseId id, const std::vector<evidence::ReportLanguage>& languages);

/// Writes a bundle for every case of the filter, the oldest first, into the folder, which is made. One that
/// the folder's journal knows (bulk_journal.h), whose bytes are what was written and whose case has not
/// changed since is skipped; every other one is made, or made again. What fails is told, and the next case
/// follows. `tell` is called in the order of the cases, from this thread. Throws Error: cancelled; not_found
/// when no key signs; busy when another run writes to the folder; io when there is no folder to be had.
BulkCounts export_cases(const BulkExport& wanted, const CaseExportTools& tools, const Clock& clock,
                        const std::function<void(const BulkBundle&)>& tell, const std::stop_token& stop = {});

}  // namespace reelprint::pipeline
