// One process at a time: an advisory lock on a file, which ends with the process that holds it.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

namespace reelprint {

class FileLock {
 public:
  /// Makes `file` if need be. Nothing if somebody else, another FileLock of this process included, holds it.
  /// Throws Error{io}.
  [[nodiscard]] static std::optional<FileLock> try_lock(const std::filesystem::path& file);

  ~FileLock();
  FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileLock& operator=(FileLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_ = -1;
};

}  // namespace reelprint
