// Catalogs of made-up frame hashes on disk, as large as wanted: what searches of frame hashes are measured
// in.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "index/frame_part.h"
#include "index/segments.h"

namespace reelprint::bench {

/// Seconds that some work took.
struct Cost {
  double wall_s = 0;
  double cpu_s = 0;  ///< of all threads
};

/// Measures from its construction on.
class CostTimer {
 public:
  CostTimer();
  [[nodiscard]] Cost cost() const;

 private:
  Cost started_;
};

/// Made-up episodes (made_hashes.h), 80 a series, with ids from 1 on, and others beside them.
class FrameCatalog {
 public:
  /// Some dozens of segments in `folder`, made by two threads; `others` have ids beyond the made ones.
  FrameCatalog(std::filesystem::path folder, std::size_t keyframes,
               std::span<const index::IndexedReference> others);

  /// Merges the segments as index::LiveIndex does, listed from so many keyframes on, and opens the result.
  /// Leaves the catalog as it is. `cost` is that of merging, `opening` that of opening.
  struct Merged {
    index::Segments<index::FramePart> segments;
    std::vector<std::filesystem::path> files;
    std::size_t bytes = 0;
    Cost merging;
    Cost opening;
  };
  [[nodiscard]] Merged merge(std::size_t listed_from) const;

  [[nodiscard]] const Cost& making() const { return making_; }  ///< hashes and segments
  [[nodiscard]] std::size_t keyframes() const { return episodes_ * kKeyframes; }

  /// The id of the first reference that is not made up, if there is one.
  [[nodiscard]] static ReferenceId first_other(std::size_t keyframes);
  [[nodiscard]] static index::IndexedReference made_reference(std::size_t number);

 private:
  static constexpr std::size_t kKeyframes = 180;  ///< an episode

  void write_segment(std::size_t number, std::span<const index::IndexedReference> others) const;

  std::filesystem::path folder_;
  std::size_t episodes_;
  std::size_t of_segment_;  ///< episodes
  std::vector<std::filesystem::path> files_;
  Cost making_;
};

}  // namespace reelprint::bench
