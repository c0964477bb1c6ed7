// Whether the sound of two aligned stretches agrees. It supports or weakens a match that the picture has
// made.
#pragma once

#include <optional>

#include "core/fingerprint.h"
#include "core/match.h"

namespace reelprint::index {

/// The share 0..1 of one-second blocks of the match's query span whose Chromaprint items differ from the
/// reference's in fewer bits than unrelated sound does, at the best common shift within ±0.5 s. Nothing when
/// either side has no sound there for at least 3 s, or when the speed differs by more than 3 % (pitch and
/// rhythm then differ as well).
[[nodiscard]] std::optional<double> sound_agreement(const AudioPrint& query, const AudioPrint& reference,
                                                    const Match& match);

}  // namespace reelprint::index
