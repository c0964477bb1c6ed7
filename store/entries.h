// Rows of a catalog listing.
#pragma once

#include "core/catalog.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// From a row of statements::kEntries.
[[nodiscard]] ReferenceEntry entry_in(const Statement& row);

}  // namespace reelprint::store
