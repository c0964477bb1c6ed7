// Edits of single pictures, as pirates and their encoders make them: what the feature benchmarks measure
// against.
#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace reelprint::bench {

struct PictureEdit {
  std::string name;
  /// Edits 8-bit luma; `other` is a picture that insets are laid on.
  std::function<cv::Mat(const cv::Mat& picture, const cv::Mat& other)> apply;
  bool is_mirrored = false;
};

/// All of them, the unedited picture first. Deterministic.
[[nodiscard]] std::vector<PictureEdit> picture_edits();

}  // namespace reelprint::bench
