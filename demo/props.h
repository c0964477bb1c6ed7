// What lies on a table in a close shot: letters, telephones, cups, rings, blades, portraits.
#pragma once

#include "demo/sprite.h"

namespace reelprint::demo {

/// One unit is the width of a hand. The seed chooses what it is, and its colours and marks.
[[nodiscard]] Sprite paint_prop(std::uint64_t seed, bool period, double unit_px);
/// Reaches down from the upper edge: finger tips at the placement's origin.
[[nodiscard]] Sprite paint_hand(const Colour& skin, const Colour& sleeve, double unit_px);

}  // namespace reelprint::demo
