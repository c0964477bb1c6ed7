// The pictures of a case's matches: frames side by side, time plot, coverage strip.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "pipeline/case_facts.h"
#include "pipeline/explanation_pictures.h"

namespace reelprint::pipeline {

/// Draws into `folder` and puts what it drew beside the matches of `upload`, under names below "frames/".
/// Frames come from the media where they still are; else the fingerprints' thumbnails stand in, which the
/// matches say. Throws Error{io}, {cancelled}; media that cannot be decoded any more are thumbnails too.
void draw_matches(CaseUploadFacts& upload, const std::map<ReferenceId, Fingerprint>& reference_prints,
                  const std::filesystem::path& folder, const FrameSource& frames,
                  const std::stop_token& stop);

}  // namespace reelprint::pipeline
