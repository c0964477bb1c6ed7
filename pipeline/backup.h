// A copy of a data folder from which it can be made again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>

namespace reelprint::pipeline {

struct BackupReport {
  std::uint64_t database_bytes = 0;
  std::size_t uploads = 0;  ///< files that jobs still need
};

/// Makes the folder `backup`, which must not exist, with the database of `data` and its uploads: consistent
/// while a service uses them. The index is left out: it is made again from the database. Either the whole
/// folder is there at the end, or nothing. Throws Error: invalid_input when `backup` is there, io, and what a
/// store throws.
BackupReport back_up(const std::filesystem::path& data, const std::filesystem::path& backup);

/// Makes `data` what it was. The copy is checked and brought up to date before anything is replaced. Throws
/// Error: not_found, corrupt, io; invalid_input when `data` has a database and `overwrites` is not set. No
/// service may run on `data`.
BackupReport restore(const std::filesystem::path& backup, const std::filesystem::path& data, bool overwrites);

}  // namespace reelprint::pipeline
