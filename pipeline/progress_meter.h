// Adds up the progress of many files that are worked on at once.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "core/progress.h"
#include "fingerprint/fingerprinter.h"

namespace reelprint::pipeline {

/// Thread-safe; tells `progress` (which may be null) the sum of the items' shares.
class ProgressMeter {
 public:
  ProgressMeter(Progress* progress, std::string activity, std::size_t items)
      : progress_(progress), activity_(std::move(activity)), shares_(items, 0.0) {}

  /// The callback that fingerprint_media wants, for one item.
  [[nodiscard]] fingerprint::FingerprintProgress for_item(std::size_t item, std::string name);
  void finish_item(std::size_t item) { set(item, 1, ""); }

 private:
  void set(std::size_t item, double share, const std::string& name);

  Progress* progress_;
  std::string activity_;
  std::mutex mutex_;            // guards shares_ and sum_, and orders the reports
  std::vector<double> shares_;  // 0..1 of each item
  double sum_ = 0;
};

}  // namespace reelprint::pipeline
