// A picture's luma at a working size: what local features are taken from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fingerprint/media_decoder.h"

namespace reelprint::fingerprint {

/// 8-bit luma, row-major height × width, upright.
struct LumaPicture {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<std::uint8_t> luma;

  /// The same samples as a plane, valid as long as the picture is.
  [[nodiscard]] LumaPlane plane() const;

  friend bool operator==(const LumaPicture&, const LumaPicture&) = default;
};

/// The area mean of a plane at width × height cells (as stored, before it is turned), upright. An empty plane
/// or size gives an empty picture.
[[nodiscard]] LumaPicture resample(const LumaPlane& luma, std::size_t width, std::size_t height);

/// The longest side of a working picture, in short sides asked for: what is longer and thinner shrinks
/// further, which bounds the memory and time that a hostile picture can cost.
inline constexpr std::size_t kMostElongated = 4;

/// Shrinks a plane, straight from the decoder, to a short side of at most `short_side` and turns it upright.
/// Never enlarges: a smaller picture is only turned and brought to 8 bits. Keeps the aspect ratio to the
/// pixel. An empty plane or a short side of 0 gives an empty picture.
[[nodiscard]] LumaPicture shrink_to(const LumaPlane& luma, std::size_t short_side);

}  // namespace reelprint::fingerprint
