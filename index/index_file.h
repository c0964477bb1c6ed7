// The index on disk: a copy of what the store knows, so that opening it needs no decoding (docs/formats.md).
#pragma once

#include <filesystem>

#include "core/fingerprint.h"
#include "index/frame_index.h"

namespace reelprint::index {

/// Replaces `file` in one step; a crash leaves the old one or the new one. Throws Error{io}.
void save_index(const FrameIndex& index, AlgorithmId algorithm, const std::filesystem::path& file);

/// Throws Error: not_found, corrupt (damaged; rebuild it from the store), incompatible (another algorithm or
/// format).
[[nodiscard]] FrameIndex load_index(const std::filesystem::path& file, AlgorithmId algorithm);

}  // namespace reelprint::index
