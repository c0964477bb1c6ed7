#include "fingerprint/keyframe_selector.h"

#include "fingerprint/pdq.h"

namespace reelprint::fingerprint {

SelectionSettings selection_of(Effort effort) {
  SelectionSettings settings;
  settings.detect_shots = effort != Effort::fast;
  if (effort == Effort::deep) settings.rate_hz = 4;
  return settings;
}

bool KeyframeSelector::is_due(const LumaGrid& grid, Timestamp shown_at) const {
  if (!last_sample_) return true;
  const auto step_of = [&](Timestamp t) { return t.us / duration_of(1 / settings_.rate_hz).count(); };
  if (step_of(shown_at) != step_of(last_sample_at_)) return true;
  return shown_at - last_sample_at_ >= duration_of(1 / settings_.most_rate_hz) &&
         mean_difference(grid, *last_sample_) >= settings_.change_level;
}

bool KeyframeSelector::add(const LumaGrid& grid, Timestamp shown_at) {
  const bool starts_shot = settings_.detect_shots && shots_.starts_shot(grid);
  if (!starts_shot && !is_due(grid, shown_at)) return false;
  last_sample_ = grid;
  last_sample_at_ = shown_at;
  return take_sample(grid, shown_at, starts_shot);
}

bool KeyframeSelector::take_sample(const LumaGrid& grid, Timestamp shown_at, bool starts_shot) {
  FrameHash hash = pdq_hash(grid);
  if (flat_share(grid) > settings_.max_flat_share) hash.quality = 0;
  if (!keyframes_.empty()) {
    Keyframe& last = keyframes_.back();
    last.span.end = shown_at;
    const bool both_blank = last.hash.quality == 0 && hash.quality == 0;
    if (!starts_shot && (both_blank || hamming_distance(last.hash, hash) <= settings_.merge_distance))
      return false;
    drop_empty();  // two pictures with one time stamp: the later one is shown
  }
  keyframes_.push_back({{shown_at, shown_at}, hash, starts_shot});
  thumbnails_.push_back(thumbnail_of(grid));
  return true;
}

void KeyframeSelector::drop_empty() {
  if (!keyframes_.back().span.is_empty()) return;
  keyframes_.pop_back();
  thumbnails_.pop_back();
}

std::vector<Keyframe> KeyframeSelector::finish(Duration duration) {
  if (!keyframes_.empty()) {
    Keyframe& last = keyframes_.back();
    last.span.end = std::max(last.span.end, Timestamp{duration.count()});
    drop_empty();
  }
  return std::move(keyframes_);
}

}  // namespace reelprint::fingerprint
