// Single frames as fingerprints, so that what compares videos compares them.
#pragma once

#include <span>
#include <vector>

#include "core/fingerprint.h"
#include "core/frame.h"
#include "core/match.h"
#include "fingerprint/detail_collector.h"
#include "index/align.h"

namespace reelprint::pipeline {

/// Frame i is the keyframe from 10 i s on: so far from the others that none is taken for its neighbour. All
/// frames are of one video.
[[nodiscard]] Fingerprint print_of_frames(std::span<const Frame> frames,
                                          const fingerprint::DetailSettings& detail);

/// The frames of a match, by twos.
struct FramePrints {
  Fingerprint query;
  Fingerprint reference;
};

/// How two frames compare.
struct FrameAgreement {
  index::AlignedKeyframe by_hashes;
  index::AlignedKeyframe by_features;

  [[nodiscard]] bool is_same() const {
    return by_hashes.agreement == index::Agreement::agrees ||
           by_features.agreement == index::Agreement::agrees;
  }
};

/// Pair i of `prints`, which is pair `claimed` of `match`, by the matcher's own measures.
[[nodiscard]] FrameAgreement compare_frames(const FramePrints& prints, std::size_t i, const Match& match,
                                            const AlignedPair& claimed);

}  // namespace reelprint::pipeline
