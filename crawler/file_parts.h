// A file of which only some stretches were fetched.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace reelprint::crawler {

/// Bytes [first, first + bytes) of a file.
struct ByteStretch {
  std::uint64_t first = 0;
  std::uint64_t bytes = 0;

  [[nodiscard]] std::uint64_t end() const { return first + bytes; }
  friend bool operator==(const ByteStretch&, const ByteStretch&) = default;
};

/// A stretch that is here.
struct FilePart {
  std::uint64_t first = 0;
  std::string_view bytes{};
};

/// What is here of the file from `first` on, in one piece, at most `most` bytes; empty when that byte is not.
[[nodiscard]] inline std::string_view bytes_at(std::span<const FilePart> parts, std::uint64_t first,
                                               std::uint64_t most) {
  std::string_view longest;
  for (const FilePart& part : parts) {
    if (first < part.first || first - part.first >= part.bytes.size()) continue;
    const std::string_view here = part.bytes.substr(static_cast<std::size_t>(first - part.first));
    if (here.size() > longest.size()) longest = here;
  }
  return longest.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(most, longest.size())));
}

}  // namespace reelprint::crawler
