// Makes a bundle's claim again from what is in the bundle: the media are fingerprinted once more, and the
// upload's fingerprint searched in those of the works.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "evidence/bundle_file.h"
#include "evidence/verifier.h"
#include "pipeline/media_reader.h"

namespace reelprint::pipeline {

/// Of a claimed span and the one that is found, at least this much is in both, of all that is in either.
inline constexpr double kSameSpan = 0.8;
/// The least score of what is found falls short of the claimed one by no more than this. Fewer references
/// leave less to chance, so that it is mostly higher.
inline constexpr double kScoreTolerance = 0.05;

/// One check, "claim", for each thing that was made again or could not be. Media are unpacked into `folder`.
/// What is in the bundle may be anything. Throws Error{cancelled}, {io}.
[[nodiscard]] std::vector<evidence::BundleCheck> check_claims(evidence::BundleFile& bundle,
                                                              const std::filesystem::path& folder,
                                                              const MediaReader& reader,
                                                              const std::stop_token& stop);

}  // namespace reelprint::pipeline
