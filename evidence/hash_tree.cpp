#include "evidence/hash_tree.h"

#include <array>
#include <bit>
#include <cstddef>

#include "evidence/digest.h"

namespace reelprint::evidence {
namespace {

constexpr std::array kLeaf{std::byte{0}};
constexpr std::array kNode{std::byte{1}};

}  // namespace

Sha256 leaf_hash(std::string_view data) {
  return Sha256Stream().add(kLeaf).add(data).finish();
}

Sha256 tree_root(std::span<const Sha256> leaves) {
  if (leaves.empty()) return sha256_of(std::string_view());
  if (leaves.size() == 1) return leaves.front();
  const std::size_t left = std::bit_floor(leaves.size() - 1);
  const Sha256 first = tree_root(leaves.first(left));
  const Sha256 second = tree_root(leaves.subspan(left));
  return Sha256Stream()
      .add(kNode)
      .add(std::as_bytes(std::span(first.bytes)))
      .add(std::as_bytes(std::span(second.bytes)))
      .finish();
}

}  // namespace reelprint::evidence
