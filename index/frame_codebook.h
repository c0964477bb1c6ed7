// The fixed code words around which frame hashes are gathered into inverted lists.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "index/hamming_scan.h"

namespace reelprint::index {

/// 262,144 code words drawn once and for all, not trained on a catalog: the list of a hash depends on nothing
/// but the hash, as with the descriptors' Codebook (docs/decisions/0007, 0010).
///
/// A word is as long as a hash's 8×8 lowest frequencies, which edits disturb least; distances to words are of
/// those 64 bits alone. Words are all pairs of 512 words for the even rows and 512 for the odd ones (a
/// product code: Babenko and Lempitsky, "The inverted multi-index", CVPR 2012), so a look-up compares 1,024
/// words, not all. Word n is pair (n / 512, n % 512).
///
/// The words are closed under mirroring: those near a hash, mirrored, are as near to the mirrored hash.
/// Immutable, so thread-safe; 4 KiB.
class FrameCodebook {
 public:
  static constexpr std::size_t kHalfWords = 512;
  static constexpr std::size_t kWords = kHalfWords * kHalfWords;

  FrameCodebook();

  /// The first of nearest(hash, 1): the list that a hash belongs to. 1 µs.
  [[nodiscard]] std::uint32_t nearest(const Code& hash) const;

  /// The numbers of the `count` words nearest to `hash`, nearest first; of equally near ones those first
  /// whose even rows are nearer, then the lower numbers. All words if `count` is more.
  [[nodiscard]] std::vector<std::uint32_t> nearest(const Code& hash, std::size_t count) const;

  /// The word of the mirrored picture. Where a hash was looked up, its mirror image needs no look-up.
  [[nodiscard]] static constexpr std::uint32_t mirrored(std::uint32_t word) {
    return word ^ static_cast<std::uint32_t>(kHalfWords + 1);
  }

 private:
  using Half = std::array<std::uint32_t, kHalfWords>;

  Half even_rows_;  ///< words 2i and 2i + 1 are each other's mirror image
  Half odd_rows_;
};

}  // namespace reelprint::index
