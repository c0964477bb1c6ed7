// Reads a file of gzip members one by one; its bytes are hostile.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace reelprint::evidence {

class GzipReader {
 public:
  /// Throws Error: not_found, io.
  explicit GzipReader(const std::filesystem::path& file);
  ~GzipReader();
  GzipReader(const GzipReader&) = delete;
  GzipReader& operator=(const GzipReader&) = delete;

  /// Goes on to the next member; the one before must have been read to its end. False at the end of the file.
  [[nodiscard]] bool next_member();
  /// Content of the member: how many bytes came; 0 at its end. Throws Error: corrupt, io.
  [[nodiscard]] std::size_t read(std::span<std::byte> into);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelprint::evidence
