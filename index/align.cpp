#include "index/align.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace reelprint::index {
namespace {

constexpr double kReach_s = 0.4;
constexpr double kLongestGap_s = 2;
/// At the aligned moment one stranger is compared, not a whole catalog, so the full measured radius holds
/// here.
constexpr int kAgrees = 84;
constexpr int kDisagrees = 100;

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

AlignedKeyframe compare(const QuerySide& query, std::size_t i, const IndexedReference& reference,
                        const TimeLine& line, bool is_mirrored) {
  const Keyframe& keyframe = query.print.keyframes[i];
  AlignedKeyframe aligned;
  aligned.query = i;
  aligned.shown_at = keyframe.span.begin;
  const auto hash = is_mirrored ? mirrored(keyframe.hash) : keyframe.hash;
  const Shown shown = shown_at(reference, line.reference_s(to_seconds(keyframe.span.begin)), hash);
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

Alignment make_alignment(const QuerySide& query, const IndexedReference& reference, const TimeLine& line,
                         std::vector<AlignedKeyframe> keyframes) {
  Alignment alignment;
  alignment.reference = &reference;
  alignment.line = line;
  alignment.keyframes = std::move(keyframes);
  const auto& own = query.print.keyframes;
  const Interval walked{own[alignment.keyframes.front().query].span.begin,
                        own[alignment.keyframes.back().query].span.end};
  const auto to_reference = [&](Timestamp t) { return timestamp_of(line.reference_s(to_seconds(t))); };
  const auto to_query = [&](Timestamp t) { return timestamp_of(line.query_s(to_seconds(t))); };
  alignment.reference_span =
      clamp_to({to_reference(walked.begin), to_reference(walked.end)}, reference.duration);
  alignment.query_span = intersection(
      walked, {to_query(alignment.reference_span.begin), to_query(alignment.reference_span.end)});
  return alignment;
}

}  // namespace

std::vector<Alignment> align(const QuerySide& query, const IndexedReference& reference, const TimeLine& line,
                             bool is_mirrored) {
  std::vector<AlignedKeyframe> walk;
  walk.reserve(query.print.keyframes.size());
  for (std::size_t i = 0; i < query.print.keyframes.size(); ++i) {
    walk.push_back(compare(query, i, reference, line, is_mirrored));
  }
  std::vector<Alignment> alignments;
  for (const Stretch& stretch : stretches(walk, query.print.keyframes)) {
    const auto from = walk.begin() + static_cast<std::ptrdiff_t>(stretch.first);
    const auto to = walk.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1;
    Alignment alignment = make_alignment(query, reference, line, {from, to});
    alignment.mirrored = is_mirrored;
    if (!alignment.query_span.is_empty()) alignments.push_back(std::move(alignment));
  }
  return alignments;
}

}  // namespace reelprint::index
