// Fingerprint ↔ bytes: the .rpf file and the blob in the store (docs/formats.md lists the bytes in order).
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/fingerprint.h"

namespace reelprint::fingerprint {

/// About 37 bytes a keyframe and 32 bytes a second of sound.
[[nodiscard]] std::vector<std::byte> encode(const Fingerprint& fingerprint);

/// The inverse of encode. The bytes may be hostile; `what` names their source in errors.
/// Throws Error: corrupt (not a fingerprint, damaged, contradictory), incompatible (newer format, other
/// algorithm).
[[nodiscard]] Fingerprint decode(std::span<const std::byte> bytes, const std::string& what);

/// Writes a temporary file beside `file` and renames it. Throws Error{io}.
void write_fingerprint(const Fingerprint& fingerprint, const std::filesystem::path& file);

/// Throws Error: not_found, io, too_large (over 1 GiB), and what decode throws.
[[nodiscard]] Fingerprint read_fingerprint(const std::filesystem::path& file);

/// Whether the file begins like an .rpf file, whatever its name; false when it cannot be read.
[[nodiscard]] bool is_fingerprint_file(const std::filesystem::path& file);

}  // namespace reelprint::fingerprint
