// Compares query hashes with every row of every segment: where nearly all the time of a large search goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/frame_hash.h"
#include "index/frame_part.h"
#include "index/hamming_scan.h"
#include "index/segments.h"

namespace reelprint::index {

struct FrameHit {
  std::uint32_t query = 0;
  std::uint32_t segment = 0;
  std::uint32_t slot = 0;      ///< of the reference in the segment
  std::uint32_t keyframe = 0;  ///< position in the reference
  std::uint16_t distance = 0;
  bool is_mirrored = false;  ///< the query's mirror image is what is near
};

struct FrameScan {
  int radius = 0;             ///< inclusive; negative: nothing is found
  bool mirrored_too = false;  ///< look for the queries' mirror images besides
  ScanPath path = fastest_scan_path();
  unsigned threads = 1;  ///< at most, for more than a million rows
};

/// All live rows within the radius, searchable or not, in no meaningful order.
[[nodiscard]] std::vector<FrameHit> scan_frames(std::span<const Segment<FramePart>> segments,
                                                std::span<const FrameHash> queries, const FrameScan& scan);

}  // namespace reelprint::index
