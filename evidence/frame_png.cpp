#include "evidence/frame_png.h"

#include <png.h>

#include <string>

#include "core/error.h"
#include "core/files.h"

namespace reelprint::evidence {
namespace {

constexpr std::uint64_t kMostPixels = 8'000'000;

/// What libpng holds for one picture; freed with the object.
struct PngImage {
  PngImage() { head.version = PNG_IMAGE_VERSION; }
  PngImage(std::size_t width, std::size_t height, png_uint_32 format) : PngImage() {
    head.width = static_cast<png_uint_32>(width);
    head.height = static_cast<png_uint_32>(height);
    head.format = format;
  }
  ~PngImage() { png_image_free(&head); }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;

  [[noreturn]] void refuse() const {
    throw Error(ErrorCode::corrupt, std::string("read a PNG: ") + head.message);
  }
  void write(const std::uint8_t* samples, const std::filesystem::path& file) {
    std::vector<std::byte> bytes(PNG_IMAGE_PNG_SIZE_MAX(head));
    png_alloc_size_t size = bytes.size();
    if (!png_image_write_to_memory(&head, bytes.data(), &size, 0, samples, 0, nullptr))
      throw Error(ErrorCode::io, "write '" + file.string() + "': " + head.message);
    bytes.resize(size);
    replace_file(file, bytes);
  }

  png_image head{};
};

}  // namespace

void write_frame_png(const Frame& frame, const std::filesystem::path& file) {
  const std::size_t pixels = frame.width * frame.height;
  if (pixels == 0 || pixels > kMostPixels || frame.luma.size() != pixels)
    throw Error(ErrorCode::invalid_input, "write a frame as PNG: its samples are not width × height");
  PngImage image(frame.width, frame.height, PNG_FORMAT_GRAY);
  image.write(frame.luma.data(), file);
}

void write_picture_png(std::size_t width, std::size_t height, std::span<const std::uint8_t> bgr,
                       const std::filesystem::path& file) {
  if (bgr.empty() || bgr.size() != width * height * 3)
    throw Error(ErrorCode::invalid_input, "write a picture as PNG: its samples are not width × height");
  PngImage image(width, height, PNG_FORMAT_BGR);
  image.head.flags = PNG_IMAGE_FLAG_FAST;  // a third of the time for a fifth more bytes
  image.write(bgr.data(), file);
}

ColourPicture picture_in_png(std::string_view bytes) {
  PngImage image;
  if (!png_image_begin_read_from_memory(&image.head, bytes.data(), bytes.size())) image.refuse();
  if (std::uint64_t{image.head.width} * image.head.height > kMostPixels)
    throw Error(ErrorCode::too_large, "read a PNG: it has too many pixels");
  image.head.format = PNG_FORMAT_BGR;
  ColourPicture picture{image.head.width, image.head.height,
                        std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image.head))};
  if (!png_image_finish_read(&image.head, nullptr, picture.bgr.data(), 0, nullptr)) image.refuse();
  return picture;
}

Frame frame_in_png(std::string_view bytes) {
  const ColourPicture picture = picture_in_png(bytes);
  Frame frame{picture.width, picture.height, std::vector<std::uint8_t>(picture.bgr.size() / 3), {}};
  for (std::size_t i = 0; i < frame.luma.size(); ++i) {
    const std::uint8_t* const colours = &picture.bgr[3 * i];
    if (colours[0] != colours[1] || colours[1] != colours[2])
      throw Error(ErrorCode::corrupt, "read a frame: it has colours, so that it is none of ours");
    frame.luma[i] = colours[0];
  }
  return frame;
}

}  // namespace reelprint::evidence
