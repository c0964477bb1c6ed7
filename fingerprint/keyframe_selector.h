// Chooses the pictures that stand for a video: shot starts, a steady rate, more where much changes;
// near-equal neighbours merged.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "core/fingerprint.h"
#include "fingerprint/luma_grid.h"
#include "fingerprint/shot_detector.h"

namespace reelprint::fingerprint {

struct SelectionSettings {
  double rate_hz = 2;       ///< samples per second of media, on a grid that starts at the first picture
  float change_level = 12;  ///< mean luma levels of change since the last sample that call for one between
  double most_rate_hz = 8;  ///< samples per second where everything moves
  int merge_distance = 6;   ///< samples up to this far (Hamming) from a keyframe's hash extend its interval
  float max_flat_share =
      0.8F;                  ///< pictures flatter than this get quality 0: blank, or text on a plain ground
  bool detect_shots = true;  ///< off where the pictures are seconds apart
};

/// The settings that go with an effort's decode plan; part of what kAlgorithm names.
[[nodiscard]] SelectionSettings selection_of(Effort effort);

/// Feed every decoded picture in order. Keyframes cover the video without gaps: each one's interval ends
/// where the next begins, the last one's at the end of the media.
class KeyframeSelector {
 public:
  explicit KeyframeSelector(const SelectionSettings& settings) : settings_(settings) {}

  /// Whether a new keyframe began with this picture.
  bool add(const LumaGrid& grid, Timestamp shown_at);
  [[nodiscard]] std::size_t count() const { return keyframes_.size(); }
  /// The keyframe that began last; there must be one. Its span is not yet complete.
  [[nodiscard]] const Keyframe& newest() const { return keyframes_.back(); }
  /// The keyframes; thumbnails() is what goes with them.
  [[nodiscard]] std::vector<Keyframe> finish(Duration duration);
  [[nodiscard]] std::vector<Thumbnail> take_thumbnails() { return std::move(thumbnails_); }

 private:
  [[nodiscard]] bool is_due(const LumaGrid& grid, Timestamp shown_at) const;
  void drop_empty();
  bool take_sample(const LumaGrid& grid, Timestamp shown_at, bool starts_shot);

  SelectionSettings settings_;
  ShotDetector shots_;
  std::optional<LumaGrid> last_sample_;
  Timestamp last_sample_at_;
  std::vector<Keyframe> keyframes_;
  std::vector<Thumbnail> thumbnails_;  ///< one a keyframe
};

}  // namespace reelprint::fingerprint
