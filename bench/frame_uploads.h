// Uploads of a minute as frame hashes: clear ones, copies of the catalog's episodes, copies of real footage.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "bench/edited_footage.h"
#include "core/fingerprint.h"
#include "core/ids.h"

namespace reelprint::bench {

/// A keyframe of an upload and what it was copied from.
struct UploadedKeyframe {
  FrameHash hash;
  bool is_copied = false;
  bool is_mirrored = false;
  ReferenceId reference;
  Timestamp at;  ///< in the reference
};

using Upload = std::vector<UploadedKeyframe>;

inline constexpr std::size_t kUploadKeyframes = 120;  ///< 60 s

/// Of a series that no catalog has; without the cards that all made-up episodes begin with.
[[nodiscard]] Upload clear_upload(std::size_t number);

/// The first minute of a made-up reference, cards included, with up to 48 bits of each hash flipped.
[[nodiscard]] Upload copied_upload(ReferenceId reference, std::span<const Keyframe> keyframes,
                                   std::size_t number);

/// Clear uploads, each with up to 10 s of an edited copy of the footage in its midst: all such pieces with
/// two keyframes or more.
[[nodiscard]] std::vector<Upload> planted_uploads(const Footage& footage, ReferenceId reference);

}  // namespace reelprint::bench
