// Removes what references and screenings were made of when nobody needs it any more.
#pragma once

#include <cstddef>
#include <filesystem>

#include "store/store.h"

namespace reelprint::pipeline {

/// Removes uploads whose screening or registration has ended, and files of the spool that are older than a
/// day and that no pending reference is to be made of: a process was killed. Returns how many files were
/// removed. Call it every minute or so.
std::size_t tidy_sources(store::Store& store, const std::filesystem::path& data);

}  // namespace reelprint::pipeline
