// How a query's pictures lie on a reference's, and two thumbnails brought onto one grid by that.
#pragma once

#include <array>
#include <cstddef>

#include "core/fingerprint.h"
#include "core/similarity.h"

namespace reelprint::index {

/// Sizes are in units of each picture's shorter side. By default whole pictures lie on whole pictures,
/// whatever their proportions.
struct Laying {
  Similarity transform;  ///< query as viewed → reference
  Point query_size{1, 1};
  Point reference_size{1, 1};
  bool mirrored = false;  ///< the query is flipped left to right before it is viewed
};

/// The proportions of a fingerprint's pictures; square when their size is not known.
[[nodiscard]] Point size_of(const Fingerprint& print);

/// A thumbnail on the common grid; cells that lie outside one of the pictures are not valid.
struct GridLuma {
  std::array<float, kThumbnailSize * kThumbnailSize> luma{};
  std::array<bool, kThumbnailSize * kThumbnailSize> is_valid{};
};

/// The common grid is that of the picture whose cells are coarser, seen in the other: an inset's few cells
/// say nothing of what is finer. Area means by up to 4×4 samples of each cell.
class CommonGrid {
 public:
  explicit CommonGrid(const Laying& laying);

  [[nodiscard]] GridLuma of_query(const Thumbnail& query) const;
  [[nodiscard]] GridLuma of_reference(const Thumbnail& reference) const;

 private:
  /// In fractions of the width and height of the one picture, where a place of the other is.
  [[nodiscard]] Point to_query(const Point& reference) const;
  [[nodiscard]] Point to_reference(const Point& query) const;

  Laying laying_;
  bool is_query_coarser_ = false;
  int samples_ = 1;  ///< of one cell in each direction
};

}  // namespace reelprint::index
