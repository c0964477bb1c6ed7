// What a dry run is asked, as JSON.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "api/fields.h"
#include "core/clock.h"
#include "pipeline/dry_run.h"
#include "store/store.h"

namespace reelprint::api {

struct DryRunRequest {
  pipeline::RightsChange change;
  std::vector<HolderId> holders;  ///< whose record would change; zero: everybody's
  std::optional<WallTime> from;   ///< screened at or after
  std::optional<WallTime> until;  ///< screened before
  std::size_t most_screenings = 1000;
};

/// Of a body like {"changes": {"licences": [...], "policies": [...], "allow_entries": [...], "remove":
/// {"licences": [5], ...}}, "from": ..., "until": ..., "most_screenings": 1000}. What has an id replaces what
/// is stored under it, member by member. What is wrong is noted, also what is of a holder that `may_change`
/// does not know.
[[nodiscard]] DryRunRequest read_dry_run(Fields& fields, store::Store& store,
                                         const std::function<bool(HolderId)>& may_change);

}  // namespace reelprint::api
