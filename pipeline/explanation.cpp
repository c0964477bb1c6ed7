#include "pipeline/explanation.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <tuple>
#include <utility>

#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {
namespace {

template <class... Values>
std::string format(const char* pattern, Values... values) {
  std::array<char, 240> text{};
  std::snprintf(text.data(), text.size(), pattern, values...);
  return text.data();
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

/// The stretches of sound as one stage.
void join_sound(std::vector<index::TracedStage>& stages) {
  const auto is_sound = [](const index::TracedStage& stage) { return stage.found_by == FoundBy::sound; };
  const auto first = std::ranges::find_if(stages, is_sound);
  if (first == stages.end()) return;
  index::TracedStage all = *first;
  for (auto it = first + 1; it != stages.end(); ++it) {
    if (!is_sound(*it)) continue;
    all.hits += it->hits;
    all.best_votes = std::max(all.best_votes, it->best_votes);
    all.was_looked_at = all.was_looked_at || it->was_looked_at;
  }
  std::erase_if(stages, is_sound);
  stages.push_back(all);
}

void put_in_order(ExplainedReference& reference) {
  join_sound(reference.stages);
  std::ranges::stable_sort(reference.stages, {}, [](const index::TracedStage& stage) {
    return std::tuple(stage.found_by, stage.mirrored);
  });
  std::ranges::stable_sort(reference.hits, {},
                           [](const index::TracedHit& hit) { return std::tuple(hit.query, hit.shown_at); });
  std::ranges::stable_sort(reference.considered, {}, [](const index::Considered& c) {
    return std::tuple(c.outcome != index::Outcome::kept, c.match.log10_false_alarms, c.match.query_span);
  });
}

std::string of_pass(Effort effort, bool is_fingerprint) {
  if (is_fingerprint) return "a fingerprint made by the " + std::string(to_string(effort)) + " plan";
  switch (effort) {
    case Effort::fast: return "I-frames alone (fast)";
    case Effort::standard: return "all but non-reference frames (standard)";
    case Effort::deep: return "every frame (deep)";
  }
  return "";
}

}  // namespace

std::vector<ExplainedReference> deal_out(index::SearchTrace& trace,
                                         const std::vector<ReferenceEntry>& against) {
  std::vector<ExplainedReference> references;
  std::map<ReferenceId, std::size_t> places;
  for (const ReferenceEntry& entry : against) {
    if (places.emplace(entry.reference.id, references.size()).second)
      references.push_back({entry, true, {}, {}, {}});
  }
  for (const index::TracedStage& stage : trace.stages)
    references[places.at(stage.reference)].stages.push_back(stage);
  for (const index::TracedHit& hit : trace.hits) references[places.at(hit.reference)].hits.push_back(hit);
  for (index::Considered& considered : trace.considered)
    references[places.at(considered.match.reference)].considered.push_back(std::move(considered));
  trace.stages.clear();
  trace.hits.clear();
  trace.considered.clear();
  for (ExplainedReference& reference : references) put_in_order(reference);
  return references;
}

Explanation explain(const std::filesystem::path& file, const std::vector<ReferenceEntry>& against,
                    const Protected& catalog, const ScreeningSettings& settings, const Clock& clock,
                    std::stop_token stop, const fingerprint::FingerprintProgress& progress) {
  Explanation explanation;
  explanation.matching = settings.matching;
  explanation.policy = settings.policy;
  explanation.is_of_fingerprint = fingerprint::is_fingerprint_file(file);
  for (const ReferenceEntry& entry : against) explanation.trace.search.followed.insert(entry.reference.id);
  explanation.screening = screen(file, catalog, settings, DirectMediaReader(), clock, std::move(stop),
                                 progress, &explanation.trace);
  explanation.references = deal_out(explanation.trace.search, against);
  for (ExplainedReference& reference : explanation.references)
    reference.is_indexed = catalog.index.find(reference.entry.reference.id) != nullptr;
  return explanation;
}

std::string why(const index::Considered& considered, const index::MatchSettings& matching) {
  const Match& match = considered.match;
  switch (considered.outcome) {
    case index::Outcome::kept:
      if (match.found_by == FoundBy::sound) return "a match of the sound alone: no picture confirms it";
      if (!match.is_confirmed) return "a match, but nothing that moves confirms it";
      return "a match: every test is passed";
    case index::Outcome::too_weak:
      return format("dropped: chance alone may give it; score %.3f, and %.2f is the least", match.score,
                    matching.least_score);
    case index::Outcome::another_moment:
      return format("dropped: another moment of the same set; what moves agrees %.2f, and %.2f is the least",
                    match.moment_agreement.value_or(0), matching.least_moment);
    case index::Outcome::explained: return "dropped: a stronger alignment explains the same seconds";
    case index::Outcome::not_distinctive:
      if (match.found_by == FoundBy::sound) {
        return format("dropped: no picture confirms it, and only %.1f s of its sound are its own",
                      to_seconds(match.distinctive));
      }
      return format("dropped: other series show nearly all of it; %.1f s are its own, and %.1f s the least",
                    to_seconds(match.distinctive), to_seconds(matching.least_distinctive));
  }
  return "";
}

std::string why(const index::TracedStage& stage) {
  if (!stage.was_looked_at) return "not looked at closely: it weighs too little, or others weigh more";
  if (stage.found_by == FoundBy::sound) {
    return format("the picture was compared along it; it lies %.1f standard deviations off chance",
                  stage.best_votes);
  }
  if (stage.best_votes < stage.least_votes) {
    return format("no line: the best has %.2f votes, and %.2f are the least", stage.best_votes,
                  stage.least_votes);
  }
  return format("looked at closely: the best line has %.2f votes, and %.2f are the least", stage.best_votes,
                stage.least_votes);
}

std::string why(const ExplainedReference& reference) {
  if (!reference.is_indexed)
    return "not searched: its fingerprint was made by another algorithm; register it again";
  const auto kept = static_cast<std::size_t>(
      std::ranges::count(reference.considered, index::Outcome::kept, &index::Considered::outcome));
  if (kept > 0) return "found: " + counted(kept, "match", "matches");
  if (!reference.considered.empty()) {
    return "not found: " + counted(reference.considered.size(), "alignment was", "alignments were") +
           " considered, none was kept";
  }
  if (reference.stages.empty()) return "not found: no picture of it comes near one of the upload's";
  const bool has_line = std::ranges::any_of(reference.stages, [](const index::TracedStage& stage) {
    return stage.was_looked_at && stage.best_votes >= stage.least_votes;
  });
  const bool is_heard = std::ranges::any_of(
      reference.stages, [](const auto& stage) { return stage.found_by == FoundBy::sound; });
  if (is_heard) return "not found: its sound plays in the upload, and the pictures do not agree along it";
  return has_line ? "not found: along its best line the pictures do not agree for long enough"
                  : "not found: pictures come near, but on no line of time with enough votes";
}

std::string why_decoded(const Explanation& explanation) {
  std::string text;
  for (const Effort effort : explanation.trace.passes)
    text += (text.empty() ? "" : "; that did not settle it, so ") +
            of_pass(effort, explanation.is_of_fingerprint);
  return text;
}

std::string why_features(const Explanation& explanation) {
  const index::SearchTrace& search = explanation.trace.search;
  if (search.searched_features) return "searched: whole pictures left something unexplained";
  if (search.detailed_pictures == 0) {
    return explanation.screening.effort == Effort::fast ? "not taken at this effort"
                                                        : "none were found in the pictures";
  }
  return "not needed: whole pictures explain the upload";
}

}  // namespace reelprint::pipeline
