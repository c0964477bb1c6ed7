#include "index/feature_hits.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "index/feature_election.h"
#include "index/hit_groups.h"
#include "index/vote.h"

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
/// Is anything there at all? Nearer features only: of those from 45 to 56 bits most are chance.
constexpr Look kQuickLook{
    {.radius = 44, .most_per_query = 12, .probes = 6, .words = Codebook::kWords / 24}, 2, 512};
/// A lead's line has votes for so many pictures more than what chance explains: on the tune half of the
/// accuracy corpus best / (other + 0.3) was 1.24 at most for clear uploads, 1.43 at least for copies …
constexpr double kLeastLead = 0.2;
constexpr double kOverChance = 1.25;  ///< … which is so many times what the other orientation's best line has
constexpr double kCertainLead = 5;    ///< or so many: whole pictures on one line are not chance
constexpr std::size_t kAskedOfOrientation = 6;  ///< references, the heaviest, whose lines are asked
constexpr double kFullVotes = 8;                ///< from which a hit weighs whole
constexpr Duration kHitStep = std::chrono::milliseconds(450);  ///< least time between two hits of one stretch

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

/// Hits at the best detail of a stretch and at others of it, so near to one another that a time line through
/// any part of the stretch passes one.
void append_hits(const ElectedStretch& stretch, std::size_t query, bool is_mirrored, std::vector<Hit>& hits) {
  const IndexedReference& reference = *stretch.reference;
  const auto append = [&](std::uint32_t detail, int distance) {
    Hit hit;
    hit.query = query;
    hit.reference = &reference;
    hit.keyframe = reference.details[detail];
    hit.distance = distance;
    hit.mirrored = is_mirrored;
    hit.weight = std::min(1.0, stretch.votes / kFullVotes);
    hits.push_back(hit);
  };
  const auto shown_at = [&](std::uint32_t detail) {
    return reference.keyframes[reference.details[detail]].span.begin;
  };
  const int features = static_cast<int>(stretch.features);
  append(stretch.best, -features);
  for (std::uint32_t last = stretch.best, k = last + 1; k < stretch.end; ++k) {
    if (shown_at(k) - shown_at(last) < kHitStep) continue;
    append(last = k, 1 - features);
  }
  for (std::uint32_t last = stretch.best, k = last; k-- > stretch.begin;) {
    if (shown_at(last) - shown_at(k) < kHitStep) continue;
    append(last = k, 1 - features);
  }
}

/// The hits of the pictures, as they are and mirrored.
std::vector<Hit> look(const Fingerprint& reduced, std::span<const std::size_t> pictures, const Look& how,
                      const FrameIndex& frames, const FeatureIndex& features) {
  FeatureElection election(frames);
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
      for (const auto& stretch : election.elect(std::span(neighbours).subspan(first, ends[n] - first)))
        append_hits(stretch, batch[n % batch.size()], n >= batch.size(), hits);
    }
  }
  std::ranges::stable_sort(hits, {}, &Hit::mirrored);
  return hits;
}

/// The most votes that a line of one reference has: of the query as it is, and mirrored.
std::array<double, 2> most_votes(const Fingerprint& reduced, std::vector<Hit> hits) {
  std::array<double, 2> most{};
  std::array<std::size_t, 2> asked{};
  const HitGroups groups = group(std::move(hits));
  for (const HitGroup& key : heaviest(groups, 0, groups.size())) {
    const auto orientation = static_cast<std::size_t>(key.second);
    if (asked[orientation]++ >= kAskedOfOrientation) continue;
    most[orientation] = std::max(most[orientation], vote(reduced, groups.at(key)).votes);
  }
  return most;
}

/// Nobody shows a video as it is and mirrored at once: the orientation with less says how much chance finds
/// with these pictures in this catalog.
bool is_lead(const std::array<double, 2>& votes) {
  const auto [chance, best] = std::ranges::minmax(votes);
  return best >= kCertainLead || best >= kLeastLead + kOverChance * chance;
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
  if (!is_lead(most_votes(reduced, std::move(hits)))) return {};
  return look(reduced, pictures, kCloseLook, frames, features);
}

}  // namespace reelprint::index
