// The sections of a segment of frames (docs/formats.md). Private to frame_part.cpp and frame_merge.cpp.
#pragma once

#include <algorithm>
#include <bit>

#include "index/frame_codebook.h"
#include "index/segment_image.h"

namespace reelprint::index {

inline constexpr SectionTag kFrameRecords = section_tag("RECS");
inline constexpr SectionTag kFrameTimes = section_tag("TIME");
inline constexpr SectionTag kFrameCodes = section_tag("CODE");
inline constexpr SectionTag kFrameListEnds = section_tag("ENDS");
inline constexpr SectionTag kFrameListedRows = section_tag("ROWS");
inline constexpr SectionTag kFrameHomes = section_tag("HOME");

/// A row's home is its list's number without the lowest bits, so that two bytes hold it.
inline constexpr int kHomeShift =
    std::max(0, static_cast<int>(std::bit_width(FrameCodebook::kWords - 1)) - 16);

}  // namespace reelprint::index
