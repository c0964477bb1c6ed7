// A catalog of a few references alone: what a claim can be made again with, when all there is is a bundle.
#pragma once

#include <map>
#include <memory>

#include "core/fingerprint.h"
#include "index/detail_source.h"
#include "index/live_index.h"
#include "index/matcher.h"
#include "index/trace.h"

namespace reelprint::pipeline {

/// A reference by what it takes to search it.
struct ClaimReference {
  ReferenceId reference{};
  EpisodeId episode{};
  SeriesId series{};
  Fingerprint print{};
};

/// Lies in memory only. Nothing of the catalog that a claim was first made with is needed: chance is that of
/// index/background.h, and there is no negative bank.
class ClaimCatalog final : public index::DetailSource {
 public:
  void add(ClaimReference reference);

  [[nodiscard]] std::shared_ptr<const Fingerprint> print_of(ReferenceId reference) const override;
  /// With a `trace`, follows all references.
  [[nodiscard]] std::vector<Match> search(const Fingerprint& query,
                                          index::SearchTrace* trace = nullptr) const;

 private:
  index::IndexContent content_;
  std::map<ReferenceId, std::shared_ptr<const Fingerprint>> prints_;
};

}  // namespace reelprint::pipeline
