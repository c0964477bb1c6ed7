#include "index/feature_hits.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <tuple>
#include <utility>

namespace reelprint::index {
namespace {

constexpr FeatureSearch kSearch{.radius = 56, .most_per_query = 12};
constexpr int kNear = 24;               ///< bits up to which a feature votes whole, falling to …
constexpr double kFarthestVote = 0.25;  ///< … this at the search radius
constexpr std::size_t kLeastFeatures = 2;
constexpr std::size_t kMostPictures = 8;  ///< of one query picture and orientation
constexpr std::size_t kPerReference = 2;  ///< of them of one reference
constexpr double kFullVotes = 8;          ///< from which a hit weighs whole

/// A reference picture and what votes for it.
struct Voted {
  const IndexedReference* reference = nullptr;
  std::uint32_t detail = 0;
  double votes = 0;
  std::size_t features = 0;
};
using PictureId = std::pair<ReferenceId, std::uint32_t>;
using Tally = std::map<PictureId, Voted>;

double vote_of(int distance) {
  const double far = std::max(0, distance - kNear) / static_cast<double>(kSearch.radius - kNear);
  return 1 - (1 - kFarthestVote) * far;
}

/// What one feature votes for: each picture once, by its nearest neighbour there.
void add_votes(const std::vector<FeatureNeighbour>& neighbours, const FrameIndex& frames, Tally& tally) {
  std::set<SeriesId> series;
  for (const FeatureNeighbour& near : neighbours) {
    if (const auto* reference = frames.find(near.reference)) series.insert(reference->series);
  }
  const auto n = static_cast<double>(series.size());
  std::set<PictureId> seen;
  for (const FeatureNeighbour& near : neighbours) {
    const auto* reference = frames.find(near.reference);
    if (reference == nullptr || !seen.insert({near.reference, near.detail}).second) continue;
    Voted& voted = tally[{near.reference, near.detail}];
    voted.reference = reference;
    voted.detail = near.detail;
    voted.votes += vote_of(near.distance) / (n * n);
    ++voted.features;
  }
}

/// The pictures with the most votes of one query picture's features.
std::vector<Voted> elect(std::span<const std::vector<FeatureNeighbour>> neighbours,
                         const FrameIndex& frames) {
  Tally tally;
  for (const auto& of_feature : neighbours) add_votes(of_feature, frames, tally);
  std::vector<Voted> ranked;
  for (const auto& [picture, voted] : tally) {
    if (voted.features >= kLeastFeatures) ranked.push_back(voted);
  }
  std::ranges::sort(ranked, {}, [](const Voted& voted) {
    return std::tuple(-voted.votes, voted.reference->reference, voted.detail);
  });
  std::map<const IndexedReference*, std::size_t> taken;
  std::erase_if(ranked, [&](const Voted& voted) { return ++taken[voted.reference] > kPerReference; });
  ranked.resize(std::min(ranked.size(), kMostPictures));
  return ranked;
}

/// The reduced query's pictures that are searched.
std::vector<std::size_t> searched(const Fingerprint& reduced, std::span<const Interval> explained) {
  std::vector<std::size_t> pictures;
  for (std::size_t i = 0; i < reduced.keyframes.size(); ++i) {
    const bool is_explained = std::ranges::any_of(explained, [&](const Interval& interval) {
      return interval.contains(reduced.keyframes[i].span.begin);
    });
    if (!is_explained) pictures.push_back(i);
  }
  return pictures;
}

std::vector<LocalFeature> features_of(const Fingerprint& reduced, std::span<const std::size_t> pictures,
                                      bool is_mirrored) {
  std::vector<LocalFeature> features;
  for (const std::size_t i : pictures) {
    for (const LocalFeature& feature : reduced.details[i].features) {
      features.push_back(is_mirrored ? mirrored(feature) : feature);
    }
  }
  return features;
}

}  // namespace

Fingerprint at_details(const Fingerprint& query) {
  Fingerprint reduced = query;
  reduced.keyframes.clear();
  reduced.thumbnails.clear();
  for (std::size_t i = 0; i < query.details.size(); ++i) {
    const std::size_t first = query.details[i].keyframe;
    const std::size_t behind =
        i + 1 < query.details.size() ? query.details[i + 1].keyframe : query.keyframes.size();
    Keyframe keyframe = query.keyframes[first];
    for (std::size_t k = first; k < behind && query.keyframes[k].hash.quality > 0; ++k) {
      keyframe.span.end = query.keyframes[k].span.end;
    }
    reduced.keyframes.push_back(keyframe);
    reduced.details[i].keyframe = static_cast<std::uint32_t>(i);
  }
  return reduced;
}

std::vector<Hit> find_feature_hits(const Fingerprint& reduced, std::span<const Interval> explained,
                                   const FrameIndex& frames, const FeatureIndex& features) {
  const auto pictures = searched(reduced, explained);
  std::vector<Hit> hits;
  for (const bool is_mirrored : {false, true}) {
    const auto neighbours = features.search(features_of(reduced, pictures, is_mirrored), kSearch);
    std::size_t first = 0;
    for (const std::size_t i : pictures) {
      const std::size_t count = reduced.details[i].features.size();
      for (const Voted& voted : elect(std::span(neighbours).subspan(first, count), frames)) {
        if (voted.detail >= voted.reference->details.size()) continue;
        Hit hit;
        hit.query = i;
        hit.reference = voted.reference;
        hit.keyframe = voted.reference->details[voted.detail];
        hit.distance = -static_cast<int>(voted.features);
        hit.mirrored = is_mirrored;
        hit.weight = std::min(1.0, voted.votes / kFullVotes);
        hits.push_back(hit);
      }
      first += count;
    }
  }
  return hits;
}

}  // namespace reelprint::index
