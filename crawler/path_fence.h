// Which paths a program of others may see: landlock's rules, made here and put on by the program's process.
#pragma once

#include <filesystem>
#include <vector>

#include "core/descriptor.h"

namespace reelprint::crawler {

struct VisiblePaths {
  std::vector<std::filesystem::path>
      readable{};  ///< and executable, with all below; missing ones are left out
  std::vector<std::filesystem::path> writable{};  ///< likewise, and to be changed
};

/// A ruleset of landlock; nothing where the kernel has none. Besides `paths`, nothing may be seen, but for
/// /dev/null, which may be written. The other processes' memory and environment are out of reach as well.
[[nodiscard]] Descriptor path_fence(const VisiblePaths& paths);

/// Puts it on for good: on this process and all that it starts. Safe between fork and exec. Needs
/// no_new_privs. Whether it did.
bool enter_path_fence(const Descriptor& fence) noexcept;

}  // namespace reelprint::crawler
