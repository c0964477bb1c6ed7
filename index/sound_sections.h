// The sections of a segment of sound (docs/formats.md). Private to sound_part.cpp and sound_merge.cpp.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>

#include "index/segment_image.h"

namespace reelprint::index {

inline constexpr SectionTag kSoundRecords = section_tag("RECS");
inline constexpr SectionTag kSoundOwners = section_tag("OWNR");
inline constexpr SectionTag kSoundItems = section_tag("ITEM");
inline constexpr SectionTag kSoundKeys = section_tag("KEYS");
inline constexpr SectionTag kSoundBuckets = section_tag("BUCK");
inline constexpr SectionTag kSoundPlaces = section_tag("PLAC");

inline constexpr std::size_t kOwnerBlock = 64;  ///< items of which the first one's slot is noted

/// The leading bits of a key that tell its bucket, of a part with so many items: four to eight keys a bucket
/// are one or two cache lines.
[[nodiscard]] inline int sound_bucket_bits(std::size_t items) {
  return std::clamp(static_cast<int>(std::bit_width(items)) - 3, 1, 30);
}

}  // namespace reelprint::index
