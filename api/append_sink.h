// Bytes at the end of a file, kept as far as they came.
#pragma once

#include <cstdint>
#include <filesystem>

#include "api/http/message.h"

namespace reelprint::api {

/// What has been written stays when the body breaks off. One at a time on a file, in any process.
class AppendSink final : public http::BodySink {
 public:
  /// From `offset`, which must be the file's size (409 "conflict"), up to `most_bytes` of the file; makes the
  /// file if there is none. Throws Problem 423 "locked" while another one is on it, Error{io}.
  AppendSink(const std::filesystem::path& file, std::uint64_t offset, std::uint64_t most_bytes);
  ~AppendSink() override;
  AppendSink(const AppendSink&) = delete;
  AppendSink& operator=(const AppendSink&) = delete;

  /// Throws Problem: 413 "too-large", 503 "no-room" when the disk is full.
  void write(std::span<const std::byte> bytes) override;
  /// When it returns, all of it is on the disk, and another one may go on. Nothing may be written afterwards.
  void finish() override;
  /// The file's size now.
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  void let_go();
  void expect_size(std::uint64_t offset) const;

  std::filesystem::path file_;
  std::uint64_t most_bytes_;
  std::uint64_t size_;
  int fd_ = -1;
};

}  // namespace reelprint::api
