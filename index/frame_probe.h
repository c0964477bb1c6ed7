// Looks for query hashes in the inverted lists that are nearest to them: for what is too large to scan whole.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/frame_hash.h"
#include "index/frame_scan.h"

namespace reelprint::index {

/// As scan_frames, but a row is found only by those queries (or mirror images) among whose `probes` nearest
/// words is its own: the same rows whether they lie in lists or not, so what is found does not depend on how
/// rows are spread over segments. Segments that are not listed are scanned whole.
[[nodiscard]] std::vector<FrameHit> probe_frames(std::span<const Segment<FramePart>> segments,
                                                 std::span<const FrameHash> queries, const FrameScan& scan,
                                                 std::size_t probes);

}  // namespace reelprint::index
