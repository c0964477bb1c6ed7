// Rough hits of the feature index → the pictures that the reference's stored details say are meant.
#pragma once

#include <vector>

#include "core/fingerprint.h"
#include "index/hits.h"

namespace reelprint::index {

/// The feature index proposes stretches of a reference (feature_election.h); here each query picture is
/// compared with the details in and beside them, and its hits become those of the details that agree best: a
/// line through them is right to a detail. Query pictures that agree with none keep their hits. `hits` are of
/// one reference and orientation, by query picture; `print` is that reference's. About 40 µs a detail.
[[nodiscard]] std::vector<Hit> sharpened(const std::vector<Hit>& hits, const Fingerprint& reduced,
                                         const Fingerprint& print);

}  // namespace reelprint::index
