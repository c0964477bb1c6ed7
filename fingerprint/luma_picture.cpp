#include "fingerprint/luma_picture.h"

#include <algorithm>

#include "fingerprint/plane_sampling.h"

namespace reelprint::fingerprint {
namespace {

/// Just over a half: sums that tie in exact arithmetic round up whatever order they were added in, so that
/// the mirror image of a picture shrinks to the mirror image.
constexpr float kRounding = 0.5F + 1.0F / 512;

[[gnu::target_clones("avx512f", "avx2", "default")]] void round_to_bytes(const float* values,
                                                                         std::size_t count,
                                                                         std::uint8_t* out) {
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = static_cast<std::uint8_t>(static_cast<int>(std::min(values[i] + kRounding, 255.0F)));
  }
}

std::size_t scaled(std::size_t side, std::size_t numerator, std::size_t denominator) {
  return std::max<std::size_t>(1, (2 * side * numerator + denominator) / (2 * denominator));
}

/// Of an upright plane of 8 bits.
LumaPicture copy_of(const LumaPlane& luma) {
  LumaPicture picture{luma.width, luma.height, std::vector<std::uint8_t>(luma.width * luma.height)};
  for (std::size_t y = 0; y < luma.height; ++y) {
    const std::uint8_t* row = luma.samples + static_cast<std::ptrdiff_t>(y) * luma.row_bytes;
    std::copy_n(row, luma.width, picture.luma.data() + y * luma.width);
  }
  return picture;
}

}  // namespace

LumaPlane LumaPicture::plane() const {
  return {luma.data(), static_cast<std::ptrdiff_t>(width), width, height, 1, 8, 0};
}

LumaPicture resample(const LumaPlane& luma, std::size_t width, std::size_t height) {
  LumaPicture picture;
  if (luma.width == 0 || luma.height == 0 || width == 0 || height == 0) return picture;
  const bool is_as_large = luma.width == width && luma.height == height;
  if (is_as_large && luma.sample_bytes == 1 && luma.bit_depth == 8 && luma.quarter_turns == 0)
    return copy_of(luma);
  const auto values = turn(sample(luma, area_taps(luma.height, height), area_taps(luma.width, width)), width,
                           luma.quarter_turns);
  const bool on_its_side = luma.quarter_turns % 2 != 0;
  picture.width = on_its_side ? height : width;
  picture.height = on_its_side ? width : height;
  picture.luma.resize(values.size());
  round_to_bytes(values.data(), values.size(), picture.luma.data());
  return picture;
}

LumaPicture shrink_to(const LumaPlane& luma, std::size_t short_side) {
  const auto [shorter, longer] = std::minmax(luma.width, luma.height);
  if (short_side == 0 || shorter == 0) return {};
  const bool is_elongated = longer > kMostElongated * shorter;
  const std::size_t side = is_elongated ? longer : shorter;
  const std::size_t most = std::min(side, is_elongated ? kMostElongated * short_side : short_side);
  return resample(luma, scaled(luma.width, most, side), scaled(luma.height, most, side));
}

}  // namespace reelprint::fingerprint
