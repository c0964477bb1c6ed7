// Why a file matched what it was held against, or why not: a screening's trace, put in order and into words.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "pipeline/screening.h"

namespace reelprint::pipeline {

/// One reference that was asked about.
struct ExplainedReference {
  ReferenceEntry entry;
  bool is_indexed = true;                     ///< false: its fingerprint is of another algorithm
  std::vector<index::TracedStage> stages;     ///< by kind of evidence, upright before mirrored
  std::vector<index::TracedHit> hits;         ///< by time in the query
  std::vector<index::Considered> considered;  ///< matches first, then those least owed to chance
};

struct Explanation {
  Screening screening;
  bool is_of_fingerprint = false;  ///< the file was a .rpf: nothing was decoded
  bool is_wordless = false;        ///< pictures have numbers only: a report says the rest in its language
  ScreeningTrace trace;            ///< its search's lists are dealt out to the references
  index::MatchSettings matching;
  rights::Policy policy;
  std::vector<ExplainedReference> references;  ///< in the order they were asked for
};

/// Screens `file` as screen() does, following the references in `against`; throws what it throws. What other
/// references have to do with the result is in the screening's matches.
[[nodiscard]] Explanation explain(const std::filesystem::path& file,
                                  const std::vector<ReferenceEntry>& against, const Protected& catalog,
                                  const ScreeningSettings& settings, const Clock& clock,
                                  std::stop_token stop = {},
                                  const fingerprint::FingerprintProgress& progress = {});

/// Deals a trace out to the references that were asked about.
[[nodiscard]] std::vector<ExplainedReference> deal_out(index::SearchTrace& trace,
                                                       const std::vector<ReferenceEntry>& against);

// The following say why in one sentence each, with the figures that decided.

/// What became of an alignment.
[[nodiscard]] std::string why(const index::Considered& considered, const index::MatchSettings& matching);
/// How far one kind of evidence came.
[[nodiscard]] std::string why(const index::TracedStage& stage);
/// What it came to for one reference.
[[nodiscard]] std::string why(const ExplainedReference& reference);
/// What was decoded, pass by pass.
[[nodiscard]] std::string why_decoded(const Explanation& explanation);
/// Whether local features were searched, and why not.
[[nodiscard]] std::string why_features(const Explanation& explanation);

}  // namespace reelprint::pipeline
