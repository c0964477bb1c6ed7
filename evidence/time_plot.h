// Query time against reference time: a copy is a straight line, chance is a cloud.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace reelprint::evidence {

/// Two pictures that resemble each other. Times are media seconds.
struct PlottedHit {
  double query_s = 0;
  double reference_s = 0;
  double weight = 0;  ///< 0..1: how dark the dot is
  bool mirrored = false;
};

/// A stretch of the query laid along the reference.
struct PlottedSegment {
  double query_begin_s = 0;
  double query_end_s = 0;
  double reference_begin_s = 0;
  double reference_end_s = 0;
  bool is_match = true;  ///< false: it was considered and dropped
};

struct TimePlot {
  std::string title;
  std::string remark;
  std::string query_label;
  std::string reference_label;
  double query_s = 0;  ///< lengths of the axes
  double reference_s = 0;
  std::vector<PlottedHit> hits;
  std::vector<PlottedSegment> segments;
  bool has_legend = true;
};

/// Draws it, query time across, reference time upwards, as a PNG of 1100×820 pixels. A length that is no
/// positive number is taken for a second; of more than 200,000 hits the first are drawn. Throws Error{io}.
void write_time_plot(const TimePlot& plot, const std::filesystem::path& file);

}  // namespace reelprint::evidence
