// Fingerprint → Matches: the search as a recipe.
#pragma once

#include <vector>

#include "core/fingerprint.h"
#include "core/match.h"
#include "index/frame_index.h"

namespace reelprint::index {

struct MatchSettings {
  double least_score = 0.5;  ///< what scores less is not a match
  Duration least_distinctive =
      std::chrono::milliseconds(1500);  ///< nor is what shows less than this of its own
  bool use_audio = true;                ///< compare the sound of what the picture found
};

/// Every segment of every reference that the query shows, best score first; among equals by reference id and
/// time. Deterministic: the same query and the same index content give the same bytes, in whatever order
/// references came.
[[nodiscard]] std::vector<Match> find_matches(const Fingerprint& query, const FrameIndex& index,
                                              const MatchSettings& settings);

}  // namespace reelprint::index
