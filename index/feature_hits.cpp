#include "index/feature_hits.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>
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
constexpr std::size_t kTogether = 128;    ///< pictures searched at once

/// A reference picture and what votes for it.
struct Voted {
  const IndexedReference* reference = nullptr;
  std::uint32_t detail = 0;
  double votes = 0;
  std::size_t features = 0;

  [[nodiscard]] bool is_same_picture(const Voted& other) const {
    return reference == other.reference && detail == other.detail;
  }
};

double vote_of(int distance) {
  const double far = std::max(0, distance - kNear) / static_cast<double>(kSearch.radius - kNear);
  return 1 - (1 - kFarthestVote) * far;
}

/// Elects the reference pictures that the features of a query picture vote for.
class Election {
 public:
  explicit Election(const FrameIndex& frames) : frames_(frames) {}

  /// The pictures with the most votes of one query picture's features.
  std::vector<Voted> elect(std::span<const std::vector<FeatureNeighbour>> neighbours) {
    ballots_.clear();
    for (const auto& of_feature : neighbours) add_ballots(of_feature);
    std::ranges::stable_sort(
        ballots_, {}, [](const Voted& vote) { return std::pair(vote.reference->reference, vote.detail); });
    std::vector<Voted> ranked;
    for (auto it = ballots_.begin(); it != ballots_.end();) {
      Voted sum = *it;
      for (++it; it != ballots_.end() && it->is_same_picture(sum); ++it) {
        sum.votes += it->votes;
        ++sum.features;
      }
      if (sum.features >= kLeastFeatures) ranked.push_back(sum);
    }
    keep_best(ranked);
    return ranked;
  }

 private:
  /// What one feature votes for: each picture once, by its nearest neighbour there.
  void add_ballots(const std::vector<FeatureNeighbour>& neighbours) {
    const auto first = static_cast<std::ptrdiff_t>(ballots_.size());
    series_.clear();
    for (const FeatureNeighbour& near : neighbours) {
      const IndexedReference* reference = reference_of(near.reference);
      if (reference == nullptr) continue;
      if (std::ranges::find(series_, reference->series) == series_.end())
        series_.push_back(reference->series);
      const Voted vote{reference, near.detail, vote_of(near.distance), 1};
      const bool is_first = std::none_of(ballots_.begin() + first, ballots_.end(),
                                         [&](const Voted& other) { return other.is_same_picture(vote); });
      if (is_first) ballots_.push_back(vote);
    }
    const auto n = static_cast<double>(series_.size());
    std::for_each(ballots_.begin() + first, ballots_.end(), [&](Voted& vote) { vote.votes /= n * n; });
  }

  static void keep_best(std::vector<Voted>& ranked) {
    std::ranges::sort(ranked, {}, [](const Voted& voted) {
      return std::tuple(-voted.votes, voted.reference->reference, voted.detail);
    });
    std::map<const IndexedReference*, std::size_t> taken;
    std::erase_if(ranked, [&](const Voted& voted) { return ++taken[voted.reference] > kPerReference; });
    ranked.resize(std::min(ranked.size(), kMostPictures));
  }

  const IndexedReference* reference_of(ReferenceId id) {
    const auto [it, is_new] = known_.try_emplace(id, nullptr);
    if (is_new) it->second = frames_.find(id);
    return it->second;
  }

  const FrameIndex& frames_;
  std::unordered_map<ReferenceId, const IndexedReference*> known_;
  std::vector<Voted> ballots_;
  std::vector<SeriesId> series_;  ///< that one feature's neighbours are of
};

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

void append_features(const Fingerprint& reduced, std::span<const std::size_t> pictures, bool is_mirrored,
                     std::vector<LocalFeature>& features) {
  for (const std::size_t i : pictures) {
    for (const LocalFeature& feature : reduced.details[i].features)
      features.push_back(is_mirrored ? mirrored(feature) : feature);
  }
}

Hit hit_of(const Voted& voted, std::size_t query, bool is_mirrored) {
  Hit hit;
  hit.query = query;
  hit.reference = voted.reference;
  hit.keyframe = voted.reference->details[voted.detail];
  hit.distance = -static_cast<int>(voted.features);
  hit.mirrored = is_mirrored;
  hit.weight = std::min(1.0, voted.votes / kFullVotes);
  return hit;
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

/// The pictures go into the index together, as they are and mirrored, so that a list is read once for all of
/// them; but not more than kTogether, which bounds what a long query holds.
std::vector<Hit> find_feature_hits(const Fingerprint& reduced, std::span<const Interval> explained,
                                   const FrameIndex& frames, const FeatureIndex& features) {
  const auto pictures = searched(reduced, explained);
  Election election(frames);
  std::vector<Hit> hits;
  std::vector<LocalFeature> wanted;
  for (std::size_t begin = 0; begin < pictures.size(); begin += kTogether) {
    const auto batch = std::span(pictures).subspan(begin, std::min(kTogether, pictures.size() - begin));
    wanted.clear();
    for (const bool is_mirrored : {false, true}) append_features(reduced, batch, is_mirrored, wanted);
    const auto neighbours = features.search(wanted, kSearch);
    std::size_t first = 0;
    for (const bool is_mirrored : {false, true}) {
      for (const std::size_t i : batch) {
        const std::size_t count = reduced.details[i].features.size();
        for (const Voted& voted : election.elect(std::span(neighbours).subspan(first, count))) {
          if (voted.detail < voted.reference->details.size()) hits.push_back(hit_of(voted, i, is_mirrored));
        }
        first += count;
      }
    }
  }
  std::ranges::stable_sort(hits, {}, &Hit::mirrored);
  return hits;
}

}  // namespace reelprint::index
