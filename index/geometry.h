// Matched points of two pictures → the similarity transform that most of them obey.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "core/similarity.h"

namespace reelprint::index {

/// A query point and the reference point that looks like it.
struct PointPair {
  Point query;
  Point reference;
  double turn = 0;  ///< radians by which what lies around the point is turned, query to reference
};

struct GeometricFit {
  Similarity transform;              ///< least squares over the inliers
  std::vector<std::size_t> inliers;  ///< positions in the pairs, ascending
};

/// The transform with the most inliers: every two pairs propose one (RANSAC's hypotheses, Fischler and Bolles
/// 1981, but all of them, so that the result never depends on chance). A pair is an inlier when its points
/// fall within `tolerance` of each other and it is turned as the transform turns, to 30°. Places count, not
/// pairs: of several within a tolerance of each other only one. Scales outside 1/5..5 are not considered.
/// Nothing when fewer than three pairs agree. Only the first 24 pairs propose.
[[nodiscard]] std::optional<GeometricFit> fit_similarity(std::span<const PointPair> pairs, double tolerance);

/// The pairs that obey a transform that is known already, counted and ordered as above.
[[nodiscard]] std::vector<std::size_t> obeying(std::span<const PointPair> pairs, const Similarity& transform,
                                               double tolerance);

}  // namespace reelprint::index
