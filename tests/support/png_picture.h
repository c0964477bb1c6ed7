// PNG files read back, for tests to look at.
#pragma once

#include <filesystem>
#include <opencv2/core.hpp>

namespace reelprint::test {

/// The picture in a PNG file, 8-bit BGR. Throws std::runtime_error with libpng's words when it cannot be
/// read.
[[nodiscard]] cv::Mat read_png(const std::filesystem::path& file);

}  // namespace reelprint::test
