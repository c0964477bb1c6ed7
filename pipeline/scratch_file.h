// A file that is needed for a while.
#pragma once

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

namespace reelprint::pipeline {

/// A file of the scratch folder; gone with the object.
class ScratchFile {
 public:
  explicit ScratchFile(std::filesystem::path file) : file_(std::move(file)) {}
  ScratchFile(ScratchFile&& other) noexcept : file_(std::exchange(other.file_, {})) {}
  ScratchFile& operator=(ScratchFile&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~ScratchFile() {
    std::error_code ignored;
    if (!file_.empty()) std::filesystem::remove(file_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return file_; }

 private:
  std::filesystem::path file_;
};

}  // namespace reelprint::pipeline
