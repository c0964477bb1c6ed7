// Local features of pictures that never were: what the tests of the feature index search with and for.
#pragma once

#include <cstdint>
#include <vector>

#include "core/local_feature.h"
#include "index/feature_index.h"

namespace reelprint::index::test {

using Features = std::vector<LocalFeature>;
using Details = std::vector<Features>;

/// As correlated as real descriptors are; each with noise of its own, which the model lacks.
[[nodiscard]] Features made_up_features(std::size_t count, std::uint64_t seed);
/// Each with so many bits flipped, one perhaps twice.
[[nodiscard]] Features copies_of(const Features& originals, std::uint64_t flips);
/// A reference of details with 64 features each, the last perhaps with fewer. Its features are
/// made_up_features(features, reference + 1000).
[[nodiscard]] Details made_up_reference(std::int64_t reference, std::size_t features);

using Tracks = std::vector<FeatureTrack>;
/// Each feature as a track of its own.
[[nodiscard]] Tracks tracks_through(const Details& details);
void add(FeatureIndex& index, std::int64_t reference, const Details& details);

/// Enough for inverted lists if they begin at kListsFrom.
inline constexpr std::int64_t kManyReferences = 12;
inline constexpr std::size_t kFeaturesOfEach = 500;
inline constexpr std::size_t kListsFrom = 2'000;

[[nodiscard]] FeatureIndex empty_index(ScanPath path = fastest_scan_path());
/// References 1 to kManyReferences in lists.
[[nodiscard]] FeatureIndex large_index(ScanPath path = fastest_scan_path());

}  // namespace reelprint::index::test
