// What a row of the feature lists names, in 63 bits: a reference's slot, a detail, a feature.
#pragma once

#include <cstddef>
#include <cstdint>

#include "index/code_lists.h"
#include "index/feature_index.h"

namespace reelprint::index {

inline constexpr int kDetailBits = 22;
inline constexpr int kFeatureBits = 12;
inline constexpr int kSlotBits = 63 - kDetailBits - kFeatureBits;
/// Of one index.
inline constexpr std::size_t kMaxReferences = std::size_t{1} << kSlotBits;
static_assert(kMaxDetails == std::size_t{1} << kDetailBits);
static_assert(kMaxFeaturesPerDetail == std::size_t{1} << kFeatureBits);

[[nodiscard]] constexpr RowId row_id(std::uint32_t slot, std::size_t detail, std::size_t feature) {
  return static_cast<RowId>(std::uint64_t{slot} << (kDetailBits + kFeatureBits) | detail << kFeatureBits |
                            feature);
}
[[nodiscard]] constexpr std::size_t slot_of(RowId id) {
  return static_cast<std::size_t>(id) >> (kDetailBits + kFeatureBits);
}
/// Orders the rows of one reference by detail and feature.
[[nodiscard]] constexpr std::uint64_t place_of(RowId id) {
  return static_cast<std::uint64_t>(id) & ((std::uint64_t{1} << (kDetailBits + kFeatureBits)) - 1);
}
[[nodiscard]] constexpr std::uint32_t detail_of(RowId id) {
  return static_cast<std::uint32_t>(place_of(id) >> kFeatureBits);
}
[[nodiscard]] constexpr std::uint16_t feature_of(RowId id) {
  return static_cast<std::uint16_t>(place_of(id) & (kMaxFeaturesPerDetail - 1));
}

}  // namespace reelprint::index
