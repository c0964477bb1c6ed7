// What chance looks like in the user's own catalog: how alike the pictures of unrelated series are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "index/detail_source.h"
#include "index/frame_index.h"

namespace reelprint::index {

/// How often two moments of unrelated series were at least so much alike, by sampling.
struct BackgroundCounts {
  std::array<std::uint32_t, 257> distances{};  ///< [d]: the nearest hash within reach was d bits away
  std::array<std::uint32_t, 64> inliers{};     ///< [n]: so many places agreed, the last: or more

  friend bool operator==(const BackgroundCounts&, const BackgroundCounts&) = default;
};

/// −log10 of the chance that an unrelated picture is as like, capped at kMostPerPicture: what one picture
/// that agrees is worth. Never more than the shipped model of real footage allows (background.h; half a unit
/// for each place beyond four), and less where the catalog's own series resemble each other more than that.
class CatalogBackground {
 public:
  /// The shipped model alone.
  CatalogBackground() : CatalogBackground(BackgroundCounts{}) {}
  explicit CatalogBackground(const BackgroundCounts& counts);

  [[nodiscard]] double evidence_of_distance(int distance) const;
  [[nodiscard]] double evidence_of_inliers(int inliers) const;
  [[nodiscard]] const BackgroundCounts& counts() const { return counts_; }

  /// Real pictures resemble each other for reasons that no sample of this size knows.
  static constexpr double kMostPerPicture = 3;

 private:
  BackgroundCounts counts_;
  std::array<double, 257> by_distance_{};
  std::array<double, 64> by_inliers_{};
};

/// Measured on real footage, for a catalog that was not sampled.
[[nodiscard]] const CatalogBackground& shipped_background();

/// Compares some 20,000 pairs of moments of different series by hash and, with `details`, 2,000 by features;
/// pictures that are the same (a shared card) are left out. The same catalog gives the same counts. No counts
/// where there are not two series. Costs about 0.3 s.
[[nodiscard]] BackgroundCounts sample_background(const FrameIndex& catalog, const DetailSource* details);

/// Identifies the catalog that counts were sampled from.
[[nodiscard]] std::uint32_t key_of(const FrameIndex& frames);

/// The bytes of a file of counts (docs/formats.md), and back; throws Error{corrupt, incompatible}.
[[nodiscard]] std::vector<std::byte> encode_background(const BackgroundCounts& counts, AlgorithmId algorithm,
                                                       std::uint32_t key);
struct StoredBackground {
  BackgroundCounts counts;
  std::uint32_t key = 0;
};
[[nodiscard]] StoredBackground decode_background(std::span<const std::byte> bytes, AlgorithmId algorithm,
                                                 const std::string& what);

}  // namespace reelprint::index
