// Compares a bundle's frames with its fingerprints and with each other: what can be done again where the
// media are not enclosed.
#pragma once

#include <vector>

#include "evidence/bundle_file.h"
#include "evidence/verifier.h"

namespace reelprint::pipeline {

/// Bits between a frame's hash and that of the keyframe that it is said to be: PDQ's own radius for pictures
/// that are the same ("The TMK+PDQF video-hashing algorithm and the PDQ image-hashing algorithm", 2019).
inline constexpr int kSameFrame_bits = 31;
/// Mean levels of luma between their thumbnails: from that much change on, another keyframe is taken
/// (fingerprint::SelectionSettings::change_level).
inline constexpr double kSameFrame_levels = 12;
/// The share of pixels of each square of a drawn picture that must be the frame's; the rest may be drawn
/// over.
inline constexpr double kLeastShown = 0.25;

/// For each match one check, "frames", or one for each pair of frames at which something is wrong: the pair
/// is one of the match; each frame is the picture that the enclosed fingerprint has at its time; both show
/// the same by the matcher's own measures; and the picture of the pair shows them. What is in the bundle may
/// be anything. Throws Error{io}.
[[nodiscard]] std::vector<evidence::BundleCheck> check_frames(evidence::BundleFile& bundle);

}  // namespace reelprint::pipeline
