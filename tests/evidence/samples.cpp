#include "samples.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace reelprint::evidence::test {

PictureFolder::PictureFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "reelprint_evidence_XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder is to be had");
  path_ = pattern;
}

PictureFolder::~PictureFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Frame striped(std::size_t width, std::size_t height) {
  Frame frame{width, height, {}, {}};
  frame.luma.reserve(width * height);
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x)
      frame.luma.push_back(static_cast<std::uint8_t>((x * 8 + y) % 256));
  }
  return frame;
}

int count_pixels(const cv::Mat& picture, int red, int green, int blue) {
  cv::Mat is_near;
  cv::inRange(picture, cv::Scalar(blue - 2, green - 2, red - 2), cv::Scalar(blue + 2, green + 2, red + 2),
              is_near);
  return cv::countNonZero(is_near);
}

}  // namespace reelprint::evidence::test
