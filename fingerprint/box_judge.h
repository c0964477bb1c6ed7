// How likely a rectangle of an upload's picture is a picture of its own, for LayoutFinder.
#pragma once

#include <cstddef>
#include <vector>

#include "fingerprint/line_map.h"

namespace reelprint::fingerprint {

/// A rectangle of the working picture, in pixels; the right and bottom ends are not included.
struct PixelBox {
  std::size_t left = 0;
  std::size_t top = 0;
  std::size_t right = 0;
  std::size_t bottom = 0;
};

/// What was seen over time, each a mean in levels of luma.
struct PictureActivity {
  PixelMap across;         ///< |luma(x, y) - luma(x - 1, y)|
  PixelMap down;           ///< |luma(x, y) - luma(x, y - 1)|
  PixelMap across_change;  ///< from picture to picture, of the signed difference across
  PixelMap down_change;
  PixelMap detail;  ///< second differences across and down
  PixelMap motion;  ///< |luma - luma of the picture before|
};

class BoxJudge {
 public:
  /// Pixels: the strips beside the borders of a narrower box would lie outside it.
  static constexpr std::size_t kLeastSide = 6;

  explicit BoxJudge(const PictureActivity& activity);

  /// Where a box may begin and end, by position: the borders found and the picture's own.
  [[nodiscard]] const std::vector<std::size_t>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<std::size_t>& rows() const { return rows_; }

  /// From 0 up to about 1.5; 0 for the whole picture and where a quick look is enough. No side of the box may
  /// be shorter than kLeastSide.
  [[nodiscard]] float score(const PixelBox& box) const;

 private:
  struct Borders {
    float length = 0;
    float weighted = 0;  ///< sum of length × value
    float weakest = 1;

    void add(float support, float surplus, std::size_t pixels);
  };

  [[nodiscard]] Borders borders(const PixelBox& box) const;
  [[nodiscard]] float surplus(const PixelBox& inside, const PixelBox& outside) const;
  [[nodiscard]] float emptiest_edge(const PixelBox& box) const;
  [[nodiscard]] float continued(const PixelBox& box) const;
  [[nodiscard]] float parted(const PixelBox& box) const;
  [[nodiscard]] float against_the_rest(const PixelBox& box) const;
  [[nodiscard]] float liveliness(const PixelBox& box) const;
  [[nodiscard]] float mean_of_rest(const BoxSums& sums, const PixelBox& box) const;

  bool moves_;
  std::size_t width_;
  std::size_t height_;
  LineMap upright_;
  LineMap level_;  // of the picture with rows for columns
  BoxSums detail_;
  BoxSums motion_;
  std::vector<std::size_t> columns_;
  std::vector<std::size_t> rows_;
};

}  // namespace reelprint::fingerprint
