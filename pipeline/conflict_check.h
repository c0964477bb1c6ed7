// Does what is being registered belong to somebody else already? Pure functions.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "core/catalog.h"
#include "core/conflict.h"
#include "core/match.h"

namespace reelprint::pipeline {

/// From when on two references claim the same work. More is asked than of an upload, which is flagged from
/// 3 s at 0.9: two holders may well have bought the same stock shot, and a wrong conflict leaves a day of
/// release unprotected. 0.9 is one chance resemblance in a million searches; 5 s at usual cutting are two or
/// three shots; five pictures keep a locked-off shot from being enough.
struct ClaimRule {
  double least_score = 0.9;                              ///< of one match
  Duration least_distinctive = std::chrono::seconds(5);  ///< of all matches with a reference together
  std::size_t least_pictures = 5;                        ///< likewise
};

/// All that one registered reference shares with the one being registered.
struct Overlap {
  ReferenceId other;
  std::vector<ConflictSegment> segments;  ///< by the time of the one being registered
  double score = 0;                       ///< of the best
  Duration distinctive{0};                ///< of all together
};

/// What is excluded of a registered reference.
using ExcludedOf = std::function<std::vector<ExcludedInterval>(ReferenceId)>;

/// The references that claim the same pictures, by id. Only confirmed matches of the picture count, and no
/// seconds that other series show too; a match that lies mostly in what is excluded of its reference, or in
/// `own_excluded`, does not.
[[nodiscard]] std::vector<Overlap> find_overlaps(std::span<const Match> matches,
                                                 std::span<const ExcludedInterval> own_excluded,
                                                 const ExcludedOf& excluded, const ClaimRule& rule = {});

}  // namespace reelprint::pipeline
