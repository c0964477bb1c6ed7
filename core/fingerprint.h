// What reelprint knows of a video once the video is gone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/frame_hash.h"
#include "core/local_feature.h"
#include "core/sha256.h"
#include "core/time.h"

namespace reelprint {

/// How much of a video is decoded (DESIGN: decode plan).
enum class Effort : std::uint8_t {
  fast = 0,      ///< I-frames only
  standard = 1,  ///< no non-reference frames, no deblocking, a steady rate plus shot starts
  deep = 2,      ///< every frame as its encoder meant it, a higher rate
};

[[nodiscard]] std::string_view to_string(Effort effort);
[[nodiscard]] std::optional<Effort> effort_of(std::string_view name);

/// Which algorithm made a fingerprint: changes whenever the same media would give other hashes or features.
/// An index refuses to mix ids.
enum class AlgorithmId : std::uint32_t {};
inline constexpr AlgorithmId kAlgorithm{2};

/// The stretch of time that one picture stands for, and that picture's hash.
struct Keyframe {
  Interval span;
  FrameHash hash;
  bool starts_shot = false;

  friend bool operator==(const Keyframe&, const Keyframe&) = default;
};

inline constexpr std::size_t kThumbnailSize = 32;

/// 32×32 mean luma, 8 bit, row-major, upright, stretched to a square: enough to see what moves between two
/// moments.
using Thumbnail = std::array<std::uint8_t, kThumbnailSize * kThumbnailSize>;

/// What is distinctive in the picture of a keyframe.
struct KeyframeDetail {
  std::uint32_t keyframe = 0;          ///< position among the keyframes
  std::vector<LocalFeature> features;  ///< the best first

  friend bool operator==(const KeyframeDetail&, const KeyframeDetail&) = default;
};

/// Chromaprint sub-fingerprints: items[i] describes the sound around i * step after `begin` (which is the
/// media time of the first item, so that sound and picture share a clock). Empty when there is no sound.
struct AudioPrint {
  Timestamp begin;
  Duration step{0};
  std::vector<std::uint32_t> items;

  friend bool operator==(const AudioPrint&, const AudioPrint&) = default;
};

/// Keyframes are sorted by time and do not overlap; spans lie within [0, duration). Details are sorted by
/// keyframe, at most one each; keyframes too near the one before, or blank, have none.
struct Fingerprint {
  AlgorithmId algorithm = kAlgorithm;
  Effort effort = Effort::standard;
  Sha256 media;
  Duration duration{0};
  std::uint32_t width = 0;  ///< of the upright picture in pixels; only the proportions matter; 0: not known
  std::uint32_t height = 0;
  std::vector<Keyframe> keyframes;
  std::vector<Thumbnail> thumbnails;  ///< one a keyframe, or none at all
  std::vector<KeyframeDetail> details;
  AudioPrint audio;

  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

}  // namespace reelprint
