// Where the content of an answer goes: written as it comes, digested on the way, never in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/descriptor.h"
#include "core/sha256.h"

namespace reelprint::crawler {

/// The file is made, or emptied, with the first byte; only its owner may read it. A link is not followed.
class BodyFile {
 public:
  explicit BodyFile(std::filesystem::path file);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  /// Throws Error{io}.
  void write(std::span<const std::byte> bytes);
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// "" when nothing was written.
  [[nodiscard]] std::filesystem::path path() const { return bytes_ == 0 ? std::filesystem::path() : file_; }
  /// Closes it. Of what was written; zero when that is nothing. Once. Throws Error{io}.
  [[nodiscard]] Sha256 finish();

 private:
  struct Digest;
  void open();

  std::filesystem::path file_;
  Descriptor descriptor_;
  std::unique_ptr<Digest> digest_;
  std::uint64_t bytes_ = 0;
};

}  // namespace reelprint::crawler
