// Which seconds of which episodes were found: one row an episode, its length to scale.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace reelprint::evidence {

/// A stretch of an episode, in media seconds.
struct StripSegment {
  double begin_s = 0;
  double end_s = 0;
  double score = 0;  ///< 0..1: its colour
};

struct StripRow {
  std::string label;  ///< left of the row: the episode
  std::string note;   ///< right of it: how much of it is covered
  double length_s = 0;
  std::vector<StripSegment> segments;
};

struct CoverageStrip {
  std::string title;
  std::string remark;
  std::vector<StripRow> rows;
  bool has_legend = true;
};

/// Draws the rows in their order as a PNG 1200 pixels wide; rows get lower the more there are. Throws Error:
/// too_large (over 3,000 rows), io.
void write_coverage_strip(const CoverageStrip& strip, const std::filesystem::path& file);

}  // namespace reelprint::evidence
