// Where the items of a query occur among the references of all segments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "index/segments.h"
#include "index/sound_part.h"
#include "index/sound_stretch.h"

namespace reelprint::index {

/// A query item and a reference item that differ in two bits at most.
struct ItemHit {
  std::uint32_t segment = 0;
  std::uint32_t slot = 0;       ///< of the reference, in the segment
  std::uint32_t query = 0;      ///< position in the query
  std::uint32_t reference = 0;  ///< position in the reference's print

  friend auto operator<=>(const ItemHit&, const ItemHit&) = default;
};

/// Those of the query items [first, second) of `range`, in no meaningful order. An item that has more than
/// `most` hits in all segments together has none, and is noted in `is_common`, which has a place for each
/// query item; one that equals the item before it is not looked up.
[[nodiscard]] std::vector<ItemHit> look_up_items(std::span<const Segment<SoundPart>> segments, ItemSpan query,
                                                 std::pair<std::size_t, std::size_t> range, std::size_t most,
                                                 std::vector<bool>& is_common);

}  // namespace reelprint::index
