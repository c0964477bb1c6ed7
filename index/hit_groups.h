// Hits gathered by what they speak for: a reference, in one orientation.
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "index/hits.h"

namespace reelprint::index {

/// A reference, and whether the query shows it mirrored.
using HitGroup = std::pair<ReferenceId, bool>;

/// Each group's hits by query keyframe.
using HitGroups = std::map<HitGroup, std::vector<Hit>>;

[[nodiscard]] HitGroups group(std::vector<Hit> hits);

/// The groups whose keyframes, each by its heaviest hit, weigh at least `least` together: the heaviest first,
/// at most `most`.
[[nodiscard]] std::vector<HitGroup> heaviest(const HitGroups& groups, double least, std::size_t most);

}  // namespace reelprint::index
