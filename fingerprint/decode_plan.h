// How much of a video each effort decodes (DESIGN: decode plan; costs in docs/benchmarks.md).
#pragma once

#include "core/fingerprint.h"

namespace reelprint::fingerprint {

enum class SkipFrames { nothing, non_reference, non_key };

struct DecodePlan {
  SkipFrames skip = SkipFrames::nothing;
  bool deblock =
      true;  ///< run the decoder's in-loop filter; without it a 64×64 picture moves by at most 2.5 of 255
  bool audio = true;  ///< decode the first audio stream too
};

/// The plan of an effort: what it skips is exact for non-reference frames and for all but key frames; it
/// never skips frames that others are predicted from.
[[nodiscard]] constexpr DecodePlan plan_of(Effort effort, bool audio) {
  switch (effort) {
    case Effort::fast: return {SkipFrames::non_key, false, audio};
    case Effort::standard: return {SkipFrames::non_reference, false, audio};
    case Effort::deep: return {SkipFrames::nothing, true, audio};
  }
  return {};
}

}  // namespace reelprint::fingerprint
