// The 256-bit perceptual hash of one picture (PDQ: Facebook, "The TMK+PDQF video-hashing algorithm and the
// PDQ image-hashing algorithm", 2019).
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reelprint {

/// 256 bits: bit k (0..255) is bit k % 64 of words[k / 64]. `quality` 0..100 says how much structure the
/// hashed picture had; it takes no part in distances.
struct FrameHash {
  std::array<std::uint64_t, 4> words{};
  std::uint8_t quality = 0;

  friend constexpr bool operator==(const FrameHash&, const FrameHash&) = default;
};

/// The number of differing bits, 0..256.
[[nodiscard]] constexpr int hamming_distance(const FrameHash& a, const FrameHash& b) {
  int distance = 0;
  for (std::size_t i = 0; i < a.words.size(); ++i) distance += std::popcount(a.words[i] ^ b.words[i]);
  return distance;
}

/// The hash of the picture mirrored left to right, by sign flips of the odd horizontal frequencies: 12 to 14
/// bits off the hash of the really mirrored picture, at no cost (DESIGN: XOR 0x55 on each byte).
[[nodiscard]] constexpr FrameHash mirrored(FrameHash hash) {
  for (std::uint64_t& word : hash.words) word ^= 0x5555'5555'5555'5555ULL;
  return hash;
}

/// 64 lower-case hexadecimal digits, bit 255 first, as the reference implementation prints it.
[[nodiscard]] std::string to_hex(const FrameHash& hash);

/// The inverse of to_hex; nothing unless `hex` is exactly 64 hexadecimal digits. The quality is left at zero.
[[nodiscard]] std::optional<FrameHash> frame_hash_of(std::string_view hex);

}  // namespace reelprint
