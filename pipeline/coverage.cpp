#include "pipeline/coverage.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace reelprint::pipeline {
namespace {

EpisodeCoverage coverage_of_cut(const ReferenceEntry& entry, std::span<const Match> matches) {
  EpisodeCoverage coverage;
  coverage.entry = entry;
  std::vector<Interval> spans;
  for (const Match& match : matches) {
    if (match.reference != entry.reference.id || match.found_by == FoundBy::sound) continue;
    coverage.matches.push_back(match);
    spans.push_back(match.reference_span);
  }
  std::ranges::sort(coverage.matches, {}, [](const Match& match) {
    return std::tuple(match.reference_span.begin, match.query_span.begin);
  });
  const Duration duration = entry.reference.duration;
  coverage.covered = length_of_union(std::move(spans), duration);
  if (duration > Duration{0}) coverage.share = to_seconds(coverage.covered) / to_seconds(duration);
  return coverage;
}

}  // namespace

std::vector<EpisodeCoverage> coverage_of(std::span<const ReferenceEntry> entries,
                                         std::span<const Match> matches) {
  std::vector<EpisodeCoverage> episodes;
  std::map<EpisodeId, std::size_t> rows;
  for (const ReferenceEntry& entry : entries) {
    EpisodeCoverage cut = coverage_of_cut(entry, matches);
    const auto [row, is_new] = rows.emplace(entry.episode.id, episodes.size());
    if (is_new)
      episodes.push_back(std::move(cut));
    else if (cut.covered > episodes[row->second].covered)
      episodes[row->second] = std::move(cut);
  }
  return episodes;
}

Duration length_of_union(std::vector<Interval> spans, Duration duration) {
  std::ranges::sort(spans);
  const Timestamp end = Timestamp{} + duration;
  Timestamp reached;
  Duration sum{0};
  for (const Interval& span : spans) {
    const Timestamp begin = std::max(span.begin, reached);
    const Timestamp last = std::min(span.end, end);
    if (last <= begin) continue;
    sum += last - begin;
    reached = last;
  }
  return sum;
}

}  // namespace reelprint::pipeline
