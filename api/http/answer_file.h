// A file that is being sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace reelprint::api::http {

/// An open regular file; what is read is what it was at that time, however it is named now.
class AnswerFile {
 public:
  /// Throws Error{io} when it cannot be opened or is no regular file.
  explicit AnswerFile(const std::filesystem::path& file);
  ~AnswerFile();
  AnswerFile(const AnswerFile&) = delete;
  AnswerFile& operator=(const AnswerFile&) = delete;

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// At most `most` bytes from `offset`; throws Error{io} at the end of the file or when it cannot be read.
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t most) const;

 private:
  int fd_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace reelprint::api::http
