#include "index/select.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "index/join.h"

namespace reelprint::index {
namespace {

constexpr double kMostOverlap =
    0.5;  ///< of the weaker one's query span, from which it needs a reason of its own
constexpr double kClearlyNearer = 8;  ///< bits of mean distance; re-encoding noise is below
/// Inliers as a distance of hashes: none are as far as strangers, 28 as near as can be.
constexpr int kFarthest = 84;
constexpr int kPerInlier = 3;
constexpr double kAboutAsLong = 0.67;

/// Mean hash distance of the keyframes that agree within `span` of the query; 256 when none does.
double mean_distance(const Alignment& alignment, const Interval& span) {
  double sum = 0;
  int count = 0;
  for (const AlignedKeyframe& k : alignment.keyframes) {
    if (k.agreement == Agreement::none || k.agreement == Agreement::blank || !span.contains(k.shown_at))
      continue;
    sum += k.inliers > 0 ? std::max(0, kFarthest - kPerInlier * k.inliers) : k.distance;
    ++count;
  }
  return count > 0 ? sum / count : 256;
}

bool explains(const Alignment& stronger, const Alignment& weaker) {
  const Interval common = intersection(stronger.query_span, weaker.query_span);
  const double weaker_s = to_seconds(weaker.query_span.length());
  if (to_seconds(common.length()) < kMostOverlap * weaker_s) return false;
  if (stronger.reference == weaker.reference) return true;
  if (mean_distance(stronger, common) + kClearlyNearer < mean_distance(weaker, common)) return true;
  return weaker_s < kAboutAsLong * to_seconds(stronger.query_span.length());
}

}  // namespace

Selection select(std::vector<ScoredAlignment> alignments) {
  std::ranges::sort(alignments, {}, [](const ScoredAlignment& a) {
    return std::tuple(a.match.log10_false_alarms, a.alignment.reference->reference,
                      a.alignment.query_span.begin, a.alignment.mirrored);
  });
  Selection selection;
  for (ScoredAlignment& candidate : alignments) {
    const auto other = std::ranges::find_if(selection.kept, [&](const ScoredAlignment& kept) {
      return explains(kept.alignment, candidate.alignment);
    });
    if (other == selection.kept.end()) {
      selection.kept.push_back(std::move(candidate));
      continue;
    }
    if (continues(other->match, candidate.match)) {
      absorb(other->match, candidate.match);
      other->alignment.query_span = other->match.query_span;
    }
    selection.explained.push_back(std::move(candidate));
  }
  return selection;
}

}  // namespace reelprint::index
