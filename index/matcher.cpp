#include "index/matcher.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "index/align.h"
#include "index/hits.h"
#include "index/moment.h"
#include "index/score.h"
#include "index/select.h"
#include "index/sound.h"
#include "index/vote.h"

namespace reelprint::index {
namespace {

constexpr double kLeastVotes = 0.75;        ///< two near, rare keyframes; less is not worth walking
constexpr int kMostLinesPerReference = 12;  ///< jump cuts and repeats of one reference in one query

/// Hits of one reference in one orientation, by query keyframe.
using HitGroups = std::map<std::pair<ReferenceId, bool>, std::vector<Hit>>;

HitGroups group(std::vector<Hit> hits) {
  std::ranges::stable_sort(hits, {}, &Hit::query);
  HitGroups groups;
  for (const Hit& hit : hits) groups[{hit.reference->reference, hit.mirrored}].push_back(hit);
  return groups;
}

bool is_within(const std::vector<Alignment>& alignments, std::size_t query_keyframe) {
  return std::ranges::any_of(alignments, [&](const Alignment& a) {
    return a.keyframes.front().query <= query_keyframe && query_keyframe <= a.keyframes.back().query;
  });
}

/// Line after line: the best one is aligned, its keyframes are taken out, and the rest votes again.
std::vector<Alignment> align_all(const QuerySide& query, std::vector<Hit> hits) {
  std::vector<Alignment> found;
  for (int round = 0; round < kMostLinesPerReference && !hits.empty(); ++round) {
    const Candidate candidate = vote(query.print, hits);
    if (candidate.votes < kLeastVotes) break;
    auto alignments = align(query, *hits.front().reference, candidate.line, hits.front().mirrored);
    if (alignments.empty()) break;
    if (std::erase_if(hits, [&](const Hit& hit) { return is_within(alignments, hit.query); }) == 0) break;
    std::ranges::move(alignments, std::back_inserter(found));
  }
  return found;
}

Trials trials_of(const FrameIndex& index, const Fingerprint& query) {
  Duration sum{0};
  const auto references = index.references();
  for (const IndexedReference* reference : references) sum += reference->duration;
  const auto count = static_cast<std::int64_t>(std::max<std::size_t>(1, references.size()));
  return count_trials(references.size(), sum / count, query);
}

/// Whether what moves contradicts the alignment; notes what it says.
bool is_another_moment(Alignment& alignment, const Fingerprint& query, const SearchSpace& space,
                       double least) {
  if (space.details == nullptr) return false;
  const auto reference = space.details->print_of(alignment.reference->reference);
  if (reference) alignment.moment = moment_of(query, alignment, *reference);
  return alignment.moment && *alignment.moment < least;
}

}  // namespace

std::vector<Match> find_matches(const Fingerprint& query, const SearchSpace& space,
                                const MatchSettings& settings) {
  QueryHits found = find_hits(query, space.frames);
  const QuerySide side{query, found.rivals};
  const Trials trials = trials_of(space.frames, query);

  std::vector<ScoredAlignment> scored;
  for (auto& [key, hits] : group(std::move(found.hits))) {
    for (Alignment& alignment : align_all(side, std::move(hits))) {
      const double alarms = log10_false_alarms(alignment, query, trials);
      if (score_of(alarms) < settings.least_score) continue;
      if (is_another_moment(alignment, query, space, settings.least_moment)) continue;
      scored.push_back({std::move(alignment), alarms});
    }
  }
  std::vector<Match> matches;
  for (const ScoredAlignment& kept : select(std::move(scored))) {
    Match match = to_match(kept.alignment, query, trials);
    if (match.distinctive < settings.least_distinctive) continue;
    if (settings.use_audio) {
      match.sound_agreement = sound_agreement(query.audio, kept.alignment.reference->audio, match);
    }
    matches.push_back(std::move(match));
  }
  return matches;
}

}  // namespace reelprint::index
