#include "index/feature_election.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

namespace reelprint::index {
namespace {

constexpr std::int64_t kVote = 1 << 20;
constexpr int kNear = 24;               ///< bits up to which a feature votes whole, falling to …
constexpr double kFarthestVote = 0.25;  ///< … this at …
constexpr int kFarthest = 56;           ///< … so many
/// Bits by which another series' feature may be farther and still tell that this one is common.
constexpr int kAboutAsNear = 12;
constexpr std::uint32_t kBeside = 2;  ///< details before and behind a track that it votes for
constexpr std::size_t kLeastFeatures = 2;
constexpr std::size_t kMostStretches = 8;  ///< of one query picture and orientation
constexpr std::size_t kPerReference = 2;   ///< of them of one reference
constexpr double kAboutAsMany =
    0.75;  ///< of the best detail's votes, for one beside it to be elected with it

double vote_of(int distance) {
  const double far = std::max(0, distance - kNear) / static_cast<double>(kFarthest - kNear);
  return std::max(0.0, 1 - (1 - kFarthestVote) * far);
}

}  // namespace

std::vector<ElectedStretch> FeatureElection::elect(
    std::span<const std::vector<FeatureNeighbour>> neighbours) {
  ballots_.clear();
  for (const auto& of_feature : neighbours) add_ballots(of_feature);
  std::ranges::stable_sort(ballots_, {}, [](const Ballot& ballot) { return ballot.reference->reference; });
  std::vector<ElectedStretch> elected;
  for (auto it = ballots_.begin(); it != ballots_.end();) {
    const auto end = std::find_if(it, ballots_.end(),
                                  [&](const Ballot& other) { return other.reference != it->reference; });
    if (end - it >= static_cast<std::ptrdiff_t>(kLeastFeatures)) {
      count({it, end});
      elect_of(*it->reference, elected);
    }
    it = end;
  }
  std::ranges::sort(elected, {}, [](const ElectedStretch& stretch) {
    return std::tuple(-stretch.votes, stretch.reference->reference, stretch.begin);
  });
  elected.resize(std::min(elected.size(), kMostStretches));
  return elected;
}

void FeatureElection::add_ballots(const std::vector<FeatureNeighbour>& neighbours) {
  const std::size_t first = ballots_.size();
  series_.clear();
  for (const FeatureNeighbour& near : neighbours) {
    const IndexedReference* reference = reference_of(near.reference);
    if (reference == nullptr) continue;
    if (std::ranges::find(series_, reference->series, &NearSeries::series) == series_.end())
      series_.push_back({reference->series, near.distance});
  }
  for (const FeatureNeighbour& near : neighbours) {
    const IndexedReference* reference = reference_of(near.reference);
    if (reference == nullptr) continue;
    const auto n = std::ranges::count_if(
        series_, [&](const NearSeries& other) { return other.distance <= near.distance + kAboutAsNear; });
    const auto last = static_cast<std::uint32_t>(reference->details.size());
    const std::uint32_t begin = near.detail - std::min(near.detail, kBeside);
    const std::uint32_t end = std::min(last, near.detail + near.length + kBeside);
    const double votes = vote_of(near.distance) / static_cast<double>(n * n);
    if (begin < end) add_ballot({reference, begin, end, std::llround(kVote * votes)}, first);
  }
}

/// Without what the same feature voted for already, with a nearer neighbour.
void FeatureElection::add_ballot(Ballot ballot, std::size_t first_of_feature) {
  for (std::size_t i = first_of_feature; i < ballots_.size(); ++i) {
    const Ballot& earlier = ballots_[i];
    if (earlier.reference != ballot.reference || earlier.end <= ballot.begin || ballot.end <= earlier.begin)
      continue;
    if (ballot.begin < earlier.begin && earlier.end < ballot.end) {
      const std::uint32_t behind = earlier.end;
      Ballot before = ballot;
      before.end = earlier.begin;
      ballot.begin = behind;
      add_ballot(before, first_of_feature);
    } else if (ballot.begin < earlier.begin) {
      ballot.end = earlier.begin;
    } else {
      ballot.begin = earlier.end;
    }
    if (ballot.begin >= ballot.end) return;
  }
  ballots_.push_back(ballot);
}

void FeatureElection::count(std::span<const Ballot> of_reference) {
  struct Change {
    std::uint32_t at = 0;
    std::int64_t votes = 0;
    int features = 0;
  };
  std::vector<Change> changes;
  for (const Ballot& ballot : of_reference) {
    changes.push_back({ballot.begin, ballot.votes, 1});
    changes.push_back({ballot.end, -ballot.votes, -1});
  }
  std::ranges::sort(changes, {}, &Change::at);
  steps_.clear();
  std::int64_t votes = 0;
  std::ptrdiff_t features = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    votes += changes[i].votes;
    features += changes[i].features;
    if (i + 1 < changes.size() && changes[i + 1].at > changes[i].at)
      steps_.push_back({changes[i].at, changes[i + 1].at, votes, static_cast<std::size_t>(features)});
  }
}

/// Each stretch takes its votes away from the steps, so that the next is another one.
void FeatureElection::elect_of(const IndexedReference& reference, std::vector<ElectedStretch>& elected) {
  for (std::size_t n = 0; n < kPerReference; ++n) {
    const auto best = std::ranges::max_element(steps_, {}, &Step::votes);
    if (best == steps_.end() || best->votes <= 0) return;
    const std::int64_t least = std::llround(kAboutAsMany * static_cast<double>(best->votes));
    auto first = best;
    while (first != steps_.begin() && std::prev(first)->votes >= least) --first;
    auto behind = std::next(best);
    while (behind != steps_.end() && behind->votes >= least) ++behind;
    if (best->features >= kLeastFeatures) {
      elected.push_back({&reference, first->begin, std::prev(behind)->end, (best->begin + best->end) / 2,
                         static_cast<double>(best->votes) / kVote, best->features});
    }
    for (auto step = first; step != behind; ++step) step->votes = 0;
  }
}

const IndexedReference* FeatureElection::reference_of(ReferenceId id) {
  const auto [it, is_new] = known_.try_emplace(id, nullptr);
  if (is_new) it->second = frames_.find(id);
  return it->second;
}

}  // namespace reelprint::index
