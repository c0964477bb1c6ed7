#include "pipeline/conflict_check.h"

#include <algorithm>
#include <map>

namespace reelprint::pipeline {
namespace {

bool is_mostly_in(const Interval& span, std::span<const ExcludedInterval> excluded) {
  Duration covered{0};
  for (const ExcludedInterval& interval : excluded) covered += intersection(span, interval.span).length();
  return covered * 2 > span.length();
}

bool counts(const Match& match, const ClaimRule& rule) {
  return match.is_confirmed && match.found_by != FoundBy::sound && match.score >= rule.least_score &&
         match.distinctive > Duration{0};
}

}  // namespace

std::vector<Overlap> find_overlaps(std::span<const Match> matches,
                                   std::span<const ExcludedInterval> own_excluded, const ExcludedOf& excluded,
                                   const ClaimRule& rule) {
  struct Found {
    Overlap overlap;
    std::size_t pictures = 0;
  };
  std::map<ReferenceId, Found> all;
  for (const Match& match : matches) {
    if (!counts(match, rule) || is_mostly_in(match.query_span, own_excluded) ||
        is_mostly_in(match.reference_span, excluded(match.reference))) {
      continue;
    }
    auto& [overlap, pictures] = all[match.reference];
    overlap.other = match.reference;
    overlap.segments.push_back({match.query_span, match.reference_span, match.distinctive, match.score});
    overlap.score = std::max(overlap.score, match.score);
    overlap.distinctive += match.distinctive;
    pictures += match.agreeing;
  }
  std::vector<Overlap> overlaps;
  for (auto& [id, found] : all) {
    if (found.overlap.distinctive < rule.least_distinctive || found.pictures < rule.least_pictures) continue;
    std::ranges::sort(found.overlap.segments, {}, &ConflictSegment::reference);
    overlaps.push_back(std::move(found.overlap));
  }
  return overlaps;
}

}  // namespace reelprint::pipeline
