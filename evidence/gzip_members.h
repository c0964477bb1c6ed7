// A file of gzip members (RFC 1952), one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "core/file_stream.h"

namespace reelprint::evidence {

/// Members have no name and no time, so that the same content is the same bytes.
class GzipMembers {
 public:
  /// Throws Error{io}.
  explicit GzipMembers(const std::filesystem::path& file);
  ~GzipMembers();
  GzipMembers(const GzipMembers&) = delete;
  GzipMembers& operator=(const GzipMembers&) = delete;

  /// A new member. `bytes`: as many as it will have; much of it is media, which does not shrink any more.
  void begin(std::uint64_t bytes);
  void write(std::span<const std::byte> bytes);
  void write(std::string_view text);
  void end();
  /// Durable, in place of the old file.
  void commit();

 private:
  struct Stream;
  void deflate(std::span<const std::byte> bytes, bool is_last);

  FileReplacement file_;
  std::unique_ptr<Stream> stream_;
};

}  // namespace reelprint::evidence
