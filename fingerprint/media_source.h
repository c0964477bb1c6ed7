// A media file that is to be read: by its name, or opened already by somebody who may open files.
#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace reelprint::fingerprint {

class MediaSource {
 public:
  /// Implicit, because nearly every file is read by its name.
  MediaSource(std::filesystem::path file) : name_(std::move(file)) {}
  MediaSource(const std::string& file) : name_(file) {}
  MediaSource(const char* file) : name_(file) {}
  /// A regular file, open for reading, which the caller keeps open; its position is not used. `name` is for
  /// messages.
  MediaSource(int descriptor, std::filesystem::path name) : name_(std::move(name)), descriptor_(descriptor) {}

  [[nodiscard]] const std::filesystem::path& name() const { return name_; }
  /// Negative: the file must be opened by its name.
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  std::filesystem::path name_;
  int descriptor_ = -1;
};

}  // namespace reelprint::fingerprint
