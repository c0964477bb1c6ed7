// What a bundle has in it, read for those who check its claim.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/fingerprint.h"
#include "evidence/bundle_file.h"

namespace reelprint::pipeline {

inline constexpr std::uint64_t kMostDocumentBytes = std::uint64_t{64} << 20;
inline constexpr std::uint64_t kMostFingerprintBytes = std::uint64_t{1} << 30;
inline constexpr std::uint64_t kMostPictureBytes = std::uint64_t{32} << 20;

/// The fingerprint in a member; nothing where `name` is "" or not in the bundle. Throws what
/// fingerprint::decode throws.
[[nodiscard]] std::optional<Fingerprint> print_in(evidence::BundleFile& bundle, const std::string& name);

}  // namespace reelprint::pipeline
