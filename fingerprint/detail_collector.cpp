#include "fingerprint/detail_collector.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fingerprint/local_features.h"

namespace reelprint::fingerprint {
namespace {

constexpr std::size_t kTogether = 12;        ///< pictures of which the layout is found
constexpr std::size_t kEnoughForLayout = 6;  ///< with fewer, that of the pictures before still holds
constexpr std::size_t kPartSource = 720;     ///< short side of the pictures that parts are cut from

std::vector<LocalFeature> features_of(const LumaPlane& plane, const DetailSettings& settings) {
  FeatureSettings wanted;
  wanted.most = settings.features;
  return find_features(shrink_to(plane, settings.short_side), wanted);
}

/// The pixels of `pixels` that a part from `begin` to `end` has.
std::pair<std::size_t, std::size_t> pixels_within(std::size_t pixels, float begin, float end) {
  const auto at = [&](float share) {
    const float pixel = std::round(share * static_cast<float>(pixels));
    return std::min(pixels, static_cast<std::size_t>(std::max(0.0F, pixel)));
  };
  return {at(begin), at(end)};
}

/// A place within [begin, end) of `pixels`, as a place of the whole.
std::uint16_t in_whole(std::uint16_t place, std::pair<std::size_t, std::size_t> part, std::size_t pixels) {
  const std::uint64_t pixel = part.first * std::uint64_t{65536} + place * (part.second - part.first);
  return static_cast<std::uint16_t>(std::min<std::uint64_t>(65535, pixel / pixels));
}

}  // namespace

void DetailCollector::add(const Keyframe& keyframe, std::size_t position, const LumaPlane& luma) {
  if (settings_.features == 0) return;
  if (skipped_ && skipped_->position != position) settle_skipped(keyframe.span.begin);
  skipped_.reset();
  if (!details_.empty() && details_.back().keyframe == position) drop_last();
  if (keyframe.hash.quality == 0) return;
  LumaPicture picture = shrink_to(luma, settings_.parts > 0 ? kPartSource : settings_.short_side);
  const bool is_due =
      details_.empty() || keyframe.starts_shot || keyframe.span.begin - last_ >= settings_.step;
  if (is_due)
    look_at(position, keyframe.span.begin, std::move(picture));
  else
    skipped_ = Skipped{position, keyframe.span.begin, std::move(picture)};
}

void DetailCollector::look_at(std::size_t position, Timestamp shown_at, LumaPicture picture) {
  before_last_ = std::exchange(last_, shown_at);
  details_.push_back({static_cast<std::uint32_t>(position), features_of(picture.plane(), settings_)});
  if (settings_.parts == 0) return;
  pending_.push_back(std::move(picture));
  if (pending_.size() == kTogether) look_at_parts();
}

void DetailCollector::drop_last() {
  details_.pop_back();
  if (!pending_.empty()) pending_.pop_back();
  last_ = before_last_;
}

void DetailCollector::settle_skipped(Timestamp until) {
  if (until - skipped_->shown_at < settings_.step) return;
  look_at(skipped_->position, skipped_->shown_at, std::move(skipped_->picture));
}

void DetailCollector::look_at_parts() {
  if (pending_.size() >= kEnoughForLayout || boxes_.empty()) {
    LayoutFinder layout;
    for (const LumaPicture& picture : pending_) layout.add(picture);
    boxes_ = layout.find(settings_.parts);
  }
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    KeyframeDetail& detail = details_[details_.size() - pending_.size() + i];
    for (const PictureBox& box : boxes_) add_part(detail, pending_[i], box);
  }
  pending_.clear();
}

void DetailCollector::add_part(KeyframeDetail& detail, const LumaPicture& whole,
                               const PictureBox& box) const {
  const auto columns = pixels_within(whole.width, box.left, box.right);
  const auto rows = pixels_within(whole.height, box.top, box.bottom);
  if (columns.first >= columns.second || rows.first >= rows.second) return;
  LumaPlane part = whole.plane();
  part.samples +=
      static_cast<std::ptrdiff_t>(rows.first) * part.row_bytes + static_cast<std::ptrdiff_t>(columns.first);
  part.width = columns.second - columns.first;
  part.height = rows.second - rows.first;
  for (LocalFeature feature : features_of(part, settings_)) {
    feature.x = in_whole(feature.x, columns, whole.width);
    feature.y = in_whole(feature.y, rows, whole.height);
    detail.features.push_back(feature);
  }
}

std::vector<KeyframeDetail> DetailCollector::finish(std::size_t keyframes, Timestamp end) {
  if (skipped_) settle_skipped(end);
  if (!pending_.empty()) look_at_parts();
  std::erase_if(details_, [&](const KeyframeDetail& detail) { return detail.keyframe >= keyframes; });
  return std::move(details_);
}

}  // namespace reelprint::fingerprint
