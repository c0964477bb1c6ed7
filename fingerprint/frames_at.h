// The pictures that a file shows at given times, small enough to be looked at together.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/frame.h"
#include "fingerprint/media_decoder.h"
#include "fingerprint/media_source.h"

namespace reelprint::fingerprint {

/// For each time, in the order given, the decoded picture nearest to it, upright, with a short side of at
/// most `short_side` pixels; nothing for a time over half a second behind the last picture. One pass over the
/// file, every picture decoded as its encoder meant it: whatever effort chose a time as a keyframe's, that
/// keyframe's picture is found; its shown_at says when it is shown. Holds the pictures asked for and one
/// more. Throws what decode_media throws.
[[nodiscard]] std::vector<std::optional<Frame>> frames_at(const MediaSource& file,
                                                          std::span<const Timestamp> times,
                                                          std::size_t short_side,
                                                          const DecodeLimits& limits = {},
                                                          std::stop_token stop = {});

}  // namespace reelprint::fingerprint
