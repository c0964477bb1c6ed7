#include "fingerprint/detail_collector.h"

#include <utility>

#include "fingerprint/local_features.h"

namespace reelprint::fingerprint {

void DetailCollector::add(const Keyframe& keyframe, std::size_t position, const LumaPlane& luma) {
  if (settings_.features == 0 || keyframe.hash.quality == 0) return;
  if (!details_.empty() && details_.back().keyframe == position) details_.pop_back();
  const bool is_due =
      details_.empty() || keyframe.starts_shot || keyframe.span.begin - last_ >= settings_.step;
  if (!is_due) return;
  last_ = keyframe.span.begin;
  FeatureSettings wanted;
  wanted.most = settings_.features;
  details_.push_back(
      {static_cast<std::uint32_t>(position), find_features(shrink_to(luma, settings_.short_side), wanted)});
}

std::vector<KeyframeDetail> DetailCollector::finish(std::size_t keyframes) {
  std::erase_if(details_, [&](const KeyframeDetail& detail) { return detail.keyframe >= keyframes; });
  return std::move(details_);
}

}  // namespace reelprint::fingerprint
