#include "pipeline/progress_meter.h"

#include <algorithm>
#include <utility>

namespace reelprint::pipeline {

fingerprint::FingerprintProgress ProgressMeter::for_item(std::size_t item, std::string name) {
  if (progress_ == nullptr) return {};
  return [this, item, name = std::move(name)](Timestamp reached, Duration expected) {
    const double share = expected.count() > 0 ? to_seconds(reached) / to_seconds(expected) : 0;
    set(item, std::clamp(share, 0.0, 1.0), name);
  };
}

void ProgressMeter::set(std::size_t item, double share, const std::string& name) {
  if (progress_ == nullptr) return;
  const std::scoped_lock lock(mutex_);
  sum_ += std::max(0.0, share - shares_[item]);
  shares_[item] = std::max(shares_[item], share);
  progress_->report(activity_, sum_, static_cast<double>(shares_.size()), name);
}

}  // namespace reelprint::pipeline
