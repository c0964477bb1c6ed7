// The features of one query picture elect the stretches of references that may show it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/ids.h"
#include "index/feature_index.h"
#include "index/frame_index.h"

namespace reelprint::index {

/// Details of a reference in a row that about as many features vote for.
struct ElectedStretch {
  const IndexedReference* reference = nullptr;
  std::uint32_t begin = 0;   ///< its details …
  std::uint32_t end = 0;     ///< … half-open, not empty
  std::uint32_t best = 0;    ///< in the middle of those with the most votes
  double votes = 0;          ///< for it: one a feature at most, less the farther and the commoner it is
  std::size_t features = 0;  ///< that vote for it
};

/// For one thread. `frames` must outlive it and not change.
class FeatureElection {
 public:
  explicit FeatureElection(const FrameIndex& frames) : frames_(frames) {}

  /// The stretches with the most votes of one query picture's features, given the neighbours of each: at most
  /// eight, two of one reference, each with two features at least. A feature that n series have about as near
  /// counts 1/n². Tracks vote for two details before and behind them too, at which they are as a rule still
  /// to be seen.
  [[nodiscard]] std::vector<ElectedStretch> elect(std::span<const std::vector<FeatureNeighbour>> neighbours);

 private:
  /// What a feature votes for.
  struct Ballot {
    const IndexedReference* reference = nullptr;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::int64_t votes = 0;  ///< in parts of kVote: sums that do not depend on the order
  };
  struct NearSeries {
    SeriesId series;
    int distance = 0;  ///< of its nearest neighbour
  };
  /// Details of one reference for which the same ballots vote.
  struct Step {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::int64_t votes = 0;
    std::size_t features = 0;
  };

  void add_ballots(const std::vector<FeatureNeighbour>& neighbours);
  void add_ballot(Ballot ballot, std::size_t first_of_feature);
  void count(std::span<const Ballot> of_reference);
  void elect_of(const IndexedReference& reference, std::vector<ElectedStretch>& elected);
  [[nodiscard]] const IndexedReference* reference_of(ReferenceId id);

  const FrameIndex& frames_;
  std::unordered_map<ReferenceId, const IndexedReference*> known_;
  std::vector<Ballot> ballots_;
  std::vector<Step> steps_;         ///< of one reference
  std::vector<NearSeries> series_;  ///< of one feature's neighbours
};

}  // namespace reelprint::index
