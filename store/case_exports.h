// Bundles of cases that were asked for, in the database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

enum class ExportState : std::uint8_t { queued, done, failed };

[[nodiscard]] std::string_view to_string(ExportState state);
[[nodiscard]] std::optional<ExportState> export_state_of(std::string_view name);

struct CaseExport {
  CaseExportId id{};
  CaseId in_case{};
  CaseExportId run{};  ///< the first export of the run that it belongs to; itself when it is alone
  TenantId tenant{};   ///< of the case
  std::string language = "en";
  ExportState state = ExportState::queued;
  JobId job{};
  std::string asked_by{};
  WallTime asked_at{};
  WallTime made_at{};  ///< zero: not yet
  std::string file{};  ///< name in the folder of exports; "": there is none (any more)
  std::uint64_t bytes = 0;
  Sha256 digest{};
  std::string error_code{};
  std::string error{};

  friend bool operator==(const CaseExport&, const CaseExport&) = default;
};

struct ExportFilter {
  TenantId tenant{};
  CaseId in_case{};
  CaseExportId run{};
};

struct ExportCounts {
  std::size_t queued = 0;
  std::size_t done = 0;
  std::size_t failed = 0;
};

/// The exports' part of Store, with its contract.
class CaseExports {
 public:
  explicit CaseExports(Database& database) : database_(database) {}

  /// A queued one; a run of zero: alone.
  CaseExportId add(const CaseExport& wanted);
  void set_job(CaseExportId id, JobId job);
  [[nodiscard]] std::optional<CaseExport> find(CaseExportId id);
  /// At most `limit` with a smaller id than `before` (zero: the newest), the newest first.
  [[nodiscard]] std::vector<CaseExport> list(const ExportFilter& filter, CaseExportId before,
                                             std::size_t limit);
  [[nodiscard]] ExportCounts counts_of(CaseExportId run);
  /// `made` has file, bytes, digest and made_at. False when it is not queued.
  bool finish(CaseExportId id, const CaseExport& made);
  bool fail(CaseExportId id, std::string_view error_code, std::string_view error);
  /// At most `limit` that have a file and were made before `before`.
  [[nodiscard]] std::vector<CaseExport> made_before(WallTime before, std::size_t limit);
  void forget_file(CaseExportId id);

 private:
  Database& database_;
};

}  // namespace reelprint::store
