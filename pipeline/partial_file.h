// A file that comes in pieces, each laid at its place with holes between them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/sample_plan.h"

namespace reelprint::pipeline {

/// Bytes of an answer's content, and where they are in the file that was put together.
struct FilePiece {
  std::filesystem::path body{};
  std::uint64_t from = 0;  ///< first byte, of the content
  std::uint64_t bytes = 0;
  std::uint64_t at = 0;  ///< in the file

  friend bool operator==(const FilePiece&, const FilePiece&) = default;
};

/// How many they are together; they do not overlap.
[[nodiscard]] std::uint64_t bytes_of(const std::vector<ByteStretch>& stretches);

/// A line for each, of the body's name alone: what the store has of them.
[[nodiscard]] std::string to_text(const std::vector<FilePiece>& pieces);
/// What `to_text` wrote; what makes no sense is left out.
[[nodiscard]] std::vector<FilePiece> pieces_in(const std::string& text);

class PartialFile {
 public:
  /// Made with the first piece; whose it is stays the caller's.
  explicit PartialFile(std::filesystem::path file) : file_(std::move(file)) {}

  [[nodiscard]] const std::filesystem::path& path() const { return file_; }
  /// Lays the content there. Throws Error{io}.
  void put(std::uint64_t at, const std::filesystem::path& body, std::uint64_t bytes);
  [[nodiscard]] const std::vector<ByteStretch>& had() const { return had_; }  ///< ascending, not touching
  /// Those parts of them that it does not have, ascending.
  [[nodiscard]] std::vector<ByteStretch> missing(const std::vector<ByteStretch>& wanted) const;
  /// In the order in which they came.
  [[nodiscard]] const std::vector<FilePiece>& pieces() const { return pieces_; }
  /// Appends these stretches, which it has, to `to`, one behind the other; the pieces of that. Throws
  /// Error{io}.
  [[nodiscard]] std::vector<FilePiece> close_up(const std::filesystem::path& to,
                                                const std::vector<ByteStretch>& stretches) const;

 private:
  std::filesystem::path file_;
  std::vector<ByteStretch> had_;
  std::vector<FilePiece> pieces_;
};

}  // namespace reelprint::pipeline
