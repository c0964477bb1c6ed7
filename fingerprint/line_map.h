// Where a picture has borders: upright lines that are long and straight and stay, for LayoutFinder.
#pragma once

#include <cstddef>
#include <vector>

namespace reelprint::fingerprint {

/// A map of one value a pixel, row-major height × width.
struct PixelMap {
  std::size_t width = 0;
  std::size_t height = 0;
  std::vector<float> values;

  [[nodiscard]] float at(std::size_t x, std::size_t y) const { return values[y * width + x]; }
  /// Rows for columns.
  [[nodiscard]] PixelMap transposed() const;
};

/// Sums of a map over rectangles, at the same cost for each of them.
class BoxSums {
 public:
  explicit BoxSums(const PixelMap& map);

  /// The mean over columns left..right and rows top..bottom, ends not included; 0 for an empty box.
  [[nodiscard]] float mean(std::size_t left, std::size_t top, std::size_t right, std::size_t bottom) const;

 private:
  std::size_t stride_;
  std::vector<double> sums_;
};

/// What speaks for a border between two columns, at each row. "Line x" lies between the columns x - 1 and x.
class LineMap {
 public:
  /// `contrast` is the mean over time of |luma(x) - luma(x - 1)|, `change` that of how much the signed
  /// difference changes from picture to picture, both in levels. Either may stand out: the change does at a
  /// border between pictures, of which one at least moves, and not at the edge of a thing that stands still.
  LineMap(const PixelMap& contrast, const PixelMap& change);

  /// Share 0..1 of rows top..bottom (end not included) at which line x is a border; x may be one off.
  [[nodiscard]] float support(std::size_t x, std::size_t top, std::size_t bottom) const;

  /// The lines with the longest supported runs, at most `most`, by position.
  [[nodiscard]] std::vector<std::size_t> lines(std::size_t most) const;

 private:
  std::size_t width_;
  std::size_t height_;
  std::vector<float> sums_;  // of the support of the rows above, (height + 1) × width
};

}  // namespace reelprint::fingerprint
