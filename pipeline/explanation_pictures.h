// The pictures that go with an explanation: aligned frames side by side, and query time against reference
// time.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "pipeline/explanation.h"

namespace reelprint::pipeline {

/// What was written, and what could not be shown as it should be.
struct WrittenPictures {
  std::vector<std::string> files;    ///< by name, in the folder
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
                                             const std::filesystem::path& folder, std::stop_token stop = {});

}  // namespace reelprint::pipeline
