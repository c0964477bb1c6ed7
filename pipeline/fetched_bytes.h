// Files that are put together from what was fetched.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "pipeline/sample_plan.h"

namespace reelprint::pipeline {

/// Writes the bytes of `from` at `at` of `to`, which is made if need be. Throws Error{io}.
void write_at(const std::filesystem::path& to, std::uint64_t at, const std::filesystem::path& from);
/// Appends [begin, end) of `from`. Throws Error{io}.
void append_bytes(const std::filesystem::path& to, const std::filesystem::path& from, ByteStretch stretch);

/// What the file has of them.
[[nodiscard]] std::string read_bytes(const std::filesystem::path& file, ByteStretch stretch);
/// What the head of an answer says of the bytes that it has: "bytes 0-99/1234"; nothing where that is not
/// said whole.
struct ContentRange {
  std::uint64_t first = 0;
  std::uint64_t total = 0;  ///< of the file
};
[[nodiscard]] std::optional<ContentRange> content_range_of(const std::string& response_head);
/// Of the header; 0 when that is not said.
[[nodiscard]] std::uint64_t content_length_of(const std::string& response_head);
/// "12.3 MB".
[[nodiscard]] std::string megabytes(std::uint64_t bytes);

}  // namespace reelprint::pipeline
