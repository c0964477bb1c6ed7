#include "pipeline/claim_catalog.h"

#include <utility>

#include "index/feature_tracks.h"
#include "pipeline/workspace.h"

namespace reelprint::pipeline {

void ClaimCatalog::add(ClaimReference reference) {
  const auto print = std::make_shared<const Fingerprint>(std::move(reference.print));
  content_.frames.add(to_indexed(reference.reference, reference.episode, reference.series, *print));
  content_.features.add(reference.reference, index::tracks_of(*print));
  content_.sounds.add(reference.reference, reference.series, print->audio);
  prints_[reference.reference] = print;
}

std::shared_ptr<const Fingerprint> ClaimCatalog::print_of(ReferenceId reference) const {
  const auto found = prints_.find(reference);
  return found == prints_.end() ? nullptr : found->second;
}

std::vector<Match> ClaimCatalog::search(const Fingerprint& query, index::SearchTrace* trace) const {
  if (trace != nullptr) {
    for (const auto& [reference, print] : prints_) trace->followed.insert(reference);
  }
  const index::SearchSpace space{
      .frames = content_.frames, .features = &content_.features, .sounds = &content_.sounds, .details = this};
  return index::search(query, space, {}, trace).matches;
}

}  // namespace reelprint::pipeline
