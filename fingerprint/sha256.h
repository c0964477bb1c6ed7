// SHA-256 of files and bytes (FIPS 180-4, by OpenSSL's libcrypto).
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>

#include "core/sha256.h"
#include "fingerprint/media_source.h"

namespace reelprint::fingerprint {

/// Throws Error: not_found, io (unreadable), cancelled.
[[nodiscard]] Sha256 sha256_of_source(const MediaSource& source, std::stop_token stop = {});
[[nodiscard]] Sha256 sha256_of_file(const std::filesystem::path& file, std::stop_token stop = {});
[[nodiscard]] Sha256 sha256_of(std::span<const std::byte> bytes);

}  // namespace reelprint::fingerprint
