// Of all alignments, those that another one does not explain better.
#pragma once

#include <vector>

#include "index/align.h"

namespace reelprint::index {

struct ScoredAlignment {
  Alignment alignment;
  Match match;  ///< the claim that it amounts to
};

struct Selection {
  std::vector<ScoredAlignment> kept;       ///< strongest first
  std::vector<ScoredAlignment> explained;  ///< by one that was kept
};

/// Sets an alignment aside when stronger ones explain the same seconds of the query: the same set at another
/// moment (they are clearly nearer), the shared intro of another episode (they go on, it does not), the same
/// reference again. What goes on along the stronger one's own line is taken into it (join.h). Alignments
/// about equally near and long stay: two cuts of one episode are both true.
[[nodiscard]] Selection select(std::vector<ScoredAlignment> alignments);

}  // namespace reelprint::index
