// Which of many 256-bit frame codes lie within a Hamming radius of one or of its mirror image, in one pass.
//
// The mirror image of a frame hash has every even-numbered bit flipped (core/frame_hash.h). Codes are kept
// *split*: even-numbered bits in words 0 and 1, odd-numbered ones in words 2 and 3. With e bits that differ
// in words 0 and 1 and o in words 2 and 3, the distance is e + o, and that to the mirror image 128 - e + o.
#pragma once

#include "index/hamming_scan.h"

namespace reelprint::index {

/// `code` with its even-numbered bits in words 0 and 1 and its odd-numbered ones in words 2 and 3, each in
/// order. Distances between split codes are those between the codes.
[[nodiscard]] Code split_code(const Code& code);

/// The inverse of split_code.
[[nodiscard]] Code joined_code(const Code& split);

/// Bits that differ, 0..256.
struct MirrorDistances {
  int plain = 0;     ///< between two codes
  int mirrored = 0;  ///< between one and the mirror image of the other

  friend bool operator==(const MirrorDistances&, const MirrorDistances&) = default;
};

[[nodiscard]] MirrorDistances mirror_distances(const Code& split_a, const Code& split_b);

/// Writes the codes of which `split_query` or its mirror image lies within `radius` (negative: none), by
/// position and with the lesser of the two distances, to `hits`, which has room for all codes and kScanSlack
/// more; returns their number.
using MirrorScanKernel = std::size_t (*)(CodeSpan split_codes, const Code& split_query, int radius,
                                         ScanHit* hits);

/// `path` must be an available one.
[[nodiscard]] MirrorScanKernel mirror_scan_kernel(ScanPath path);

}  // namespace reelprint::index
