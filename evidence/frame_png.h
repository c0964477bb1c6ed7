// PNG files: the one place that knows libpng. What is read may be anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/frame.h"

namespace reelprint::evidence {

/// 8 bits a colour, H×W×3 in the order blue, green, red, row-major without padding.
struct ColourPicture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> bgr{};
};

/// Its luma as 8-bit grey, nothing drawn on it; an old file is replaced in one step. Throws Error:
/// invalid_input (empty, or its samples are not width × height), io.
void write_frame_png(const Frame& frame, const std::filesystem::path& file);

/// Fast to write rather than small; an old file is replaced in one step. Throws Error: invalid_input (`bgr`
/// is not width × height × 3), io.
void write_picture_png(std::size_t width, std::size_t height, std::span<const std::uint8_t> bgr,
                       const std::filesystem::path& file);

/// Any PNG. Throws Error: corrupt (what libpng says), too_large (over 8 million pixels).
[[nodiscard]] ColourPicture picture_in_png(std::string_view bytes);

/// What write_frame_png has written; its time is zero. Throws as above, {corrupt} also where it has colours.
[[nodiscard]] Frame frame_in_png(std::string_view bytes);

}  // namespace reelprint::evidence
