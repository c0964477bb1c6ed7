// What many frame hashes look like together: how far apart unrelated ones are, and how they return.
#pragma once

#include <cstddef>
#include <map>
#include <opencv2/core.hpp>
#include <span>
#include <string>
#include <vector>

#include "core/fingerprint.h"

namespace reelprint::bench {

struct Clip {
  std::string family;  ///< clips of another family are unrelated
  std::vector<Keyframe> keyframes;
};

/// Weighted distances, 0..256.
class Distances {
 public:
  void add(int distance, double weight = 1) {
    counts_[static_cast<std::size_t>(distance)] += weight;
    total_ += weight;
  }
  [[nodiscard]] double share_within(int distance) const;
  /// The distance within which `share` of them are.
  [[nodiscard]] int quantile(double share) const;
  [[nodiscard]] double mean() const;
  [[nodiscard]] double deviation() const;

 private:
  std::vector<double> counts_ = std::vector<double>(257);
  double total_ = 0;
};

/// Pictures too plain to be searched are counted and else left out. Where pictures are weighed, those of a
/// shot weigh one together, so that a long shot says no more than a short one.
struct HashStatistics {
  std::size_t pictures = 0;
  std::size_t plain = 0;
  std::vector<double> shots_s;               ///< lengths, ascending
  Distances unrelated;                       ///< of pictures of different families, and mirrored
  std::map<std::size_t, Distances> in_shot;  ///< by how many keyframes they are apart: 1, 2, 4, 8
  cv::Mat bits;  ///< 256×256, second moments of ±1, of the pictures and their mirror images

  /// The variance of the hashes along another's first eigenvectors; fair coins: 1.
  [[nodiscard]] std::vector<double> variance_along(const HashStatistics& other, int vectors) const;
};

[[nodiscard]] HashStatistics statistics_of(std::span<const Clip> clips);

/// Episodes of one series against each other. `cards` is how long they begin alike.
struct SeriesStatistics {
  Distances cards;    ///< of pictures at the same moment
  Distances others;   ///< of all pictures after the cards
  Distances nearest;  ///< from each of them to the nearest one in another episode
};
void add_series(std::span<const Clip> episodes, Duration cards, SeriesStatistics& statistics);

}  // namespace reelprint::bench
