// Which files an index consists of: the commit point of every change on disk (docs/formats.md).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/fingerprint.h"

namespace reelprint::index {

/// The kinds of segments, each with its files.
enum class Family : std::uint8_t { frames = 0, features = 1, sounds = 2 };
inline constexpr std::array kFamilies = {Family::frames, Family::features, Family::sounds};

struct Manifest {
  std::uint64_t generation = 0;  ///< grows with each commit; 0: there is none yet
  std::uint64_t next_file = 1;   ///< a number that no file has or had
  std::array<std::vector<std::uint64_t>, kFamilies.size()> files;  ///< of each family, oldest first

  [[nodiscard]] std::vector<std::uint64_t>& of(Family family) {
    return files[static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const std::vector<std::uint64_t>& of(Family family) const {
    return files[static_cast<std::size_t>(family)];
  }
  friend bool operator==(const Manifest&, const Manifest&) = default;
};

/// The folder's manifest; an empty one of generation 0 if there is none. Throws Error: io, corrupt,
/// incompatible (of another algorithm or format).
[[nodiscard]] Manifest read_manifest(const std::filesystem::path& folder, AlgorithmId algorithm);

/// Replaces it in one step. Throws Error{io}.
void write_manifest(const std::filesystem::path& folder, AlgorithmId algorithm, const Manifest& manifest);

/// Where a segment lies.
[[nodiscard]] std::filesystem::path segment_path(const std::filesystem::path& folder, Family family,
                                                 std::uint64_t file);

}  // namespace reelprint::index
