// PDQ (Facebook, "The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm", 2019, section
// 4): the signs of a picture's 16×16 lowest non-constant cosine frequencies against their median.
#pragma once

#include "core/frame_hash.h"
#include "fingerprint/luma_grid.h"

namespace reelprint::fingerprint {

/// The 256-bit hash and its quality 0..100. The published reference shrinks by two box filters and picks
/// points; the area mean here stays within that reference's own tolerance of 10 bits
/// (tests/fingerprint/pdq_test.cpp measures it). A picture without structure has quality 0 and meaningless
/// bits.
[[nodiscard]] FrameHash pdq_hash(const LumaGrid& grid);

}  // namespace reelprint::fingerprint
