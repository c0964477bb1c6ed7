// The tables, version by version.
#pragma once

#include <cstdint>
#include <span>

#include "store/sqlite.h"

namespace reelprint::store {

/// "RPRT": tells our files from other SQLite databases (the header field `application_id`).
inline constexpr std::int64_t kApplicationId = 0x52505254;

/// migrations()[n] takes a database from version n to n + 1, `PRAGMA user_version` included.
[[nodiscard]] std::span<const StatementText> migrations();

/// Brings the database to the newest version in `steps`, each step one transaction; any number of processes
/// may do so at once. Throws Error{incompatible} when it belongs to another program or to a newer version of
/// this one, and leaves it untouched then.
void bring_up_to_date(Database& database, std::span<const StatementText> steps);

}  // namespace reelprint::store
