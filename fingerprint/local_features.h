// Local features of a picture: corners, evenly spread, each with an oriented binary descriptor whose mirror
// image can be computed from the descriptor alone.
#pragma once

#include <cstddef>
#include <vector>

#include "core/local_feature.h"
#include "fingerprint/luma_picture.h"

namespace reelprint::fingerprint {

/// Measured by local_feature_bench. A query is best at a working size that is the references' times a power
/// of `step` (320 and 480): then its levels have exactly their sizes.
struct FeatureSettings {
  std::size_t most = 64;    ///< features of a picture
  std::size_t grid = 6;     ///< cells to a side, among which they are shared evenly
  std::size_t levels = 5;   ///< sizes of the picture that are searched for corners
  double step = 1.5;        ///< from each size to the next smaller one
  int contrast = 30;        ///< least difference, in levels of luma, of a corner from an arc around it
  int faint_contrast = 10;  ///< the same where a picture has fewer than `enough` corners: dark, blurred
  std::size_t enough = 300;
};

/// The features of a picture, at most `most`, the best first: the first n are what most = n gives. Corners
/// are FAST-9 (Rosten and Drummond, ECCV 2006) on an image pyramid; orientation by the intensity centroid,
/// and 256 comparisons of 5×5 means, as in ORB (Rublee et al., ICCV 2011, sections 3 and 4), by a pattern of
/// our own (brief_pattern.h). None for a blank picture, or one with a side under 35 pixels. The same picture
/// gives the same features on every machine. About 1.2 ms for 320×569.
[[nodiscard]] std::vector<LocalFeature> find_features(const LumaPicture& picture,
                                                      const FeatureSettings& settings = {});

}  // namespace reelprint::fingerprint
