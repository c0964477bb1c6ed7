// The boxes of ISO/IEC 14496-12, section 4.2. Internal to the readers of MP4.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "crawler/byte_reader.h"

namespace reelprint::crawler {

struct BoxHeader {
  std::string_view type{};
  std::uint64_t bytes = 0;  ///< with the header; 0: to the end of what holds it
  std::size_t header_bytes = 8;
};

/// Nothing when the bytes do not hold the header, or it contradicts itself.
[[nodiscard]] inline std::optional<BoxHeader> box_header(std::string_view bytes) {
  ByteReader reader(bytes);
  BoxHeader header;
  header.bytes = reader.number(4);
  header.type = reader.take(4);
  if (header.bytes == 1) {
    header.bytes = reader.number(8);
    header.header_bytes = 16;
    if (header.bytes == 0) return std::nullopt;
  }
  const bool is_short = header.bytes != 0 && header.bytes < header.header_bytes;
  return reader.is_over() || is_short ? std::nullopt : std::optional(header);
}

/// Goes through the boxes in `bytes`: takes the next one's content; nothing at the end.
struct Box {
  std::string_view type{};
  std::string_view content{};
};
[[nodiscard]] inline std::optional<Box> take_box(std::string_view& bytes) {
  const auto header = box_header(bytes);
  if (!header) return std::nullopt;
  const std::uint64_t size = header->bytes == 0 ? bytes.size() : header->bytes;
  if (size > bytes.size()) return std::nullopt;
  const Box box{header->type,
                bytes.substr(header->header_bytes, static_cast<std::size_t>(size) - header->header_bytes)};
  bytes.remove_prefix(static_cast<std::size_t>(size));
  return box;
}

/// The content of the first box of that type; empty when there is none.
[[nodiscard]] inline std::string_view box_in(std::string_view bytes, std::string_view type) {
  while (const auto box = take_box(bytes))
    if (box->type == type) return box->content;
  return {};
}

}  // namespace reelprint::crawler
