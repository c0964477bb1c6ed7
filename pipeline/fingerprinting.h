// Fingerprints one file for somebody who wants the fingerprint itself: the .rpf file, or PDQ hashes for other
// systems.
#pragma once

#include <filesystem>
#include <stop_token>

#include "fingerprint/fingerprinter.h"

namespace reelprint::pipeline {

/// Fingerprints `media` and writes the .rpf file. Throws what fingerprint_media and write_fingerprint throw;
/// `output` is then as it was.
fingerprint::MediaFingerprint write_fingerprint_of(const std::filesystem::path& media,
                                                   const std::filesystem::path& output,
                                                   const fingerprint::FingerprintSettings& settings,
                                                   std::stop_token stop = {},
                                                   const fingerprint::FingerprintProgress& progress = {});

using fingerprint::published_hashes;

}  // namespace reelprint::pipeline
