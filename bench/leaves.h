// Made-up pictures of overlapping leaves, whose statistics are near those of photographs (Lee, Mumford and
// Huang, IJCV 41, 2001).
#pragma once

#include <opencv2/core.hpp>
#include <random>

namespace reelprint::bench {

inline constexpr int kLeavesWidth = 480;
inline constexpr int kLeavesHeight = 320;

/// 8-bit luma. Leaves of all sizes (the density of radii falls with their cube) fall on each other until the
/// ground is covered.
[[nodiscard]] cv::Mat leaves_picture(std::mt19937_64& random);

}  // namespace reelprint::bench
