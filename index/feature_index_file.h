// The feature index on disk: its lists as they are, so that opening it looks nothing up (docs/formats.md).
#pragma once

#include <filesystem>

#include "core/fingerprint.h"
#include "index/feature_index.h"

namespace reelprint::index {

/// Replaces `file` in one step; a crash leaves the old one or the new one. 40 B per feature, written piece by
/// piece. Throws Error{io}.
void save_feature_index(const FeatureIndex& index, AlgorithmId algorithm, const std::filesystem::path& file);

/// Throws Error: not_found, io, corrupt (damaged; rebuild it from the store), incompatible (another algorithm
/// or format).
[[nodiscard]] FeatureIndex load_feature_index(const std::filesystem::path& file, AlgorithmId algorithm,
                                              FeatureIndexSettings settings = {});

}  // namespace reelprint::index
