// Two frames side by side, with what agrees between them: what a person can check with their own eyes.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "core/frame.h"
#include "core/similarity.h"
#include "evidence/frame_png.h"

namespace reelprint::evidence {

/// A place in the query's frame and the same place in the reference's; each in units of its own frame's
/// shorter side, as the frames are shown.
struct PlacePair {
  Point query;
  Point reference;
};

struct PairPicture {
  std::string title;
  std::string remark;  ///< the line below the title
  Frame query;
  Frame reference;
  std::string query_label;
  std::string reference_label;
  std::vector<PlacePair> places;
  std::vector<Point>
      reference_in_query;  ///< corners of the reference's frame in the query's, in order, or none
  std::vector<Point> query_in_reference;  ///< corners of the query's frame in the reference's, likewise
  double query_aspect = 0;                ///< width over height as it is to be shown; 0: the frame's own
  double reference_aspect = 0;
};

/// Where a frame lies in a picture, in pixels from the upper left corner.
struct PixelBox {
  std::size_t x = 0;
  std::size_t y = 0;
  std::size_t width = 0;
  std::size_t height = 0;

  friend bool operator==(const PixelBox&, const PixelBox&) = default;
};

struct PairBoxes {
  PixelBox query;
  PixelBox reference;
};

/// Draws the query left, the reference right, places joined by lines, and writes a PNG of at most about
/// 1900×800 pixels; says where the two lie. Throws Error: invalid_input (a frame is empty, or its samples are
/// not width × height), too_large, io.
PairBoxes write_pair_picture(const PairPicture& pair, const std::filesystem::path& file);

/// Whether `box` of a picture shows `frame`, lines and rings drawn over it or not: 0..1, the least share,
/// over squares of 32 pixels, of pixels that are the frame's to 3 levels. 0 where the box is empty, not
/// within the picture, or the frame no frame.
[[nodiscard]] double share_shown(const ColourPicture& picture, const PixelBox& box, const Frame& frame);

}  // namespace reelprint::evidence
