// Query keyframes → weighted hits by local features: what whole-picture hashes miss, because it was cropped,
// framed, turned, or set into another picture.
#pragma once

#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "index/feature_index.h"
#include "index/frame_index.h"
#include "index/hits.h"

namespace reelprint::index {

/// The query reduced to the keyframes that have details: keyframe i is the one of detail i, and stands until
/// the next or until nothing is seen.
[[nodiscard]] Fingerprint at_details(const Fingerprint& query);

/// The reference pictures that the features of each of a reduced query's pictures, as it is and mirrored,
/// vote for: at most eight stretches a picture and orientation (feature_election.h), each with hits so near
/// to one another that a time line through it passes one. Not yet verified: which places agree is left to
/// align(). A hit's keyframe is a position among the reference's keyframes. Pictures shown within `explained`
/// are not searched. First half of the features look into few lists; if they vote for no time line more than
/// chance would, there are no hits.
[[nodiscard]] std::vector<Hit> find_feature_hits(const Fingerprint& reduced,
                                                 std::span<const Interval> explained,
                                                 const FrameIndex& frames, const FeatureIndex& features);

}  // namespace reelprint::index
