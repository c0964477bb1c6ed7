// The parts of a player that do not change within a scene, each on its own cut-out.
#pragma once

#include "demo/person.h"

namespace reelprint::demo {

// Units are heads. The body's origin is the base of the neck, the head's is the middle of the face.
[[nodiscard]] Sprite paint_body(const Look& look, const Framing& framing);
[[nodiscard]] Sprite paint_back_hair(const Look& look, const Framing& framing);
/// On the ground, 6.3 heads below the neck.
[[nodiscard]] Sprite paint_shadow(const Framing& framing);
[[nodiscard]] Sprite paint_head(const Look& look, const Framing& framing);

}  // namespace reelprint::demo
