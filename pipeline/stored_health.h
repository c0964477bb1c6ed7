// The health of a reference as store and index have it.
#pragma once

#include <optional>

#include "pipeline/live_catalog.h"
#include "pipeline/reference_health.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Nothing when the reference has no fingerprint, or one of another algorithm.
[[nodiscard]] std::optional<ReferenceHealth> health_of(const store::Store& store, const ReferenceEntry& entry,
                                                       const CatalogSnapshot& catalog);

}  // namespace reelprint::pipeline
