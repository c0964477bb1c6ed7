// Two pictures' local features → whether one shows the other, and how it was moved.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/fingerprint.h"
#include "index/geometry.h"

namespace reelprint::index {

/// A keyframe's detail with what is needed to read it: its picture's proportions, and whether it is to be
/// mirrored.
struct PictureView {
  const KeyframeDetail& detail;
  double width = 1;  ///< in units of the shorter side
  double height = 1;
  bool mirrored = false;

  [[nodiscard]] LocalFeature feature(std::size_t i) const {
    return mirrored ? reelprint::mirrored(detail.features[i]) : detail.features[i];
  }
  [[nodiscard]] Point place(const LocalFeature& feature) const {
    return {feature.x / 65535.0 * width, feature.y / 65535.0 * height};
  }
};

/// The view of one of a fingerprint's details; square when the picture's size is not known.
[[nodiscard]] PictureView view_of(const Fingerprint& print, const KeyframeDetail& detail,
                                  bool mirrored = false);

/// A query feature and the reference feature nearest to it, as positions in the two details.
struct FeaturePair {
  std::size_t query = 0;
  std::size_t reference = 0;
  int distance = 0;
};

/// For every query feature its nearest reference feature within `radius` bits, each reference feature at most
/// once; nearest pairs first.
[[nodiscard]] std::vector<FeaturePair> pair_features(const PictureView& query, const PictureView& reference,
                                                     int radius);

/// How the query's picture lies in the reference's, as far as their features agree on one similarity.
struct PictureMatch {
  Similarity transform;              ///< of the query as viewed
  std::vector<FeaturePair> inliers;  ///< one a place
};
[[nodiscard]] std::optional<PictureMatch> match_pictures(const PictureView& query,
                                                         const PictureView& reference);

/// The same where a transform is expected, as other pictures of the query obey it: that one, if at least as
/// many places obey it as any other.
[[nodiscard]] std::optional<PictureMatch> match_pictures(const PictureView& query,
                                                         const PictureView& reference,
                                                         const Similarity& expected);

}  // namespace reelprint::index
