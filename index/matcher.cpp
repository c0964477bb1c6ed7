#include "index/matcher.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "index/align.h"
#include "index/feature_hits.h"
#include "index/hit_groups.h"
#include "index/hits.h"
#include "index/join.h"
#include "index/moment.h"
#include "index/negatives.h"
#include "index/rarity.h"
#include "index/score.h"
#include "index/select.h"
#include "index/sharpen.h"
#include "index/sound.h"
#include "index/vote.h"

namespace reelprint::index {
namespace {

constexpr double kLeastVotes = 0.75;        ///< two near, rare keyframes; less is not worth walking
constexpr int kMostLinesPerReference = 12;  ///< jump cuts and repeats of one reference in one query
constexpr Duration kWeakGap = std::chrono::seconds(4);  ///< between a match and what is too weak alone
constexpr double kMostHopeful = 3;  ///< log10 of false alarms from which what moves cannot help any more
constexpr double kExplainedShare =
    0.9;  ///< of the query, from which what whole pictures found leaves nothing to search
constexpr Duration kLeastSound = std::chrono::seconds(8);  ///< distinctive, for a claim of the sound alone
/// References looked at closely for one query: so many, and one more for every so many of its pictures, since
/// a two-hour film may be eighty episodes.
constexpr std::size_t kMostReferences = 32;
constexpr std::size_t kPicturesPerReference = 16;
/// Of these, the heaviest, whose hits are sharpened: it costs tens of milliseconds each.
constexpr std::size_t kSharpened = 8;

/// What a line gives when it is walked.
using Walk = std::function<std::vector<Alignment>(const TimeLine&)>;

bool is_within(const std::vector<Alignment>& alignments, std::size_t query_keyframe) {
  return std::ranges::any_of(alignments, [&](const Alignment& a) {
    return a.keyframes.front().query <= query_keyframe && query_keyframe <= a.keyframes.back().query;
  });
}

/// One search, from hits to claims.
class Search {
 public:
  Search(const Fingerprint& query, const SearchSpace& space, const MatchSettings& settings,
         SearchTrace* trace)
      : query_(query),
        space_(space),
        settings_(settings),
        frames_(space.frames),
        odds_{count_trials(frames_, query), space.background},
        negatives_(query, space.negatives),
        trace_(trace) {
    frames_.share_searches(space.threads);
  }

  void by_whole_pictures() {
    QueryHits found = find_hits(query_, frames_);
    const QuerySide side{query_, found.rivals};
    for (auto& [key, hits] : group(std::move(found.hits))) {
      const IndexedReference& reference = *hits.front().reference;
      const Compare compare = by_hashes(side, reference, key.second);
      const Walk walk = [&](const TimeLine& line) { return align(query_, reference, line, compare); };
      for (Alignment& alignment : align_all(query_, FoundBy::hashes, std::move(hits), walk)) {
        keep(std::move(alignment), query_, odds_);
      }
    }
  }

  void by_local_features() {
    if (space_.features == nullptr || space_.details == nullptr || query_.details.empty()) return;
    const auto explained = explained_spans();
    if (covered(explained) >= kExplainedShare * to_seconds(query_.duration)) return;
    if (trace_ != nullptr) trace_->searched_features = true;
    const Fingerprint& reduced = at_details_once();
    auto groups = group(find_feature_hits(reduced, explained, frames_, *space_.features));
    std::size_t sharpened_references = 0;
    for (const HitGroup& key : heaviest(groups, kLeastVotes, most_references())) {
      const auto print = space_.details->print_of(key.first);
      if (!print) continue;
      if (sharpened_references++ < kSharpened) groups[key] = sharpened(groups[key], reduced, *print);
      const IndexedReference& reference = *groups[key].front().reference;
      const Walk walk = [&](const TimeLine& line) {
        return align_by_features(reduced, reference, *print, line, key.second);
      };
      for (Alignment& alignment : align_all(reduced, FoundBy::features, std::move(groups[key]), walk)) {
        mark_distinct(alignment, frames_);
        keep(std::move(alignment), reduced, odds_);
      }
      groups.erase(key);
    }
    for (const auto& [key, hits] : groups) {
      note_stage(reduced, FoundBy::features, hits, Candidate{}, false);
    }
  }

  /// What plays in the query finds candidates that the picture must confirm; what it does not confirm stays
  /// a claim of the sound alone.
  void by_sound() {
    if (space_.sounds == nullptr || !settings_.use_audio) return;
    auto candidates = space_.sounds->search(query_.audio);
    for (std::size_t i = 0; i < candidates.size(); ++i) note_stage(candidates[i], i < most_references());
    candidates.resize(std::min(candidates.size(), most_references()));
    if (candidates.empty()) return;
    const Fingerprint& reduced = at_details_once();
    const Odds odds{count_sound_trials(candidates.size()), space_.background};
    for (const SoundCandidate& candidate : candidates) {
      if (is_found_already(candidate)) continue;
      confirm_by_picture(candidate, reduced, odds);
      if (!is_found_already(candidate)) by_sound_.push_back(candidate);
    }
  }

  [[nodiscard]] Findings finish() {
    std::vector<Match> matches;
    Selection selection = select(std::move(scored_));
    for (ScoredAlignment& dropped : selection.explained) note(std::move(dropped.match), Outcome::explained);
    for (ScoredAlignment& kept : selection.kept) {
      Match match = std::move(kept.match);
      if (match.distinctive < settings_.least_distinctive) {
        has_leads_ = true;
        note(std::move(match), Outcome::not_distinctive);
        continue;
      }
      if (settings_.use_audio) {
        match.sound_agreement = sound_agreement(query_.audio, sound_of(match.reference), match);
      }
      matches.push_back(std::move(match));
    }
    add_weak(matches);
    join_continued(matches);
    for (const Match& match : matches) note(match, Outcome::kept);
    add_sound_alone(matches);
    std::ranges::stable_sort(matches, std::ranges::greater{}, &Match::score);
    return {std::move(matches), has_leads_};
  }

 private:
  [[nodiscard]] AudioPrint sound_of(ReferenceId reference) const {
    return space_.sounds == nullptr ? AudioPrint{} : space_.sounds->print_of(reference);
  }

  /// Made when first asked for: it copies all details.
  const Fingerprint& at_details_once() {
    if (!reduced_) reduced_ = at_details(query_);
    return *reduced_;
  }

  [[nodiscard]] std::size_t most_references() const {
    return kMostReferences + query_.details.size() / kPicturesPerReference;
  }

  [[nodiscard]] bool is_found_already(const SoundCandidate& candidate) const {
    return std::ranges::any_of(scored_, [&](const ScoredAlignment& scored) {
      const Interval common = intersection(scored.alignment.query_span, candidate.query_span);
      return scored.alignment.reference->reference == candidate.reference &&
             2 * common.length() >= candidate.query_span.length();
    });
  }

  /// Walks the candidate's line by whole pictures and by features, as it is and mirrored.
  void confirm_by_picture(const SoundCandidate& candidate, const Fingerprint& reduced, const Odds& odds) {
    const IndexedReference* reference = frames_.find(candidate.reference);
    if (reference == nullptr) return;
    const std::vector<Rivals> no_rivals(query_.keyframes.size());
    const QuerySide side{query_, no_rivals};
    const auto print = space_.details == nullptr ? nullptr : space_.details->print_of(candidate.reference);
    for (const bool is_mirrored : {false, true}) {
      const Compare compare = by_hashes(side, *reference, is_mirrored);
      keep_best(candidate, query_, is_mirrored, odds,
                [&](const TimeLine& line) { return align(query_, *reference, line, compare); });
      if (print == nullptr || is_found_already(candidate)) continue;
      keep_best(candidate, reduced, is_mirrored, odds, [&](const TimeLine& line) {
        return align_by_features(reduced, *reference, *print, line, is_mirrored);
      });
    }
  }

  /// Of the lines around the candidate's, the one on which most pictures agree.
  void keep_best(const SoundCandidate& candidate, const Fingerprint& walked, bool is_mirrored,
                 const Odds& odds, const Walk& walk) {
    std::vector<Alignment> best;
    std::size_t most = 0;
    for (const double shift_s : {0.0, -0.25, 0.25}) {
      auto alignments = walk(line_of(candidate, shift_s));
      std::size_t agreeing = 0;
      for (const Alignment& alignment : alignments) agreeing += count_agreeing(alignment);
      if (agreeing <= most) continue;
      most = agreeing;
      best = std::move(alignments);
    }
    for (Alignment& alignment : best) {
      alignment.mirrored = is_mirrored;
      mark_distinct(alignment, frames_);
      keep(std::move(alignment), walked, odds);
    }
  }

  static TimeLine line_of(const SoundCandidate& candidate, double shift_s) {
    return {candidate.speed, to_seconds(candidate.reference_span.begin) -
                                 candidate.speed * to_seconds(candidate.query_span.begin) + shift_s};
  }

  static std::size_t count_agreeing(const Alignment& alignment) {
    return static_cast<std::size_t>(
        std::ranges::count(alignment.keyframes, Agreement::agrees, &AlignedKeyframe::agreement));
  }

  void add_weak(std::vector<Match>& matches) const {
    for (const Match& weak : weak_) {
      const auto strong =
          std::ranges::find_if(matches, [&](const Match& match) { return continues(match, weak, kWeakGap); });
      if (strong != matches.end()) absorb(*strong, weak);
    }
  }

  void add_sound_alone(std::vector<Match>& matches) {
    for (const SoundCandidate& candidate : by_sound_) {
      const IndexedReference* reference = frames_.find(candidate.reference);
      const bool is_shown = std::ranges::any_of(matches, [&](const Match& match) {
        return 2 * intersection(match.query_span, candidate.query_span).length() >=
               candidate.query_span.length();
      });
      if (reference == nullptr) continue;
      Match match = to_match(candidate, *reference);
      match.negative = negatives_.shown_in(*reference, candidate.reference_span);
      const bool is_common =
          candidate.distinctive < kLeastSound || 2 * match.negative >= candidate.reference_span.length();
      const Outcome outcome = is_shown    ? Outcome::explained
                              : is_common ? Outcome::not_distinctive
                                          : Outcome::kept;
      note(match, outcome);
      if (outcome == Outcome::kept) matches.push_back(std::move(match));
    }
  }

  /// Line after line: the best one is aligned, its keyframes are taken out, and the rest votes again.
  std::vector<Alignment> align_all(const Fingerprint& walked, FoundBy found_by, std::vector<Hit> hits,
                                   const Walk& walk) {
    std::vector<Alignment> found;
    const bool is_mirrored = hits.front().mirrored;
    for (int round = 0; round < kMostLinesPerReference && !hits.empty(); ++round) {
      const Candidate candidate = vote(walked, hits);
      if (round == 0) note_stage(walked, found_by, hits, candidate, true);
      if (candidate.votes < kLeastVotes) break;
      auto alignments = walk(candidate.line);
      if (alignments.empty()) break;
      for (Alignment& alignment : alignments) alignment.mirrored = is_mirrored;
      if (found_by == FoundBy::features) try_other_lines(walked, hits, candidate.line, walk, alignments);
      if (std::erase_if(hits, [&](const Hit& hit) { return is_within(alignments, hit.query); }) == 0) break;
      std::ranges::move(alignments, std::back_inserter(found));
    }
    return found;
  }

  /// Tracks last, so lines of many speeds pass through those of a picture that hardly moves. Where what moves
  /// refutes the line, the others are tried.
  void try_other_lines(const Fingerprint& walked, const std::vector<Hit>& hits, const TimeLine& line,
                       const Walk& walk, std::vector<Alignment>& alignments) const {
    if (!is_refuted(alignments)) return;
    for (const Candidate& candidate : vote_for_others(walked, hits, line)) {
      auto others = walk(candidate.line);
      if (others.empty()) continue;
      for (Alignment& alignment : others) {
        alignment.mirrored = alignments.front().mirrored;
        alignment.is_second_choice = true;
      }
      if (is_refuted(others)) continue;
      alignments = std::move(others);
      return;
    }
  }

  /// Whether the longest is another moment.
  [[nodiscard]] bool is_refuted(const std::vector<Alignment>& alignments) const {
    Alignment longest = *std::ranges::max_element(
        alignments, {}, [](const Alignment& alignment) { return alignment.keyframes.size(); });
    return is_another_moment(longest);
  }

  /// Scores an alignment over `walked`, the print whose keyframes it names, and asks for its moment.
  void keep(Alignment alignment, const Fingerprint& walked, const Odds& odds) {
    const auto is_hopeless = [&] { return log10_false_alarms(alignment, odds) > kMostHopeful; };
    if (!is_hopeless()) negatives_.mark(alignment, walked);  // a search of its own, which takes evidence away
    if (is_hopeless()) {
      note(to_match(alignment, walked, odds), Outcome::too_weak);
      return;
    }
    const bool is_another = is_another_moment(alignment);
    Match match = to_match(alignment, walked, odds);
    if (is_another) {
      if (trace_ != nullptr) trace_->refuted = std::min(trace_->refuted, match.log10_false_alarms);
      note(std::move(match), Outcome::another_moment);
    } else if (score_of(match.log10_false_alarms) < settings_.least_score) {
      has_leads_ = true;
      note(match, Outcome::too_weak);
      weak_.push_back(std::move(match));
    } else {
      scored_.push_back({std::move(alignment), std::move(match)});
    }
  }

  /// Whether what moves contradicts the alignment; notes what it says.
  bool is_another_moment(Alignment& alignment) const {
    if (space_.details == nullptr) return false;
    const auto reference = space_.details->print_of(alignment.reference->reference);
    if (reference) settle_moment(alignment, query_, *reference);
    return alignment.moment && alignment.moment->agreement < settings_.least_moment;
  }

  [[nodiscard]] std::vector<Interval> explained_spans() const {
    std::vector<Interval> spans;
    for (const ScoredAlignment& scored : scored_) spans.push_back(scored.alignment.query_span);
    return spans;
  }

  /// Seconds in at least one of the spans.
  static double covered(std::vector<Interval> spans) {
    std::ranges::sort(spans, {}, &Interval::begin);
    Duration sum{0};
    Timestamp reached;
    for (const Interval& span : spans) {
      if (span.end <= reached) continue;
      sum += span.end - std::max(reached, span.begin);
      reached = span.end;
    }
    return to_seconds(sum);
  }

  [[nodiscard]] bool is_followed(ReferenceId reference) const {
    return trace_ != nullptr && trace_->followed.contains(reference);
  }

  void note(Match match, Outcome outcome) {
    if (is_followed(match.reference)) trace_->considered.push_back({std::move(match), outcome});
  }

  void note_stage(const Fingerprint& walked, FoundBy found_by, const std::vector<Hit>& hits,
                  const Candidate& best, bool was_looked_at) {
    const ReferenceId reference = hits.front().reference->reference;
    if (!is_followed(reference)) return;
    trace_->stages.push_back(
        {found_by, reference, hits.front().mirrored, hits.size(), best.votes, kLeastVotes, was_looked_at});
    for (const Hit& hit : hits) {
      trace_->hits.push_back({found_by, reference, walked.keyframes[hit.query].span.begin,
                              hit.reference->keyframes[hit.keyframe].span.begin, hit.mirrored, hit.weight});
    }
  }

  void note_stage(const SoundCandidate& candidate, bool was_looked_at) {
    if (!is_followed(candidate.reference)) return;
    trace_->stages.push_back(
        {FoundBy::sound, candidate.reference, false, 1, candidate.evidence, 0, was_looked_at});
  }

  const Fingerprint& query_;
  const SearchSpace& space_;
  const MatchSettings& settings_;
  FrameIndex frames_;  ///< a copy: what it reads of references is kept no longer than this search
  Odds odds_;
  NegativeMarker negatives_;
  SearchTrace* trace_;
  std::optional<Fingerprint> reduced_;
  std::vector<ScoredAlignment> scored_;
  std::vector<Match> weak_;  ///< too weak alone; what is on a match's line goes to it
  bool has_leads_ = false;
  std::vector<SoundCandidate> by_sound_;  ///< that the picture did not confirm
};

void describe(const Fingerprint& query, SearchTrace& trace) {
  trace.pictures = query.keyframes.size();
  trace.detailed_pictures = query.details.size();
  trace.searched_pictures = static_cast<std::size_t>(
      std::ranges::count_if(query.keyframes, [](const Keyframe& k) { return is_searchable(k.hash); }));
}

}  // namespace

Findings search(const Fingerprint& query, const SearchSpace& space, const MatchSettings& settings,
                SearchTrace* trace) {
  if (trace != nullptr) describe(query, *trace);
  Search recipe(query, space, settings, trace);
  recipe.by_whole_pictures();
  recipe.by_local_features();
  recipe.by_sound();
  return recipe.finish();
}

std::vector<Match> find_matches(const Fingerprint& query, const SearchSpace& space,
                                const MatchSettings& settings) {
  return search(query, space, settings).matches;
}

}  // namespace reelprint::index
