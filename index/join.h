// Matches that are one: the same line found twice, by another kind of evidence or across a gap.
#pragma once

#include <chrono>
#include <vector>

#include "core/match.h"

namespace reelprint::index {

/// Whether `b` lies on the line of `a` (to 0.5 s), in the same reference and orientation, and overlaps it or
/// is at most `longest_gap` away.
[[nodiscard]] bool continues(const Match& a, const Match& b, Duration longest_gap = std::chrono::seconds(2));

/// Takes the weaker match into the stronger: the span of both, the seconds and pictures of both.
void absorb(Match& stronger, const Match& weaker);

/// Joins matches of one reference and orientation that lie on one line (to 0.5 s) and overlap, or follow each
/// other within 2 s, into the one with the better score. Order is kept.
void join_continued(std::vector<Match>& matches);

}  // namespace reelprint::index
