// Where in an upload's picture another, smaller picture may lie: on bars, on a blurred fill, in a frame,
// beside or above another video, as an inset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "fingerprint/luma_picture.h"

namespace reelprint::fingerprint {

/// A part of the picture, in fractions of its width and height: 0 ≤ left < right ≤ 1, 0 ≤ top < bottom ≤ 1.
struct PictureBox {
  float left = 0;
  float top = 0;
  float right = 1;
  float bottom = 1;

  friend bool operator==(const PictureBox&, const PictureBox&) = default;
};

/// Looks at pictures of one upload, taken about a second apart, for borders that are long, straight and
/// parallel to the picture's sides, and stay where they are while what they enclose moves, or while what is
/// outside them is flat, static or blurred. How often it finds what: docs/benchmarks.md.
class LayoutFinder {
 public:
  /// Takes one more picture into account. Its size should be that of the first; another is stretched to it. A
  /// short side of 480 pixels is best, and more than 240 of no use but for that. An empty picture is passed
  /// over. At most kMostPictures are looked at. About 0.5 ms for 480×854.
  void add(const LumaPicture& picture);

  /// The parts that may be pictures of their own, the likeliest first, at most `most`; never the whole
  /// picture. None without pictures, or where the short side is under 32 pixels. With one picture, or where
  /// nothing moves, only what flat bars enclose. The same pictures give the same boxes.
  /// About 4 ms.
  [[nodiscard]] std::vector<PictureBox> find(std::size_t most) const;

  static constexpr std::size_t kMostPictures = 256;

 private:
  std::size_t pictures_ = 0;
  LumaPicture last_;
  // Sums over the pictures, one value a pixel of the working picture.
  std::vector<std::uint32_t> across_;  // |luma(x, y) - luma(x - 1, y)|
  std::vector<std::uint32_t> down_;    // |luma(x, y) - luma(x, y - 1)|
  std::vector<std::uint32_t> across_change_;
  std::vector<std::uint32_t> down_change_;
  std::vector<std::uint32_t> detail_;  // the second difference both ways
  std::vector<std::uint32_t> motion_;  // |luma - luma of the picture before|
};

}  // namespace reelprint::fingerprint
