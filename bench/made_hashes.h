// Made-up frame hashes with the structure of real ones, so that an index can be filled with as many as
// wanted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/fingerprint.h"
#include "core/split_mix.h"

namespace reelprint::bench {

/// Series of episodes as micro-dramas are cut. Each bit of a hash is the sign of a Gaussian. Those of
/// unrelated pictures are independent, because those of real ones are but for a hundredth
/// (docs/benchmarks.md); what real catalogs have beyond fair coins is that pictures return:
///
/// - a shot begins near one of the twelve sets of its series (the same room or face, seen anew) or elsewhere,
/// - from keyframe to keyframe of a shot the Gaussians walk, as far as real ones do,
/// - all episodes of a series begin with its card, after the card of its licensor, one of a hundred,
/// - one picture in forty is too plain to be searched.
///
/// Where the figures are from: hash_statistics_bench, on the tune half of the accuracy corpus.
class HashMaker {
 public:
  static constexpr std::size_t kKeyframes = 180;
  static constexpr std::size_t kLicensors = 100;
  static constexpr std::size_t kSets = 12;
  static constexpr Duration kStep = std::chrono::milliseconds(500);
  /// Of a shot's Gaussians, the greatest share of the variance that never changes; the least is none.
  static constexpr double kMostStanding = 0.97;
  /// The greatest correlation of the rest from keyframe to keyframe; the least is none.
  static constexpr double kSlowestPace = 0.95;

  explicit HashMaker(std::uint64_t seed) : seed_(seed) {}

  /// The 180 keyframes of an episode of 90 s, two a second. The same for the same seed and numbers on every
  /// machine, whatever was made before; below a microsecond a keyframe.
  [[nodiscard]] std::vector<Keyframe> episode(std::size_t series, std::size_t episode) const;

 private:
  std::uint64_t seed_;
};

}  // namespace reelprint::bench
