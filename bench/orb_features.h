// OpenCV's ORB in the types of the fingerprint: what our local features are compared with.
#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <vector>

#include "core/local_feature.h"
#include "fingerprint/luma_picture.h"

namespace reelprint::bench {

/// The picture's samples, borrowed.
[[nodiscard]] cv::Mat mat_of(const fingerprint::LumaPicture& picture);

/// At its best: up to 4000 corners at 8 sizes 1.2 apart, contrast 10; of them the `most` with the greatest
/// Harris strength by strictly equal shares of a 6×6 raster.
[[nodiscard]] std::vector<LocalFeature> find_spread_orb(const fingerprint::LumaPicture& picture,
                                                        std::size_t most);

/// At our settings (5 sizes 1.5 apart, contrast 30), the strongest corners wherever they are: for the cost
/// alone, only the count is right.
[[nodiscard]] std::vector<LocalFeature> find_plain_orb(const fingerprint::LumaPicture& picture,
                                                       std::size_t most);

}  // namespace reelprint::bench
