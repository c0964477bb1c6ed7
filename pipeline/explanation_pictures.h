// The pictures that go with an explanation: aligned frames side by side, and query time against reference
// time.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/frame.h"
#include "evidence/pair_picture.h"
#include "pipeline/explanation.h"

namespace reelprint::pipeline {

/// A frame with nothing drawn on it.
struct WrittenFrame {
  std::string file{};        ///< in the folder; "": none was wanted
  evidence::PixelBox box{};  ///< of the picture of the pair
};

/// Two frames beside each other.
struct WrittenPair {
  std::string file{};  ///< as in `files`
  ReferenceId reference{};
  Interval query_span{};  ///< of the claim that it shows
  AlignedPair pair{};
  WrittenFrame query{};
  WrittenFrame reference_frame{};
};

/// Gets pictures as fingerprint::frames_at does; throws what that throws.
using FrameSource = std::function<std::vector<std::optional<Frame>>(
    const std::filesystem::path& file, std::span<const Timestamp> times, std::size_t short_side,
    const std::stop_token& stop)>;

struct PictureSettings {
  FrameSource frames{};  ///< none: decoded here
  bool plain_frames =
      false;  ///< of matches, each frame also by itself: `match-1-pair-1-query.png`, `…-reference.png`
};

/// What was written, and what could not be shown as it should be.
struct WrittenPictures {
  std::vector<std::string> files;    ///< by name, in the folder
  std::vector<WrittenPair> pairs{};  ///< those of matches
  std::vector<std::string> remarks;  ///< one sentence each
};

/// Writes into `folder`, making it: for each match up to six of its best aligned pairs (`match-1-pair-1.png`
/// …), for a reference without a match those of its strongest dropped alignment (`dropped-1-pair-1.png`), and
/// for each reference with a hit `time-time.png`, with its id in the name where several were asked for. At
/// most 120 pairs and 24 plots in all. Frames come from the file that was screened and from the registered
/// file where it still is what it was; else the fingerprint's thumbnails stand in for them. Throws Error{io},
/// and what decoding throws.
[[nodiscard]] WrittenPictures write_pictures(const Explanation& explanation,
                                             const index::DetailSource& details,
                                             const std::filesystem::path& folder, std::stop_token stop = {},
                                             const PictureSettings& settings = {});

}  // namespace reelprint::pipeline
