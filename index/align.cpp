#include "index/align.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "index/picture_match.h"

namespace reelprint::index {
namespace {

constexpr double kReach_s = 0.4;
constexpr double kLongestGap_s = 2;
/// At the aligned moment one stranger is compared, not a whole catalog, so the full measured radius holds
/// here.
constexpr int kAgrees = 84;
constexpr int kDisagrees = 100;

constexpr double kDetailReach_s = 0.3;
constexpr int kInliersAgree = 6;
constexpr int kExpectedAgree = 4;   ///< where the transform is known beforehand
constexpr int kEnoughToExpect = 8;  ///< of the picture whose transform is expected of the others
constexpr int kInliersUnsure = 4;
constexpr std::size_t kLeastFeatures = 12;  ///< below, a picture says too little to disagree

/// What the reference shows within reach of an aligned moment.
struct Shown {
  bool has_blank = false;               ///< one of its pictures there says too little
  std::optional<std::size_t> keyframe;  ///< the nearest searchable one
  int distance = 0;                     ///< its Hamming distance
};

Shown shown_at(const IndexedReference& reference, double aligned_s, const FrameHash& hash) {
  const Interval window{timestamp_of(aligned_s - kReach_s), timestamp_of(aligned_s + kReach_s)};
  const auto& keyframes = reference.keyframes;
  auto it =
      std::ranges::upper_bound(keyframes, window.begin, {}, [](const Keyframe& k) { return k.span.end; });
  Shown shown;
  for (; it != keyframes.end() && it->span.begin < window.end; ++it) {
    if (!is_searchable(it->hash)) {
      shown.has_blank = true;
      continue;
    }
    const int distance = hamming_distance(hash, it->hash);
    if (shown.keyframe && distance >= shown.distance) continue;
    shown.keyframe = static_cast<std::size_t>(it - keyframes.begin());
    shown.distance = distance;
  }
  return shown;
}

Agreement agreement_at(int distance) {
  if (distance <= kAgrees) return Agreement::agrees;
  return distance <= kDisagrees ? Agreement::unsure : Agreement::disagrees;
}

AlignedKeyframe compare_hashes(const QuerySide& query, std::size_t i, const IndexedReference& reference,
                               double aligned_s, bool is_mirrored) {
  const Keyframe& keyframe = query.print.keyframes[i];
  AlignedKeyframe aligned;
  const auto hash = is_mirrored ? mirrored(keyframe.hash) : keyframe.hash;
  const Shown shown = shown_at(reference, aligned_s, hash);
  if (!is_searchable(hash) || !shown.keyframe) {
    aligned.agreement = !is_searchable(hash) && shown.has_blank ? Agreement::blank : Agreement::none;
    return aligned;
  }
  aligned.keyframe = *shown.keyframe;
  aligned.distance = shown.distance;
  aligned.agreement = agreement_at(shown.distance);
  const Rivals& rivals = query.rivals[i];
  aligned.distinct_from_series = rivals.other_series(reference.series, aligned.distance) == 0;
  aligned.distinct_from_episodes =
      aligned.distinct_from_series &&
      !rivals.other_episode(reference.series, reference.episode, aligned.distance);
  return aligned;
}

/// The reference's details whose pictures are shown within reach of an aligned moment.
std::vector<const KeyframeDetail*> details_at(const Fingerprint& reference, double aligned_s) {
  const Interval window{timestamp_of(aligned_s - kDetailReach_s), timestamp_of(aligned_s + kDetailReach_s)};
  const auto begin_of = [&](const KeyframeDetail& detail) {
    return reference.keyframes[detail.keyframe].span.begin;
  };
  auto it = std::ranges::upper_bound(reference.details, window.begin, {}, begin_of);
  if (it != reference.details.begin()) --it;  // what is shown when the window opens
  std::vector<const KeyframeDetail*> details;
  for (; it != reference.details.end() && begin_of(*it) < window.end; ++it) details.push_back(&*it);
  return details;
}

Agreement agreement_of(int inliers, bool is_expected) {
  if (inliers >= (is_expected ? kExpectedAgree : kInliersAgree)) return Agreement::agrees;
  return inliers >= kInliersUnsure ? Agreement::unsure : Agreement::disagrees;
}

AlignedKeyframe compare_features(const Fingerprint& query, std::size_t i, const Fingerprint& reference,
                                 double aligned_s, bool is_mirrored,
                                 const std::optional<Similarity>& expected) {
  AlignedKeyframe aligned;
  std::size_t most = 0;
  const PictureView own = view_of(query, query.details[i], is_mirrored);
  for (const KeyframeDetail* detail : details_at(reference, aligned_s)) {
    most = std::max(most, detail->features.size());
    const PictureView other = view_of(reference, *detail);
    const auto match = expected ? match_pictures(own, other, *expected) : match_pictures(own, other);
    if (!match || std::cmp_less_equal(match->inliers.size(), aligned.inliers)) continue;
    aligned.inliers = static_cast<int>(match->inliers.size());
    aligned.transform = match->transform;
    aligned.keyframe = detail->keyframe;
  }
  if (std::min(most, query.details[i].features.size()) < kLeastFeatures) return aligned;
  aligned.agreement = agreement_of(aligned.inliers, expected && aligned.transform == *expected);
  return aligned;
}

/// The share of a keyframe's time by which it weakens the bond between those that agree before and after it.
double gap_share(Agreement agreement) {
  switch (agreement) {
    case Agreement::agrees:
    case Agreement::blank: return 0;
    case Agreement::none: return 0.25;  // says neither yes nor no
    case Agreement::unsure:
    case Agreement::disagrees: break;
  }
  return 1;
}

struct Stretch {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A stretch with the blank pictures that fit before and behind it.
Stretch with_blanks(const std::vector<AlignedKeyframe>& walk, Stretch stretch) {
  while (stretch.first > 0 && walk[stretch.first - 1].agreement == Agreement::blank) --stretch.first;
  while (stretch.last + 1 < walk.size() && walk[stretch.last + 1].agreement == Agreement::blank)
    ++stretch.last;
  return stretch;
}

/// Cuts the walk into stretches: each runs from one keyframe that agrees to the last one before too long a
/// gap.
std::vector<Stretch> stretches(const std::vector<AlignedKeyframe>& walk,
                               const std::vector<Keyframe>& keyframes) {
  std::vector<Stretch> found;
  std::optional<std::size_t> begin;
  std::size_t last = 0;
  double gap_s = 0;
  const auto close = [&] {
    if (begin && last > *begin) found.push_back(with_blanks(walk, {*begin, last}));
    begin.reset();
  };
  for (std::size_t i = 0; i < walk.size(); ++i) {
    if (walk[i].agreement == Agreement::agrees) {
      if (!begin) begin = i;
      last = i;
      gap_s = 0;
      continue;
    }
    gap_s += gap_share(walk[i].agreement) * to_seconds(keyframes[i].span.length());
    if (gap_s > kLongestGap_s) close();
  }
  close();
  return found;
}

Interval clamp_to(Interval span, Duration duration) {
  return intersection(span, {Timestamp{0}, Timestamp{duration.count()}});
}

Alignment make_alignment(const Fingerprint& query, const IndexedReference& reference, const TimeLine& line,
                         std::vector<AlignedKeyframe> keyframes) {
  Alignment alignment;
  alignment.reference = &reference;
  alignment.keyframes = std::move(keyframes);
  alignment.query_span = {query.keyframes[alignment.keyframes.front().query].span.begin,
                          query.keyframes[alignment.keyframes.back().query].span.end};
  move_to(alignment, line);
  return alignment;
}

}  // namespace

Compare by_hashes(const QuerySide& query, const IndexedReference& reference, bool is_mirrored) {
  return [query, &reference, is_mirrored](std::size_t keyframe, double aligned_s) {
    return compare_hashes(query, keyframe, reference, aligned_s, is_mirrored);
  };
}

Compare by_features(const Fingerprint& reduced, const Fingerprint& reference, bool is_mirrored,
                    const std::optional<Similarity>& expected) {
  return [&reduced, &reference, is_mirrored, expected](std::size_t keyframe, double aligned_s) {
    return compare_features(reduced, keyframe, reference, aligned_s, is_mirrored, expected);
  };
}

std::vector<Alignment> align(const Fingerprint& query, const IndexedReference& reference,
                             const TimeLine& line, const Compare& compare) {
  std::vector<AlignedKeyframe> walk;
  walk.reserve(query.keyframes.size());
  for (std::size_t i = 0; i < query.keyframes.size(); ++i) {
    const Timestamp shown_at = query.keyframes[i].span.begin;
    const double aligned_s = line.reference_s(to_seconds(shown_at));
    const bool is_inside = aligned_s > -kReach_s && aligned_s < to_seconds(reference.duration) + kReach_s;
    walk.push_back(is_inside ? compare(i, aligned_s) : AlignedKeyframe{});
    walk.back().query = i;
    walk.back().shown_at = shown_at;
  }
  std::vector<Alignment> alignments;
  for (const Stretch& stretch : stretches(walk, query.keyframes)) {
    const auto from = walk.begin() + static_cast<std::ptrdiff_t>(stretch.first);
    const auto to = walk.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1;
    Alignment alignment = make_alignment(query, reference, line, {from, to});
    if (!alignment.query_span.is_empty()) alignments.push_back(std::move(alignment));
  }
  return alignments;
}

std::vector<Alignment> align_by_features(const Fingerprint& reduced, const IndexedReference& reference,
                                         const Fingerprint& print, const TimeLine& line, bool is_mirrored) {
  auto freely = align(reduced, reference, line, by_features(reduced, print, is_mirrored));
  const AlignedKeyframe* best = nullptr;
  for (const Alignment& alignment : freely) {
    for (const AlignedKeyframe& keyframe : alignment.keyframes) {
      if (best == nullptr || keyframe.inliers > best->inliers) best = &keyframe;
    }
  }
  if (best == nullptr || best->inliers < kEnoughToExpect) return freely;
  return align(reduced, reference, line, by_features(reduced, print, is_mirrored, best->transform));
}

void move_to(Alignment& alignment, const TimeLine& line) {
  const auto to_reference = [&](Timestamp t) { return timestamp_of(line.reference_s(to_seconds(t))); };
  const auto to_query = [&](Timestamp t) { return timestamp_of(line.query_s(to_seconds(t))); };
  const Interval walked = alignment.query_span;
  alignment.line = line;
  alignment.reference_span =
      clamp_to({to_reference(walked.begin), to_reference(walked.end)}, alignment.reference->duration);
  alignment.query_span = intersection(
      walked, {to_query(alignment.reference_span.begin), to_query(alignment.reference_span.end)});
}

}  // namespace reelprint::index
