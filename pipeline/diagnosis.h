// What this machine has and what is wrong: the body of `reelprint doctor`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/progress.h"

namespace reelprint::pipeline {

struct Finding {
  std::string name;
  std::string value;
  bool is_problem = false;
};

/// Versions of what results depend on: the algorithm and the libraries.
[[nodiscard]] std::vector<Finding> library_versions();

/// Codecs, processor, disk, and the state of the data folder; what is broken is described, not thrown.
[[nodiscard]] std::vector<Finding> diagnose(const std::filesystem::path& data, Progress* progress = nullptr);

}  // namespace reelprint::pipeline
