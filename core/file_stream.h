// Files too large to hold in memory twice: read and replaced piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace reelprint {

/// A new content for `file`, written piece by piece to a temporary file beside it. Until commit() the old one
/// is untouched; without commit() the temporary one is removed. Every member throws Error{io}.
class FileReplacement {
 public:
  explicit FileReplacement(std::filesystem::path file);
  ~FileReplacement();
  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;

  void write(std::span<const std::byte> bytes);
  /// Flushes to disk, renames over the old file and flushes the folder.
  void commit();

 private:
  void write_buffer();

  std::filesystem::path file_;
  std::filesystem::path temporary_;
  int fd_ = -1;
  std::vector<std::byte> buffer_;
};

/// Reads a file from its beginning to its end.
class FileReader {
 public:
  /// Throws Error: not_found, io.
  explicit FileReader(const std::filesystem::path& file);
  ~FileReader();
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  /// Bytes not yet read, by the size that the file had when it was opened.
  [[nodiscard]] std::uintmax_t left() const { return left_; }

  /// Fills `into` with the next bytes. Throws Error: corrupt if there are fewer, io.
  void read(std::span<std::byte> into);

 private:
  void fill_buffer();

  std::filesystem::path file_;
  int fd_ = -1;
  std::uintmax_t left_ = 0;
  std::vector<std::byte> buffer_;
  std::size_t next_ = 0;  ///< of the buffer, the first byte not yet given out
};

}  // namespace reelprint
