// A decoded libav frame → its luma: borrowed where it lies as a plane, converted where it does not.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fingerprint/media_decoder.h"

struct AVFrame;
struct AVPixFmtDescriptor;

namespace reelprint::fingerprint {

/// Reads luma out of frames; keeps one buffer for the formats that must be converted.
class LumaReader {
 public:
  /// The luma of `frame`, valid until the frame is released or the next call; quarter_turns is left at zero.
  /// YUV and grey planes are borrowed as they are (little-endian, 8 to 16 bits); RGB (BT.601 weights),
  /// palettes, packed YUV, bit maps and big-endian samples are converted to 8 bits. Nothing for formats
  /// without readable samples (hardware surfaces, floats, Bayer). Cost: none where it borrows, about 10 ns a
  /// pixel where it converts.
  [[nodiscard]] std::optional<LumaPlane> read(const AVFrame& frame);

 private:
  void convert_palette(const AVFrame& frame);
  void convert(const AVFrame& frame, const AVPixFmtDescriptor& format);

  std::vector<std::uint8_t> converted_;
  std::vector<std::uint16_t> row_;
  std::vector<std::uint16_t> sums_;
};

}  // namespace reelprint::fingerprint
