#include "index/negatives.h"

#include <algorithm>
#include <utility>

#include "index/matcher.h"

namespace reelprint::index {
namespace {

constexpr int kSameRadius =
    40;  ///< another encoding of the same picture, as of what series share (rarity.cpp)
constexpr int kAlongRadius =
    84;  ///< agreement along a line (align.cpp): the same shot, sampled a moment apart

/// Where the print shows negatives.
std::vector<Interval> stretches_of(const Fingerprint& print, const FrameIndex& negatives) {
  MatchSettings settings;
  settings.least_distinctive = Duration{0};
  settings.use_audio = false;
  std::vector<Interval> stretches;
  for (const Match& match : find_matches(print, {negatives}, settings)) stretches.push_back(match.query_span);
  return stretches;
}

}  // namespace

std::vector<bool> in_bank(const Fingerprint& print, const FrameIndex& negatives) {
  std::vector<bool> flags(print.keyframes.size());
  std::vector<FrameHash> hashes;
  std::vector<std::size_t> owners;
  for (std::size_t i = 0; i < print.keyframes.size(); ++i) {
    const FrameHash& hash = print.keyframes[i].hash;
    if (!is_searchable(hash)) continue;
    hashes.insert(hashes.end(), {hash, mirrored(hash)});
    owners.insert(owners.end(), {i, i});
  }
  const auto neighbours = negatives.search(hashes, kAlongRadius);
  if (std::ranges::all_of(neighbours, &std::vector<FrameNeighbour>::empty)) return flags;
  const auto stretches = stretches_of(print, negatives);
  for (std::size_t n = 0; n < neighbours.size(); ++n) {
    if (neighbours[n].empty()) continue;
    const Timestamp shown_at = print.keyframes[owners[n]].span.begin;
    if (neighbours[n].front().distance <= kSameRadius ||
        std::ranges::any_of(stretches, [&](const Interval& s) { return s.contains(shown_at); }))
      flags[owners[n]] = true;
  }
  return flags;
}

const std::vector<bool>& NegativeMarker::of_query() {
  if (!query_flags_) query_flags_ = in_bank(query_, *negatives_);
  return *query_flags_;
}

const std::vector<bool>& NegativeMarker::of_reference(const IndexedReference& reference) {
  const auto known = reference_flags_.find(reference.reference);
  if (known != reference_flags_.end()) return known->second;
  Fingerprint print;
  print.duration = reference.duration;
  print.keyframes = reference.keyframes;
  return reference_flags_.emplace(reference.reference, in_bank(print, *negatives_)).first->second;
}

void NegativeMarker::mark(Alignment& alignment, const Fingerprint& walked) {
  if (is_empty()) return;
  const std::vector<bool>& shown = of_reference(*alignment.reference);
  for (AlignedKeyframe& k : alignment.keyframes) {
    if (k.agreement != Agreement::agrees) continue;
    const bool is_whole = &walked == &query_ && k.inliers == 0;
    if (!shown[k.keyframe] && !(is_whole && of_query()[k.query])) continue;
    k.negative = true;
    k.distinct_from_series = false;
    k.distinct_from_episodes = false;
  }
}

Duration NegativeMarker::shown_in(const IndexedReference& reference, const Interval& span) {
  Duration shown{0};
  if (is_empty()) return shown;
  const std::vector<bool>& flags = of_reference(reference);
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i]) shown += intersection(reference.keyframes[i].span, span).length();
  }
  return shown;
}

}  // namespace reelprint::index
