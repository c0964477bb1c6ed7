// Frames to draw, a folder to write into, and what to look for in the picture.
#pragma once

#include <cstddef>
#include <filesystem>
#include <opencv2/core.hpp>

#include "core/frame.h"

namespace reelprint::evidence::test {

/// A temporary folder; gone with the object.
class PictureFolder {
 public:
  PictureFolder();
  ~PictureFolder();
  PictureFolder(const PictureFolder&) = delete;
  PictureFolder& operator=(const PictureFolder&) = delete;

  [[nodiscard]] std::filesystem::path file(const char* name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

/// Stripes that run from dark to light.
[[nodiscard]] Frame striped(std::size_t width, std::size_t height);

/// How many pixels of a BGR picture have this colour, to within 2 levels.
[[nodiscard]] int count_pixels(const cv::Mat& picture, int red, int green, int blue);

}  // namespace reelprint::evidence::test
