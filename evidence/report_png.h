// The PNG pictures that a report shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace reelprint::evidence {

struct PngFile {
  std::vector<std::byte> bytes{};
  std::uint32_t width = 0;
  std::uint32_t height = 0;
};

/// Reads it and its size; of what follows its first chunk nothing is checked. Throws Error: invalid_input
/// (not a PNG, or of more than 40 million pixels), not_found, too_large (over 32 MiB), io.
[[nodiscard]] PngFile read_png_file(const std::filesystem::path& file);

}  // namespace reelprint::evidence
