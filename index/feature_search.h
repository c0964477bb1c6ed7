// Where the time of a feature search goes: descriptors against the rows of every segment.
#pragma once

#include <span>
#include <vector>

#include "core/local_feature.h"
#include "index/feature_index.h"
#include "index/feature_part.h"
#include "index/hamming_scan.h"
#include "index/segments.h"

namespace reelprint::index {

using FeatureNeighbours = std::vector<std::vector<FeatureNeighbour>>;

/// Compares each query with every row.
[[nodiscard]] FeatureNeighbours scan_features(std::span<const Segment<FeaturePart>> segments,
                                              std::span<const LocalFeature> queries,
                                              const FeatureSearch& search, ScanPath path);

/// Compares each query with the rows of its `search.probes` nearest lists, whether they lie in lists or not.
/// Queries are gathered by list, so that each list is read once for all that look into it.
[[nodiscard]] FeatureNeighbours probe_features(std::span<const Segment<FeaturePart>> segments,
                                               std::span<const LocalFeature> queries,
                                               const FeatureSearch& search, ScanPath path);

}  // namespace reelprint::index
