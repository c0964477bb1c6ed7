#include "fingerprint/luma_conversion.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <span>

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
}

namespace reelprint::fingerprint {
namespace {

constexpr std::uint64_t kUnreadable = AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BAYER;
constexpr std::uint64_t kNotPlainLuma =
    AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_BE;

/// One component of the stored picture and its share of the luma, in 1/256.
struct Share {
  int component;
  unsigned weight;
};

constexpr std::array kLuma{Share{0, 256}};
constexpr std::array kRgb{Share{0, 77}, Share{1, 150}, Share{2, 29}};

std::span<const Share> shares_of(const AVPixFmtDescriptor& format) {
  if (format.flags & AV_PIX_FMT_FLAG_RGB) return kRgb;
  return kLuma;
}

/// The luma of the 256 entries of a palette, each four bytes: a native 32-bit ARGB number.
std::array<std::uint8_t, 256> luma_of_palette(const std::uint8_t* entries) {
  std::array<std::uint8_t, 256> luma{};
  for (std::size_t i = 0; i < luma.size(); ++i) {
    std::uint32_t argb = 0;
    std::memcpy(&argb, entries + 4 * i, sizeof argb);
    const std::uint32_t sum = (argb >> 16 & 255) * kRgb[0].weight + (argb >> 8 & 255) * kRgb[1].weight +
                              (argb & 255) * kRgb[2].weight;
    luma[i] = static_cast<std::uint8_t>((sum + 128) >> 8);
  }
  return luma;
}

bool lies_as_plane(const AVPixFmtDescriptor& format) {
  const AVComponentDescriptor& luma = format.comp[0];
  return !(format.flags & kNotPlainLuma) && luma.plane == 0 && luma.offset == 0 &&
         luma.step == (luma.depth + luma.shift > 8 ? 2 : 1) && (luma.step == 2 || luma.shift == 0);
}

unsigned to_8_bits(unsigned sample, int depth) {
  if (depth >= 8) return std::min(sample >> (depth - 8), 255U);
  return std::min(sample * 255U / ((1U << depth) - 1U), 255U);
}

}  // namespace

std::optional<LumaPlane> LumaReader::read(const AVFrame& frame) {
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
  if (!format || (format->flags & kUnreadable) || frame.width <= 0 || frame.height <= 0 || !frame.data[0])
    return std::nullopt;
  const AVComponentDescriptor& first = format->comp[0];
  LumaPlane luma;
  luma.width = static_cast<std::size_t>(frame.width);
  luma.height = static_cast<std::size_t>(frame.height);
  if (lies_as_plane(*format)) {
    luma.samples = frame.data[0];
    luma.row_bytes = frame.linesize[0];
    luma.sample_bytes = first.step;
    luma.bit_depth = first.depth + first.shift;  // P010 keeps its ten bits at the top of sixteen
    return luma;
  }
  const bool has_palette = (format->flags & AV_PIX_FMT_FLAG_PAL) != 0;
  if (first.depth > 16 || (has_palette && (frame.format != AV_PIX_FMT_PAL8 || !frame.data[1])))
    return std::nullopt;
  if (frame.format == AV_PIX_FMT_PAL8)
    convert_palette(frame);
  else
    convert(frame, *format);
  luma.samples = converted_.data();
  luma.row_bytes = frame.width;
  return luma;
}

void LumaReader::convert_palette(const AVFrame& frame) {
  const std::array<std::uint8_t, 256> luma = luma_of_palette(frame.data[1]);
  const auto width = static_cast<std::size_t>(frame.width);
  converted_.resize(width * static_cast<std::size_t>(frame.height));
  for (int y = 0; y < frame.height; ++y) {
    const std::uint8_t* in = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0];
    std::transform(in, in + width, converted_.data() + static_cast<std::size_t>(y) * width,
                   [&](std::uint8_t index) { return luma[index]; });
  }
}

void LumaReader::convert(const AVFrame& frame, const AVPixFmtDescriptor& format) {
  const std::uint8_t* planes[4] = {frame.data[0], frame.data[1], frame.data[2], frame.data[3]};
  const bool is_inverted = frame.format == AV_PIX_FMT_MONOWHITE;
  const auto width = static_cast<std::size_t>(frame.width);
  converted_.resize(width * static_cast<std::size_t>(frame.height));
  row_.resize(width);
  for (int y = 0; y < frame.height; ++y) {
    sums_.assign(width, 128);
    for (const Share& share : shares_of(format)) {
      av_read_image_line2(row_.data(), planes, frame.linesize, &format, 0, y, share.component, frame.width, 0,
                          sizeof(std::uint16_t));
      const int depth = format.comp[share.component].depth;
      for (std::size_t x = 0; x < width; ++x)
        sums_[x] = static_cast<std::uint16_t>(sums_[x] + to_8_bits(row_[x], depth) * share.weight);
    }
    std::uint8_t* out = converted_.data() + static_cast<std::size_t>(y) * width;
    for (std::size_t x = 0; x < width; ++x)
      out[x] = static_cast<std::uint8_t>(is_inverted ? 255 - (sums_[x] >> 8) : sums_[x] >> 8);
  }
}

}  // namespace reelprint::fingerprint
