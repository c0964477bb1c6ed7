#include "tests/support/decoded_media.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reelprint::test {
namespace {

using fingerprint::LumaPlane;
using fingerprint::Picture;

/// The mean of columns [left, right) and rows [top, bottom), on the 8-bit scale.
double level_of(const LumaPlane& luma, std::size_t left, std::size_t right, std::size_t top,
                std::size_t bottom) {
  double sum = 0;
  for (std::size_t y = top; y < bottom; ++y) {
    const std::uint8_t* row = luma.samples + static_cast<std::ptrdiff_t>(y) * luma.row_bytes;
    for (std::size_t x = left; x < right; ++x)
      sum += luma.sample_bytes == 2 ? row[2 * x] + 256.0 * row[2 * x + 1] : row[x];
  }
  return sum / static_cast<double>((right - left) * (bottom - top)) / std::exp2(luma.bit_depth - 8);
}

SeenPicture look_at(const Picture& picture) {
  const LumaPlane& luma = picture.luma;
  const std::size_t w = luma.width;
  const std::size_t h = luma.height;
  SeenPicture seen{
      picture.shown_at, level_of(luma, 0, w, 0, h), w, h, luma.quarter_turns, picture.is_key, {}};
  if (w < 2 || h < 2) return seen;
  seen.quarters = {level_of(luma, 0, w / 2, 0, h / 2), level_of(luma, w / 2, w, 0, h / 2),
                   level_of(luma, 0, w / 2, h / 2, h), level_of(luma, w / 2, w, h / 2, h)};
  for (int turn = 0; turn < luma.quarter_turns; ++turn) {
    const auto [a, b, c, d] = seen.quarters;
    seen.quarters = {c, a, d, b};
  }
  return seen;
}

}  // namespace

Seen decode(const std::filesystem::path& file, Effort effort, const fingerprint::DecodeLimits& limits) {
  Seen seen;
  fingerprint::DecodeSink sink;
  sink.on_picture = [&](const Picture& picture) { seen.pictures.push_back(look_at(picture)); };
  sink.on_sound = [&](std::span<const std::int16_t> samples, Timestamp at) {
    seen.sound.push_back({at, {samples.begin(), samples.end()}});
  };
  seen.facts = fingerprint::decode_media(file, fingerprint::plan_of(effort, true), limits, sink);
  EXPECT_EQ(seen.facts.pictures, seen.pictures.size());
  for (std::size_t i = 1; i < seen.pictures.size(); ++i)
    EXPECT_LE(seen.pictures[i - 1].shown_at, seen.pictures[i].shown_at) << "picture " << i;
  return seen;
}

std::optional<ErrorCode> error_of(const std::filesystem::path& file,
                                  const fingerprint::DecodeLimits& limits) {
  try {
    static_cast<void>(fingerprint::decode_media(file, fingerprint::plan_of(Effort::deep, true), limits, {}));
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

}  // namespace reelprint::test
