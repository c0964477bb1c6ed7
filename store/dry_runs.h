// Dry runs in the database: what was asked, and what came out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct DryRun {
  DryRunId id;  ///< ignored when it is added
  TenantId tenant;
  JobId job;             ///< that makes the answer; ignored when it is added
  std::string question;  ///< a JSON object
  std::string answer;    ///< a JSON object; "" before it is known; ignored when it is added
  WallTime asked_at;
};

/// The dry runs' part of Store, with its contract.
class DryRuns {
 public:
  explicit DryRuns(Database& database) : database_(database) {}

  DryRunId add(const DryRun& dry_run);
  void set_job(DryRunId id, JobId job);
  void answer(DryRunId id, std::string_view json);
  [[nodiscard]] std::optional<DryRun> find(DryRunId id);

 private:
  Database& database_;
};

}  // namespace reelprint::store
