// A consistent copy of a database that others go on changing.
#pragma once

#include <filesystem>

#include "store/sqlite.h"

namespace reelprint::store {

/// Writes the database's state of this moment to `file`, which must not exist, without the space that was
/// deleted; on the disk when it returns. Not inside a transaction. Throws Error{io}.
void back_up(Database& database, const std::filesystem::path& file);

}  // namespace reelprint::store
