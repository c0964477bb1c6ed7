#include "index/picture_match.h"

#include <algorithm>
#include <numbers>
#include <tuple>

namespace reelprint::index {
namespace {

constexpr int kRadius = 64;          ///< bits between two descriptors of one place
constexpr double kTolerance = 0.03;  ///< of the reference's shorter side, for a place to obey a transform
constexpr std::size_t kMostPairs = 64;

[[gnu::target_clones("popcnt", "default")]] int nearest_feature(const LocalFeature& query,
                                                                const std::vector<LocalFeature>& features,
                                                                std::size_t& nearest) {
  int least = 257;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const int distance = hamming_distance(query, features[i]);
    if (distance >= least) continue;
    least = distance;
    nearest = i;
  }
  return least;
}

}  // namespace

PictureView view_of(const Fingerprint& print, const KeyframeDetail& detail, bool is_mirrored) {
  const auto shorter = static_cast<double>(std::min(print.width, print.height));
  if (shorter <= 0) return {detail, 1, 1, is_mirrored};
  return {detail, print.width / shorter, print.height / shorter, is_mirrored};
}

std::vector<FeaturePair> pair_features(const PictureView& query, const PictureView& reference, int radius) {
  std::vector<FeaturePair> pairs;
  for (std::size_t i = 0; i < query.detail.features.size(); ++i) {
    std::size_t nearest = 0;
    const int distance = nearest_feature(query.feature(i), reference.detail.features, nearest);
    if (distance <= radius) pairs.push_back({i, nearest, distance});
  }
  std::ranges::sort(pairs, {}, [](const FeaturePair& p) { return std::tuple(p.distance, p.query); });
  std::vector<bool> is_taken(reference.detail.features.size());
  std::erase_if(pairs, [&](const FeaturePair& pair) {
    const bool was_taken = is_taken[pair.reference];
    is_taken[pair.reference] = true;
    return was_taken;
  });
  return pairs;
}

namespace {

/// Feature pairs of two pictures and where their places are.
struct PlacedPairs {
  std::vector<FeaturePair> pairs;
  std::vector<PointPair> points;

  [[nodiscard]] PictureMatch match(const Similarity& transform,
                                   const std::vector<std::size_t>& inliers) const {
    PictureMatch match{transform, {}};
    for (const std::size_t i : inliers) match.inliers.push_back(pairs[i]);
    return match;
  }
};

PlacedPairs place_pairs(const PictureView& query, const PictureView& reference) {
  PlacedPairs placed{pair_features(query, reference, kRadius), {}};
  placed.pairs.resize(std::min(placed.pairs.size(), kMostPairs));
  for (const FeaturePair& pair : placed.pairs) {
    const LocalFeature own = query.feature(pair.query);
    const LocalFeature& other = reference.detail.features[pair.reference];
    const auto turn = static_cast<std::int8_t>(other.angle - own.angle);  // modulo a turn
    placed.points.push_back({query.place(own), reference.place(other), turn * std::numbers::pi / 128});
  }
  return placed;
}

std::optional<PictureMatch> fitted(const PlacedPairs& placed) {
  const auto fit = fit_similarity(placed.points, kTolerance);
  if (!fit) return std::nullopt;
  return placed.match(fit->transform, fit->inliers);
}

}  // namespace

std::optional<PictureMatch> match_pictures(const PictureView& query, const PictureView& reference) {
  return fitted(place_pairs(query, reference));
}

std::optional<PictureMatch> match_pictures(const PictureView& query, const PictureView& reference,
                                           const Similarity& expected) {
  const PlacedPairs placed = place_pairs(query, reference);
  auto free = fitted(placed);
  const auto inliers = obeying(placed.points, expected, kTolerance);
  if (inliers.empty() || (free && free->inliers.size() > inliers.size())) return free;
  return placed.match(expected, inliers);
}

}  // namespace reelprint::index
