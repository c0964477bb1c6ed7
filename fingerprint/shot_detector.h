// Finds hard cuts in the sequence of working pictures.
#pragma once

#include <optional>

#include "fingerprint/luma_grid.h"

namespace reelprint::fingerprint {

/// Compares each picture with the one before it. A cut is a change that is large in itself and several times
/// what the shot has lately shown (PySceneDetect's adaptive detector follows the same idea), so that camera
/// moves are none.
class ShotDetector {
 public:
  /// Whether `grid` starts a shot; the first picture does.
  [[nodiscard]] bool starts_shot(const LumaGrid& grid);

 private:
  std::optional<LumaGrid> previous_;
  float usual_change_ = 0;  ///< running mean of the changes within the shot, levels 0..255
};

}  // namespace reelprint::fingerprint
