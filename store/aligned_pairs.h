// The aligned pairs of a match as bytes.
//
//   u32  count, with its highest bit set
//   then for each pair
//   i64  query time, µs
//   i64  reference time, µs
//   u16  distance, 0..256
//   u8   distinctive, 0 or 1
//   u16  inliers
//   f64  a, b, tx, ty of the transform, finite
//
// Of schema version 1 that bit was clear and a pair ended with the flag; such bytes are still read.
// All little-endian, without padding, nothing behind the last pair.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/match.h"

namespace reelprint::store {

/// Throws Error{invalid_input} for a distance beyond 0..256, more than 65535 inliers, or a transform that is
/// not finite.
[[nodiscard]] std::vector<std::byte> encode_pairs(std::span<const AlignedPair> pairs);

/// The inverse; throws Error{corrupt} for anything that encode_pairs does not write.
[[nodiscard]] std::vector<AlignedPair> decode_pairs(std::span<const std::byte> bytes);

}  // namespace reelprint::store
