#include "index/feature_hits.h"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace reelprint::index {
namespace {

/// How closely the index is looked at.
struct Look {
  FeatureSearch search{.radius = 56, .most_per_query = 12};
  std::size_t step = 1;  ///< one feature in so many is searched
  /// Pictures that go into the index together, so that a list is read once for all of them; bounds what a
  /// long query holds, some 80 MB either way.
  std::size_t together = 128;
};
constexpr Look kCloseLook{};
/// Is anything there at all? On the tune half of the accuracy corpus every upload that the close look found
/// anything in had four times kWorthACloseLook; by four probes of one feature in four, one in 62 had less
/// than it.
constexpr Look kQuickLook{
    {.radius = 56, .most_per_query = 12, .probes = 6, .words = Codebook::kWords / 24}, 3, 512};
constexpr double kWorthACloseLook = 0.2;  ///< sum of a reference's hit weights that a quick look must find
constexpr int kNear = 24;                 ///< bits up to which a feature votes whole, falling to …
constexpr double kFarthestVote = 0.25;    ///< … this at the search radius
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

  [[nodiscard]] bool is_same_picture(const Voted& other) const {
    return reference == other.reference && detail == other.detail;
  }
};

double vote_of(int distance) {
  const double far = std::max(0, distance - kNear) / static_cast<double>(kCloseLook.search.radius - kNear);
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

/// One in `step` of a picture's features.
void append_features(const KeyframeDetail& detail, std::size_t step, bool is_mirrored,
                     std::vector<LocalFeature>& features) {
  for (std::size_t i = 0; i < detail.features.size(); i += step)
    features.push_back(is_mirrored ? mirrored(detail.features[i]) : detail.features[i]);
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

/// The hits of the pictures, as they are and mirrored.
std::vector<Hit> look(const Fingerprint& reduced, std::span<const std::size_t> pictures, const Look& how,
                      const FrameIndex& frames, const FeatureIndex& features) {
  Election election(frames);
  std::vector<Hit> hits;
  std::vector<LocalFeature> wanted;
  for (std::size_t begin = 0; begin < pictures.size(); begin += how.together) {
    const auto batch = pictures.subspan(begin, std::min(how.together, pictures.size() - begin));
    wanted.clear();
    std::vector<std::size_t> ends;
    for (const bool is_mirrored : {false, true}) {
      for (const std::size_t i : batch) {
        append_features(reduced.details[i], how.step, is_mirrored, wanted);
        ends.push_back(wanted.size());
      }
    }
    const auto neighbours = features.search(wanted, how.search);
    std::size_t first = 0;
    for (std::size_t n = 0; n < ends.size(); first = ends[n++]) {
      for (const Voted& voted : election.elect(std::span(neighbours).subspan(first, ends[n] - first))) {
        if (voted.detail < voted.reference->details.size())
          hits.push_back(hit_of(voted, batch[n % batch.size()], n >= batch.size()));
      }
    }
  }
  std::ranges::stable_sort(hits, {}, &Hit::mirrored);
  return hits;
}

/// The most that the pictures of the query say of one reference, each by its best hit.
double most_weight(const std::vector<Hit>& hits) {
  std::map<std::tuple<ReferenceId, bool, std::size_t>, double> of_picture;
  for (const Hit& hit : hits) {
    double& best = of_picture[{hit.reference->reference, hit.mirrored, hit.query}];
    best = std::max(best, hit.weight);
  }
  std::map<std::pair<ReferenceId, bool>, double> of_reference;
  double most = 0;
  for (const auto& [key, weight] : of_picture) {
    most = std::max(most, of_reference[{std::get<0>(key), std::get<1>(key)}] += weight);
  }
  return most;
}

}  // namespace

Fingerprint at_details(const Fingerprint& query) {
  Fingerprint reduced;
  reduced.algorithm = query.algorithm;
  reduced.effort = query.effort;
  reduced.media = query.media;
  reduced.duration = query.duration;
  reduced.width = query.width;
  reduced.height = query.height;
  reduced.details = query.details;
  reduced.audio = query.audio;
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
  auto hits = look(reduced, pictures, kQuickLook, frames, features);
  if (most_weight(hits) < kWorthACloseLook) return hits;
  return look(reduced, pictures, kCloseLook, frames, features);
}

}  // namespace reelprint::index
