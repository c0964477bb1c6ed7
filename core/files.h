// Whole files: read with a limit, written so that a crash leaves the old one or the new one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace reelprint {

/// Throws Error: not_found, too_large (over `max_bytes`), io.
[[nodiscard]] std::vector<std::byte> read_file(const std::filesystem::path& file, std::uintmax_t max_bytes);

/// Writes a temporary file beside `file`, flushes it to disk, renames it over `file` and flushes the folder.
/// Throws Error{io}; the old file is then untouched.
void replace_file(const std::filesystem::path& file, std::span<const std::byte> bytes);

}  // namespace reelprint
