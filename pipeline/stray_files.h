// Files that nobody refers to: a process was killed before it could note them, or remove them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>

namespace reelprint::pipeline {

/// Removes the files directly in `folder` that are older than a day, longer than any upload takes, and not
/// wanted; what cannot be removed stays. Returns how many went.
std::size_t remove_strays(const std::filesystem::path& folder,
                          const std::function<bool(const std::filesystem::path&)>& is_wanted);

}  // namespace reelprint::pipeline
