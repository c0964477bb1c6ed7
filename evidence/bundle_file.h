// Reads a bundle that may be anything: its members as the layout of zip_layout.h has them, and every byte in
// which the ZIP differs from that layout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/digest.h"
#include "evidence/manifest.h"
#include "evidence/zip_layout.h"

namespace reelprint::evidence {

/// A member where it lies.
struct FoundMember {
  ZipMember facts{};        ///< as the ZIP states them
  std::uint64_t begin = 0;  ///< of its bytes
};

class BundleFile {
 public:
  /// Finds the members by the central directory, or, where that is damaged, by their own headers; none when
  /// both are. Throws Error: not_found, io, too_large (4 GiB).
  explicit BundleFile(std::filesystem::path file);

  [[nodiscard]] const std::vector<FoundMember>& members() const { return members_; }
  [[nodiscard]] const FoundMember* find(std::string_view name) const;
  /// Throws Error: too_large (over `most_bytes`), io.
  [[nodiscard]] std::string text_of(const FoundMember& member, std::uint64_t most_bytes);
  [[nodiscard]] FileDigest digest_of(const FoundMember& member);
  void extract(const FoundMember& member, const std::filesystem::path& to);

  /// Takes the members for those that the manifest lists, where the ZIP's headers have room for them: so that
  /// a damaged name or size is found out. Returns what does not fit, a sentence each.
  [[nodiscard]] std::vector<std::string> take_for(const Manifest& manifest);
  /// Compares all headers with those that the members ask for. `time`: of the manifest; nothing where there
  /// is none to be read. A sentence for each place, 100 at most.
  [[nodiscard]] std::vector<std::string> header_faults(const std::optional<WallTime>& time);

 private:
  [[nodiscard]] std::vector<std::byte> bytes_at(std::uint64_t begin, std::uint64_t count);
  [[nodiscard]] std::vector<FoundMember> by_directory();
  [[nodiscard]] std::vector<FoundMember> by_headers();
  [[nodiscard]] std::vector<std::string> mismatches(const std::vector<ZipMember>& wanted) const;
  [[nodiscard]] std::uint32_t stated_crc(std::size_t member);

  std::filesystem::path file_;
  std::ifstream in_;
  std::uint64_t size_ = 0;
  std::vector<FoundMember> members_;
};

}  // namespace reelprint::evidence
