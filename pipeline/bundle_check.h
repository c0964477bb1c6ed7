// Checks a bundle whole: its bytes, its signer, its time, its custody, its claim.
#pragma once

#include <filesystem>
#include <stop_token>

#include "evidence/verifier.h"
#include "pipeline/media_reader.h"

namespace reelprint::pipeline {

struct BundleCheckSettings {
  std::filesystem::path keys{};     ///< published keys (JSON); "": who signed is not asked
  std::filesystem::path tsa_ca{};   ///< certificates of time stamp authorities (PEM); "": likewise
  std::filesystem::path scratch{};  ///< folder for what is unpacked; "": below the system's temporary one
};

/// Needs no data folder and no network. Throws what evidence::verify_bundle, check_claims and
/// published_keys_in throw.
[[nodiscard]] evidence::VerifiedBundle check_bundle(const std::filesystem::path& file,
                                                    const BundleCheckSettings& settings,
                                                    const MediaReader& reader,
                                                    const std::stop_token& stop = {});

}  // namespace reelprint::pipeline
