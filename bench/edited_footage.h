// Real footage and edited copies of it as keyframes: what searches for frame hashes are measured with.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/fingerprint.h"

namespace reelprint::bench {

struct EditedCopy {
  std::string edit;
  bool is_mirrored = false;
  std::vector<Keyframe> keyframes;  ///< times are the reference's
};

struct Footage {
  std::vector<Keyframe> reference;  ///< as registering makes them
  std::vector<EditedCopy> copies;   ///< one an edit of picture_edits.h but the insets
};

/// Copies are sampled twice a second, a quarter of a second beside the reference's samples, and edited at a
/// short side of 360. Insets are left out: whole pictures do not find them. Throws what decode_media throws.
[[nodiscard]] Footage load_footage(const std::filesystem::path& file);

}  // namespace reelprint::bench
