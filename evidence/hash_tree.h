// One digest that stands for a list: the Merkle tree hash of RFC 6962, section 2.1, over SHA-256.
#pragma once

#include <span>
#include <string_view>

#include "core/sha256.h"

namespace reelprint::evidence {

/// SHA-256 of a zero byte and the leaf's data.
[[nodiscard]] Sha256 leaf_hash(std::string_view data);

/// Of the leaves' hashes in their order: two halves, the left one the largest power of two that is smaller
/// than the count, are joined by SHA-256 of a byte 1 and both hashes. Of none: SHA-256 of nothing.
[[nodiscard]] Sha256 tree_root(std::span<const Sha256> leaves);

}  // namespace reelprint::evidence
