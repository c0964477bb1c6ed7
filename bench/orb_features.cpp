#include "bench/orb_features.h"

#include <algorithm>
#include <cstdint>
#include <opencv2/features2d.hpp>

#include "fingerprint/corner_spread.h"

namespace reelprint::bench {
namespace {

std::uint16_t normalised(float at, int size) {
  return static_cast<std::uint16_t>(at * 65535.0F / static_cast<float>(size));
}

}  // namespace

cv::Mat mat_of(const fingerprint::LumaPicture& picture) {
  return {static_cast<int>(picture.height), static_cast<int>(picture.width), CV_8U,
          const_cast<std::uint8_t*>(picture.luma.data())};
}

std::vector<LocalFeature> find_spread_orb(const fingerprint::LumaPicture& picture, std::size_t most) {
  const auto orb = cv::ORB::create(4000, 1.2F, 8, 16, 0, 2, cv::ORB::HARRIS_SCORE, 31, 10);
  const cv::Mat luma = mat_of(picture);
  std::vector<cv::KeyPoint> points;
  orb->detect(luma, points);
  std::sort(points.begin(), points.end(),
            [](const auto& a, const auto& b) { return a.response < b.response; });
  std::vector<fingerprint::Corner> corners;
  for (std::size_t i = 0; i < points.size(); ++i) {
    // Harris strength knows no ceiling; with its rank above it, the order within a cell is kept and cells are
    // equals.
    corners.push_back({normalised(points[i].pt.x, luma.cols), normalised(points[i].pt.y, luma.rows), 0,
                       static_cast<std::uint32_t>(i), 0, 100 + static_cast<float>(i)});
  }
  std::vector<cv::KeyPoint> chosen;
  for (const auto& corner : fingerprint::spread(corners, 6, most)) chosen.push_back(points[corner.column]);
  cv::Mat descriptors;
  orb->compute(luma, chosen, descriptors);
  std::vector<LocalFeature> features(chosen.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::copy_n(descriptors.ptr<std::uint64_t>(static_cast<int>(i)), 4, features[i].descriptor.begin());
    features[i].x = normalised(chosen[i].pt.x, luma.cols);
    features[i].y = normalised(chosen[i].pt.y, luma.rows);
  }
  return features;
}

std::vector<LocalFeature> find_plain_orb(const fingerprint::LumaPicture& picture, std::size_t most) {
  const auto orb = cv::ORB::create(static_cast<int>(most), 1.5F, 5, 16, 0, 2, cv::ORB::HARRIS_SCORE, 31, 30);
  std::vector<cv::KeyPoint> points;
  cv::Mat descriptors;
  orb->detectAndCompute(mat_of(picture), cv::noArray(), points, descriptors);
  return std::vector<LocalFeature>(points.size());
}

}  // namespace reelprint::bench
