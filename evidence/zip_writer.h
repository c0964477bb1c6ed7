// Packs a bundle's members, by libzip.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "core/clock.h"
#include "evidence/zip_layout.h"

namespace reelprint::evidence {

/// What is to be packed: bytes, or a file as it is.
struct PackedMember {
  std::string name{};
  std::variant<std::string, std::filesystem::path> content{};
};

/// Writes a ZIP of the layout of zip_layout.h, members in their order, and returns what it wrote of each: it
/// is read again and compared with that layout. `file` must not be there. Throws Error: invalid_input for a
/// name that is none or is there twice, too_large, io.
std::vector<ZipMember> write_zip(const std::vector<PackedMember>& members, WallTime time,
                                 const std::filesystem::path& file);

}  // namespace reelprint::evidence
