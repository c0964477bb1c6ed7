// Two frames side by side, with what agrees between them: what a person can check with their own eyes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/frame.h"
#include "core/similarity.h"

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

/// Draws the query left, the reference right, places joined by lines, and writes a PNG of at most about
/// 1900×800 pixels. Throws Error: invalid_input (a frame is empty, or its samples are not width × height),
/// too_large, io.
void write_pair_picture(const PairPicture& pair, const std::filesystem::path& file);

}  // namespace reelprint::evidence
