// A file as memory: read where it lies, a page at a time, by whoever asks first.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace reelprint {

/// Read-only, and stays readable when the file is replaced or removed. Whoever makes the file shorter
/// meanwhile ends the program (SIGBUS): only files that are never written again may be mapped.
class MappedFile {
 public:
  /// Throws Error: not_found, io.
  explicit MappedFile(const std::filesystem::path& file);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Begins on a page boundary.
  [[nodiscard]] std::span<const std::byte> bytes() const { return {begin_, size_}; }

 private:
  const std::byte* begin_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace reelprint
