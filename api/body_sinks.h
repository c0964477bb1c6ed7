// Bodies that a route takes by their kind: short ones into memory, media into a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "api/http/message.h"
#include "core/file_stream.h"

namespace reelprint::api {

/// Keeps the body, at most `most_bytes` of it; more is 413 "too-large".
class TextSink final : public http::BodySink {
 public:
  explicit TextSink(std::size_t most_bytes) : most_bytes_(most_bytes) {}
  void write(std::span<const std::byte> bytes) override;
  void finish() override {}

  /// `request` as it would be without a sink.
  [[nodiscard]] http::Request request_with_body(const http::Request& request) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t most_bytes_;
  std::string text_;
};

/// Writes the body to a new file in a folder of ours, on the disk when it has been finished, removed at the
/// end unless it is kept. More than `most_bytes` is 413 "too-large".
class SpoolSink final : public http::BodySink {
 public:
  SpoolSink(const std::filesystem::path& folder, std::uintmax_t most_bytes);
  ~SpoolSink() override;
  void write(std::span<const std::byte> bytes) override;
  void finish() override;

  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] std::uintmax_t size() const { return size_; }
  void keep() { is_kept_ = true; }

 private:
  std::filesystem::path file_;
  std::uintmax_t most_bytes_;
  std::uintmax_t size_ = 0;
  std::optional<FileReplacement> writing_;
  bool is_kept_ = false;
};

}  // namespace reelprint::api
