#include "bench/edited_footage.h"

#include <cstdint>
#include <opencv2/core.hpp>

#include "bench/picture_edits.h"
#include "fingerprint/keyframe_selector.h"
#include "fingerprint/luma_grid.h"
#include "fingerprint/luma_picture.h"
#include "fingerprint/media_decoder.h"

namespace reelprint::bench {
namespace {

constexpr std::size_t kEditedSide = 360;
constexpr double kFirstSample_s = 0.25;
constexpr double kSampleStep_s = 0.5;

cv::Mat upright(const fingerprint::LumaPlane& luma) {
  fingerprint::LumaPicture small = fingerprint::shrink_to(luma, kEditedSide);
  return cv::Mat(static_cast<int>(small.height), static_cast<int>(small.width), CV_8U, small.luma.data())
      .clone();
}

fingerprint::LumaGrid grid_of(const cv::Mat& picture) {
  return fingerprint::shrink({picture.data, static_cast<std::ptrdiff_t>(picture.step),
                              static_cast<std::size_t>(picture.cols),
                              static_cast<std::size_t>(picture.rows)});
}

fingerprint::SelectionSettings copy_selection() {
  fingerprint::SelectionSettings settings = fingerprint::selection_of(Effort::standard);
  settings.most_rate_hz = settings.rate_hz;
  settings.detect_shots = false;  // pictures half a second apart would all be cuts
  return settings;
}

/// One edit and the keyframes of the copy so far.
struct Copying {
  PictureEdit edit;
  fingerprint::KeyframeSelector keyframes{copy_selection()};
};

}  // namespace

Footage load_footage(const std::filesystem::path& file) {
  fingerprint::KeyframeSelector reference(fingerprint::selection_of(Effort::standard));
  std::vector<Copying> copying;
  for (PictureEdit& edit : picture_edits()) {
    if (!edit.name.starts_with("inset")) copying.push_back({std::move(edit)});
  }
  double next_s = kFirstSample_s;
  fingerprint::DecodeSink sink;
  sink.on_picture = [&](const fingerprint::Picture& picture) {
    reference.add(fingerprint::shrink(picture.luma), picture.shown_at);
    if (to_seconds(picture.shown_at - Timestamp{0}) < next_s) return;
    next_s += kSampleStep_s;
    const cv::Mat now = upright(picture.luma);
    for (Copying& copy : copying) copy.keyframes.add(grid_of(copy.edit.apply(now, now)), picture.shown_at);
  };
  const fingerprint::DecodePlan everything{fingerprint::SkipFrames::nothing, true, false};
  const Duration duration = fingerprint::decode_media(file, everything, {}, sink).duration;

  Footage footage{reference.finish(duration), {}};
  for (Copying& copy : copying)
    footage.copies.push_back({copy.edit.name, copy.edit.is_mirrored, copy.keyframes.finish(duration)});
  return footage;
}

}  // namespace reelprint::bench
