#include "pipeline/frame_prints.h"

#include <algorithm>
#include <optional>

#include "fingerprint/luma_grid.h"
#include "fingerprint/luma_picture.h"
#include "fingerprint/pdq.h"
#include "index/feature_hits.h"
#include "pipeline/workspace.h"

namespace reelprint::pipeline {
namespace {

constexpr Duration kApart = std::chrono::seconds(10);

Timestamp time_of(std::size_t i) {
  return Timestamp{static_cast<std::int64_t>(i) * kApart.count()};
}

}  // namespace

Fingerprint print_of_frames(std::span<const Frame> frames, const fingerprint::DetailSettings& detail) {
  Fingerprint print;
  fingerprint::DetailCollector details(detail);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const fingerprint::LumaPicture picture{frames[i].width, frames[i].height, frames[i].luma};
    const fingerprint::LumaGrid grid = fingerprint::shrink(picture.plane());
    print.keyframes.push_back({{time_of(i), time_of(i + 1)}, fingerprint::pdq_hash(grid), true});
    print.thumbnails.push_back(fingerprint::thumbnail_of(grid));
    details.add(print.keyframes.back(), i, picture.plane());
  }
  print.duration = time_of(frames.size()) - Timestamp{0};
  print.details = details.finish(frames.size(), time_of(frames.size()));
  if (frames.empty()) return print;
  print.width = static_cast<std::uint32_t>(frames.front().width);
  print.height = static_cast<std::uint32_t>(frames.front().height);
  return print;
}

FrameAgreement compare_frames(const FramePrints& prints, std::size_t i, const Match& match,
                              const AlignedPair& claimed) {
  FrameAgreement agreement;
  const double at_s = to_seconds(time_of(i));
  const std::vector<index::Rivals> no_rivals(prints.query.keyframes.size());
  const auto reference = to_indexed(match.reference, match.episode, match.series, prints.reference);
  agreement.by_hashes = index::by_hashes({prints.query, no_rivals}, reference, match.mirrored)(i, at_s);
  const Fingerprint reduced = index::at_details(prints.query);
  const auto detail = std::ranges::find(prints.query.details, i, &KeyframeDetail::keyframe);
  if (detail == prints.query.details.end()) return agreement;
  const auto expected = claimed.inliers > 0 ? std::optional(claimed.transform) : std::nullopt;
  agreement.by_features = index::by_features(reduced, prints.reference, match.mirrored, expected)(
      static_cast<std::size_t>(detail - prints.query.details.begin()), at_s);
  return agreement;
}

}  // namespace reelprint::pipeline
