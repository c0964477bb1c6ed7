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

std::optional<PictureMatch> match_pictures(const PictureView& query, const PictureView& reference) {
  auto pairs = pair_features(query, reference, kRadius);
  pairs.resize(std::min(pairs.size(), kMostPairs));
  std::vector<PointPair> points;
  for (const FeaturePair& pair : pairs) {
    const LocalFeature own = query.feature(pair.query);
    const LocalFeature& other = reference.detail.features[pair.reference];
    const auto turn = static_cast<std::int8_t>(other.angle - own.angle);  // modulo a turn
    points.push_back({query.place(own), reference.place(other), turn * std::numbers::pi / 128});
  }
  const auto fit = fit_similarity(points, kTolerance);
  if (!fit) return std::nullopt;
  PictureMatch match{fit->transform, {}};
  for (const std::size_t i : fit->inliers) match.inliers.push_back(pairs[i]);
  return match;
}

}  // namespace reelprint::index
