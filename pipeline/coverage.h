// Which seconds of which episodes of a series an upload shows.
#pragma once

#include <span>
#include <vector>

#include "core/catalog.h"
#include "core/match.h"

namespace reelprint::pipeline {

/// One episode of the series, whether it was found or not.
struct EpisodeCoverage {
  ReferenceEntry entry;  ///< the cut that the upload shows most of; of those it shows none of, the first
  Duration covered{0};   ///< of it, each second counted once
  double share = 0;      ///< of its duration, 0..1
  std::vector<Match> matches;  ///< of it, by their time in it
};

/// A row for every episode among `entries`, in the order of their first cuts. Matches of other references and
/// of the sound alone are left out, and what reaches beyond a reference's duration does not count.
[[nodiscard]] std::vector<EpisodeCoverage> coverage_of(std::span<const ReferenceEntry> entries,
                                                       std::span<const Match> matches);

/// The time in at least one of the spans, within [0, duration).
[[nodiscard]] Duration length_of_union(std::vector<Interval> spans, Duration duration);

}  // namespace reelprint::pipeline
