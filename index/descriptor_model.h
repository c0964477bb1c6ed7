// What ORB descriptors of natural pictures look like as a whole: a small statistical model to draw code words
// from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "index/hamming_scan.h"

namespace reelprint::index {

/// ORB's 256 comparisons overlap and a picture is smooth, so its bits are correlated: unrelated descriptors
/// differ in 125 bits, as fair coins would, but with a standard deviation of 22 instead of 8. Each bit is
/// modelled as the sign of a threshold plus a weighted sum of twelve hidden Gaussians (a dichotomised
/// Gaussian: Emrich and Piedmonte, The American Statistician 45(4), 1991), which carry three quarters of the
/// variance.
///
/// Bits are in the order of OpenCV's ORB, pattern of 31 pixels and WTA_K = 2: bit k is bit k % 8 of byte k
/// / 8. A descriptor of another kind is indexed just as correctly, but its lists are uneven and recall falls.
inline constexpr std::size_t kHiddenValues = 12;

struct BitModel {
  std::int8_t threshold = 0;             ///< hundredths of a standard deviation
  std::int8_t weights[kHiddenValues]{};  ///< hundredths
};

/// The model of each of the 256 bits. Second-order statistics of 75,352 descriptors of real footage; made
/// from two fifths of that footage and tried on the rest it is as good.
[[nodiscard]] std::span<const BitModel> descriptor_model();

/// The same codes for the same seed on every machine: integer arithmetic only.
class ModelCodes {
 public:
  explicit ModelCodes(std::uint64_t seed) : state_(seed) {}
  [[nodiscard]] Code next();

 private:
  std::uint64_t state_;
};

}  // namespace reelprint::index
