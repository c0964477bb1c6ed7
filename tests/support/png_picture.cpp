#include "tests/support/png_picture.h"

#include <png.h>

#include <stdexcept>
#include <string>

namespace reelprint::test {

cv::Mat read_png(const std::filesystem::path& file) {
  png_image head{};
  head.version = PNG_IMAGE_VERSION;
  const auto fail = [&] { throw std::runtime_error("read '" + file.string() + "': " + head.message); };
  if (!png_image_begin_read_from_file(&head, file.c_str())) fail();
  head.format = PNG_FORMAT_BGR;
  cv::Mat picture(static_cast<int>(head.height), static_cast<int>(head.width), CV_8UC3);
  if (!png_image_finish_read(&head, nullptr, picture.data, static_cast<png_int_32>(picture.step), nullptr))
    fail();
  return picture;
}

}  // namespace reelprint::test
