#include "index/join.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace reelprint::index {
namespace {

constexpr double kSameLine_s = 0.5;
constexpr double kSameSpeed = 0.03;
constexpr std::size_t kMostPairs = 12;

double middle_s(const Interval& span) {
  return (to_seconds(span.begin) + to_seconds(span.end)) / 2;
}

Duration gap(const Interval& a, const Interval& b) {
  return std::max(a.begin, b.begin) - std::min(a.end, b.end);
}

Interval united(const Interval& a, const Interval& b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

/// Seconds of both, what lies in both spans counted once.
Duration added(Duration a, Duration b, Duration common) {
  return a + b - std::min({a, b, common});
}

}  // namespace

bool continues(const Match& a, const Match& b, Duration longest_gap) {
  if (a.reference != b.reference || a.mirrored != b.mirrored) return false;
  if (std::abs(a.speed / b.speed - 1) > kSameSpeed || gap(a.query_span, b.query_span) > longest_gap)
    return false;
  const double expected_s =
      middle_s(a.reference_span) + a.speed * (middle_s(b.query_span) - middle_s(a.query_span));
  return std::abs(expected_s - middle_s(b.reference_span)) <= kSameLine_s;
}

void absorb(Match& stronger, const Match& weaker) {
  const Duration common =
      std::max(Duration{0}, intersection(stronger.query_span, weaker.query_span).length());
  stronger.query_span = united(stronger.query_span, weaker.query_span);
  stronger.reference_span = united(stronger.reference_span, weaker.reference_span);
  stronger.distinctive = added(stronger.distinctive, weaker.distinctive, common);
  stronger.negative = added(stronger.negative, weaker.negative, common);
  stronger.names_episode = stronger.names_episode || weaker.names_episode;
  stronger.is_confirmed = stronger.is_confirmed || weaker.is_confirmed;
  stronger.agreeing += weaker.agreeing;
  stronger.compared += weaker.compared;
  stronger.pairs.insert(stronger.pairs.end(), weaker.pairs.begin(), weaker.pairs.end());
  stronger.pairs.resize(std::min(stronger.pairs.size(), kMostPairs));
  std::ranges::sort(stronger.pairs, {}, &AlignedPair::query);
}

void join_continued(std::vector<Match>& matches) {
  std::vector<Match> joined;
  for (Match& match : matches) {
    const auto first =
        std::ranges::find_if(joined, [&](const Match& other) { return continues(other, match); });
    if (first == joined.end())
      joined.push_back(std::move(match));
    else if (first->score >= match.score)
      absorb(*first, match);
    else {
      absorb(match, *first);
      *first = std::move(match);
    }
  }
  matches = std::move(joined);
}

}  // namespace reelprint::index
