// How the legal team works, in the database: one set of rules for whoever opens the folder.
#pragma once

#include "core/case_rules.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// The defaults, version 1, until somebody puts others.
[[nodiscard]] CaseRules case_rules(Database& database);
/// Its version is ignored: it grows by one.
void put_case_rules(Database& database, const CaseRules& rules);

}  // namespace reelprint::store
