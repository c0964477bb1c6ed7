// The folder that holds the database.
#pragma once

#include <filesystem>

namespace reelprint::store {

/// Makes `folder` and what is missing above it; their names are on the disk when it returns. Any number of
/// processes may do so at once. Throws Error{io}.
void make_folder(const std::filesystem::path& folder);

/// Throws Error{io} unless files can be made in `folder`: SQLite needs its log beside the database, and says
/// less clearly what is wrong.
void expect_writable(const std::filesystem::path& folder);

}  // namespace reelprint::store
