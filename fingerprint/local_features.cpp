#include "fingerprint/local_features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <opencv2/core.hpp>
#include <opencv2/features2d.hpp>
#include <utility>

#include "fingerprint/brief_pattern.h"
#include "fingerprint/corner_spread.h"
#include "fingerprint/feature_pyramid.h"

namespace reelprint::fingerprint {
namespace {

constexpr int kCentroidRadius = 15;
constexpr int kMargin = 2 + std::max(kPatternRadius, kCentroidRadius);
constexpr int kFastRadius = 3;

/// Half the width of the disc at each row, 0 to the radius off its centre.
constexpr auto kDisc = [] {
  std::array<int, kCentroidRadius + 1> half{};
  int v = 0;
  for (int& u : half) {
    while ((u + 1) * (u + 1) + v * v <= kCentroidRadius * kCentroidRadius) ++u;
    ++v;
  }
  return half;
}();

std::uint16_t normalised(std::uint32_t pixel, std::size_t pixels) {
  return static_cast<std::uint16_t>((2 * std::uint64_t{pixel} + 1) * 32768 / pixels);
}

/// Adds the corners of a level that lie far enough inside for a descriptor.
void find_corners(const PyramidLevel& in, std::uint8_t level, int contrast, std::vector<Corner>& corners) {
  const LumaPicture& picture = in.picture;
  const cv::Mat whole(static_cast<int>(picture.height), static_cast<int>(picture.width), CV_8U,
                      const_cast<std::uint8_t*>(picture.luma.data()));  // only read
  constexpr int kBorder = kMargin - kFastRadius;
  const cv::Rect inside(kBorder, kBorder, whole.cols - 2 * kBorder, whole.rows - 2 * kBorder);
  std::vector<cv::KeyPoint> found;
  cv::FAST(whole(inside), found, contrast, true, cv::FastFeatureDetector::TYPE_9_16);
  for (const cv::KeyPoint& point : found) {
    Corner& corner = corners.emplace_back();
    corner.column = static_cast<std::uint32_t>(kBorder + static_cast<int>(point.pt.x));
    corner.row = static_cast<std::uint32_t>(kBorder + static_cast<int>(point.pt.y));
    corner.x = normalised(corner.column, picture.width);
    corner.y = normalised(corner.row, picture.height);
    corner.level = level;
    corner.strength = point.response;
  }
}

std::vector<Corner> find_corners(const std::vector<PyramidLevel>& pyramid, int contrast) {
  std::vector<Corner> corners;
  for (std::size_t i = 0; i < pyramid.size(); ++i) {
    find_corners(pyramid[i], static_cast<std::uint8_t>(i), contrast, corners);
  }
  return corners;
}

/// The direction from the centre to the intensity centroid of the disc, in 256ths of a turn; 64 where there
/// is none. Found in the first quadrant and reflected, so that a mirrored picture has exactly the mirrored
/// angle.
std::uint8_t orientation(const PyramidLevel& level, const Corner& corner) {
  const auto stride = static_cast<std::ptrdiff_t>(level.picture.width);
  const std::uint8_t* centre =
      level.picture.luma.data() + static_cast<std::ptrdiff_t>(corner.row) * stride + corner.column;
  int moment_x = 0;
  int moment_y = 0;
  for (int v = -kCentroidRadius; v <= kCentroidRadius; ++v) {
    const int half = kDisc[static_cast<std::size_t>(std::abs(v))];
    const std::uint8_t* row = centre + v * stride;
    int sum = 0;
    for (int u = -half; u <= half; ++u) {
      sum += row[u];
      moment_x += u * row[u];
    }
    moment_y += v * sum;
  }
  const double radians =
      moment_x == 0 ? std::numbers::pi / 2 : std::atan2(std::abs(moment_y), std::abs(moment_x));
  int angle = static_cast<int>(std::lround(radians * 128 / std::numbers::pi));
  if (moment_x < 0) angle = 128 - angle;
  if (moment_y < 0) angle = -angle;
  return static_cast<std::uint8_t>(angle & 255);
}

std::array<std::uint64_t, 4> describe(const PyramidLevel& level, const Corner& corner, std::uint8_t angle) {
  const auto stride = static_cast<std::ptrdiff_t>(level.picture.width);
  const std::uint16_t* centre =
      level.sums.data() + static_cast<std::ptrdiff_t>(corner.row) * stride + corner.column;
  const BriefPattern& pattern = pattern_at(angle);
  std::array<std::uint64_t, 4> descriptor{};
  for (std::size_t k = 0; k < kDescriptorBits; ++k) {
    const bool is_darker =
        centre[pattern.a[k].y * stride + pattern.a[k].x] < centre[pattern.b[k].y * stride + pattern.b[k].x];
    descriptor[k / 64] |= std::uint64_t{is_darker} << (k % 64);
  }
  return descriptor;
}

}  // namespace

std::vector<LocalFeature> find_features(const LumaPicture& picture, const FeatureSettings& settings) {
  const auto pyramid = build_pyramid(picture, settings.levels, settings.step, 2 * kMargin + 1);
  auto corners = find_corners(pyramid, settings.contrast);
  if (corners.size() < settings.enough) corners = find_corners(pyramid, settings.faint_contrast);
  std::vector<LocalFeature> features;
  for (const Corner& corner : spread(std::move(corners), settings.grid, settings.most)) {
    const PyramidLevel& level = pyramid[corner.level];
    LocalFeature& feature = features.emplace_back();
    feature.x = corner.x;
    feature.y = corner.y;
    feature.scale = corner.level;
    feature.angle = orientation(level, corner);
    feature.descriptor = describe(level, corner, feature.angle);
  }
  return features;
}

}  // namespace reelprint::fingerprint
