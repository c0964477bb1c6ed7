#include "pipeline/screening.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/cpu_time.h"
#include "crawler/folder_source.h"
#include "fingerprint/fingerprint_codec.h"

namespace reelprint::pipeline {
namespace {

constexpr double kEdge_s = 1;  ///< a reference is whole when no more than this is missing at either end
constexpr double kSettledShare = 0.98;     ///< of the upload that whole references must cover
constexpr std::size_t kLeastAgreeing = 4;  ///< pictures per match
constexpr double kAgreeingShare = 0.9;     ///< of those that could be compared

void judge(Screening& screening, const WorkNames& names, const rights::Policy& policy) {
  std::vector<rights::Claim> claims;
  for (const Match& match : screening.matches) claims.push_back({match, names.work_of(match)});
  screening.verdict = rights::judge(claims, policy);
}

/// Empties the trace, if there is one, for another pass: what it follows stays.
index::SearchTrace* begin_pass(ScreeningTrace* trace, const Fingerprint& print) {
  if (trace == nullptr) return nullptr;
  index::SearchTrace fresh;
  fresh.followed = std::move(trace->search.followed);
  trace->search = std::move(fresh);
  trace->query = print;
  trace->passes.push_back(print.effort);
  return &trace->search;
}

/// Searches with one fingerprint and decides by what is found. Returns whether there are leads besides.
bool search(Screening& screening, const Fingerprint& print, const Protected& catalog,
            const ScreeningSettings& settings, ScreeningTrace* trace) {
  screening.media = print.media;
  screening.duration = print.duration;
  screening.effort = print.effort;
  index::Findings found;
  {
    const CpuTimer timer(screening.cost.search_s);
    index::MatchSettings matching = settings.matching;
    matching.use_audio = settings.audio;
    matching.least_score = std::min(matching.least_score, settings.policy.review_score);
    const index::SearchSpace space{catalog.index,          &catalog.features, &catalog.sounds,
                                   &catalog.details,       catalog.negatives, catalog.background,
                                   settings.search_threads};
    found = index::search(print, space, matching, begin_pass(trace, print));
  }
  screening.matches = std::move(found.matches);
  judge(screening, catalog.names, settings.policy);
  return found.has_leads;
}

bool is_whole(const Match& match, const index::FrameIndex& index) {
  const auto* reference = index.find(match.reference);
  const auto needed =
      static_cast<std::size_t>(std::ceil(kAgreeingShare * static_cast<double>(match.compared)));
  return reference != nullptr && match.agreeing >= std::max(kLeastAgreeing, needed) &&
         to_seconds(match.reference_span.begin) <= kEdge_s &&
         to_seconds(reference->duration) - to_seconds(match.reference_span.end) <= kEdge_s;
}

/// Whether I-frames alone settle the case: the upload is whole registered episodes from end to end. Anything
/// else, an excerpt's borders above all, needs a closer look.
bool is_settled(const Screening& screening, const index::FrameIndex& index) {
  if (screening.verdict.decision != Decision::infringing) return false;
  double covered_s = 0;
  for (const Match& match : screening.matches) {
    if (!is_whole(match, index)) return false;
    covered_s += to_seconds(match.query_span.length());
  }
  return covered_s >= kSettledShare * to_seconds(screening.duration);
}

std::vector<Effort> plan(const ScreeningSettings& settings) {
  if (settings.effort) return {*settings.effort};
  return {Effort::fast, Effort::standard, Effort::deep};
}

bool needs_deeper_look(const Screening& screening, bool has_leads, const index::FrameIndex& index) {
  if (screening.effort == Effort::fast) return !is_settled(screening, index);
  const Decision decision = screening.verdict.decision;
  return decision == Decision::needs_review || (decision == Decision::clear && has_leads);
}

Screening begin_screening(const std::string& name, const ScreeningSettings& settings, const Clock& clock) {
  Screening screening;
  screening.query = name;
  screening.with_audio = settings.audio;
  screening.screened_at = clock.now();
  return screening;
}

}  // namespace

const fingerprint::DetailSettings& detail_of(Effort effort) {
  switch (effort) {
    case Effort::fast: return fingerprint::kNoDetail;
    case Effort::standard: break;
    case Effort::deep: return fingerprint::kDeepDetail;
  }
  return fingerprint::kQueryDetail;
}

Protected open_protected(Workspace& workspace, const index::DetailSource& details, const WorkNames& names,
                         Progress* progress) {
  const index::FrameIndex& index = workspace.open_index(progress);
  const index::FrameIndex& negatives = workspace.open_negatives();
  return {index,     workspace.features(), workspace.sounds(), workspace.background(), details, names,
          &negatives};
}

Screening screen(const std::filesystem::path& file, const Protected& catalog,
                 const ScreeningSettings& settings, const MediaReader& reader, const Clock& clock,
                 std::stop_token stop, const fingerprint::FingerprintProgress& progress,
                 ScreeningTrace* trace) {
  if (fingerprint::is_fingerprint_file(file))
    return screen(fingerprint::read_fingerprint(file), file.string(), catalog, settings, clock, trace);
  Screening screening = begin_screening(file.string(), settings, clock);
  for (const Effort effort : plan(settings)) {
    const bool wants_sound = settings.audio && effort != Effort::fast;
    const auto made =
        reader.fingerprint(file, {effort, wants_sound, detail_of(effort), settings.limits}, stop, progress);
    screening.damaged = made.facts.damaged;
    screening.cost.decode_s += made.cost.decode_s;
    screening.cost.fingerprint_s += made.cost.fingerprint_s;
    const bool has_leads = search(screening, made.fingerprint, catalog, settings, trace);
    if (!needs_deeper_look(screening, has_leads, catalog.index)) break;
  }
  screening.cost.media_s = to_seconds(screening.duration);
  return screening;
}

Screening screen(const Fingerprint& print, const std::string& name, const Protected& catalog,
                 const ScreeningSettings& settings, const Clock& clock, ScreeningTrace* trace) {
  Screening screening = begin_screening(name, settings, clock);
  (void)search(screening, print, catalog, settings, trace);
  screening.cost.media_s = to_seconds(screening.duration);
  return screening;
}

std::vector<std::string> expand_folders(const std::vector<std::string>& names) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    std::error_code error;
    if (!std::filesystem::is_directory(name, error)) {
      files.push_back(name);
      continue;
    }
    for (const Sighting& media : crawler::media_in_folder(name)) files.push_back(media.location);
  }
  return files;
}

}  // namespace reelprint::pipeline
