// Whole files in one go.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace reelprint::e2e {

/// Throws std::runtime_error when it cannot be read.
[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// Writes it anew, its folders too, and returns its path.
std::filesystem::path write_file(const std::filesystem::path& file, std::string_view bytes);

/// Makes the copy's folders too, and returns its path.
std::filesystem::path write_copy(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace reelprint::e2e
