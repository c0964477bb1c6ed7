#include "bench/leaves.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace reelprint::bench {
namespace {

double uniform(std::mt19937_64& random, double low, double high) {
  return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
}

}  // namespace

cv::Mat leaves_picture(std::mt19937_64& random) {
  cv::Mat picture(kLeavesHeight, kLeavesWidth, CV_8U, cv::Scalar(128));
  for (int i = 0; i < 1500; ++i) {
    const double radius = std::min(200.0, 3 / std::sqrt(uniform(random, 1e-4, 1)));
    const cv::Point2f centre(static_cast<float>(uniform(random, 0, kLeavesWidth)),
                             static_cast<float>(uniform(random, 0, kLeavesHeight)));
    const cv::Scalar grey(uniform(random, 0, 255));
    if (random() % 2 == 0) {
      const auto axis =
          cv::Size2f(static_cast<float>(radius), static_cast<float>(radius * uniform(random, 0.3, 1)));
      cv::ellipse(picture, {centre, axis, static_cast<float>(uniform(random, 0, 180))}, grey, cv::FILLED,
                  cv::LINE_AA);
      continue;
    }
    std::vector<cv::Point> corners;
    for (int corner = 0; corner < 4; ++corner) {
      const double angle = (corner + uniform(random, 0, 0.9)) * CV_PI / 2;
      corners.emplace_back(cvRound(centre.x + radius * std::cos(angle)),
                           cvRound(centre.y + radius * std::sin(angle)));
    }
    cv::fillConvexPoly(picture, corners, grey, cv::LINE_AA);
  }
  cv::GaussianBlur(picture, picture, {}, 0.8);
  return picture;
}

}  // namespace reelprint::bench
