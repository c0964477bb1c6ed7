// What the descriptors of natural pictures look like as a whole: a small statistical model to draw code words
// from.
#pragma once

#include <cstdint>

#include "core/split_mix.h"
#include "index/hamming_scan.h"

namespace reelprint::index {

/// The 256 comparisons of a descriptor overlap and a picture is smooth, so its bits are correlated: unrelated
/// descriptors differ in 122 bits, about as fair coins would, but with a standard deviation of 18 instead
/// of 8. Each bit is modelled as the sign of a threshold plus a weighted sum of sixteen hidden Gaussians (a
/// dichotomised Gaussian: Emrich and Piedmonte, The American Statistician 45(4), 1991), which carry seven
/// tenths of the variance.
///
/// Bits are those of fingerprint/local_features.h; the model is the same with its halves exchanged, as
/// mirrored pictures are as likely. A descriptor of another kind is indexed just as correctly, but its lists
/// are uneven and recall falls.
class ModelCodes {
 public:
  /// The same codes for the same seed on every machine: integer arithmetic only.
  explicit ModelCodes(std::uint64_t seed) : random_(seed) {}
  [[nodiscard]] Code next();

 private:
  SplitMix random_;
};

}  // namespace reelprint::index
