// Hexadecimal forms of the hash types.
#include "core/frame_hash.h"
#include "core/sha256.h"

namespace reelprint {
namespace {

constexpr char kDigits[] = "0123456789abcdef";

std::optional<unsigned> digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

std::string to_hex(const FrameHash& hash) {
  std::string hex;
  hex.reserve(64);
  for (std::size_t nibble = 64; nibble-- > 0;) {
    hex += kDigits[(hash.words[nibble / 16] >> (nibble % 16 * 4)) & 0xF];
  }
  return hex;
}

std::optional<FrameHash> frame_hash_of(std::string_view hex) {
  if (hex.size() != 64) return std::nullopt;
  FrameHash hash;
  for (std::size_t i = 0; i < 64; ++i) {
    const auto value = digit_value(hex[i]);
    if (!value) return std::nullopt;
    const std::size_t nibble = 63 - i;
    hash.words[nibble / 16] |= static_cast<std::uint64_t>(*value) << (nibble % 16 * 4);
  }
  return hash;
}

std::string to_hex(const Sha256& digest) {
  std::string hex;
  hex.reserve(64);
  for (const std::uint8_t byte : digest.bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 0xF];
  }
  return hex;
}

}  // namespace reelprint
