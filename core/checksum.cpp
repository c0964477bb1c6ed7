#include "core/checksum.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_acle.h>
#include <sys/auxv.h>
#endif

namespace reelprint {
namespace {

using Tables = std::array<std::array<std::uint32_t, 256>, 8>;

constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F63B78U : 0U);
    tables[0][i] = crc;
  }
  for (std::size_t slice = 1; slice < 8; ++slice) {
    for (std::size_t i = 0; i < 256; ++i) {
      const std::uint32_t previous = tables[slice - 1][i];
      tables[slice][i] = (previous >> 8) ^ tables[0][previous & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = make_tables();

#if defined(__x86_64__)

bool has_instruction() {
  return __builtin_cpu_supports("sse4.2");
}
[[gnu::target("sse4.2")]] inline std::uint32_t step(std::uint32_t crc, std::uint8_t byte) {
  return _mm_crc32_u8(crc, byte);
}
[[gnu::target("sse4.2")]] inline std::uint32_t step(std::uint32_t crc, std::uint64_t word) {
  return static_cast<std::uint32_t>(_mm_crc32_u64(crc, word));
}

#elif defined(__aarch64__)

bool has_instruction() {
  constexpr unsigned long kCrc32 = 1UL << 7;  // HWCAP_CRC32
  return (getauxval(AT_HWCAP) & kCrc32) != 0;
}
[[gnu::target("+crc")]] inline std::uint32_t step(std::uint32_t crc, std::uint8_t byte) {
  return __crc32cb(crc, byte);
}
[[gnu::target("+crc")]] inline std::uint32_t step(std::uint32_t crc, std::uint64_t word) {
  return __crc32cd(crc, word);
}

#endif

#if defined(__x86_64__) || defined(__aarch64__)

/// Bytes of each of three streams, whose instructions run side by side since each waits for its own last one
/// only.
constexpr std::size_t kStreamBytes = 512;

/// What kStreamBytes zero bytes make of a checksum, by each of its four bytes: as that is linear, the
/// checksum of two streams is that of the first, taken past the second, XOR that of the second begun at zero.
constexpr std::array<std::array<std::uint32_t, 256>, 4> make_shift_tables() {
  std::array<std::array<std::uint32_t, 256>, 4> tables{};
  for (std::size_t bit = 0; bit < 32; ++bit) {
    std::uint32_t crc = 1U << bit;
    for (std::size_t i = 0; i < kStreamBytes; ++i) crc = (crc >> 8) ^ kTables[0][crc & 0xFF];
    for (std::size_t value = 0; value < 256; ++value) {
      if ((value >> (bit % 8) & 1) != 0) tables[bit / 8][value] ^= crc;
    }
  }
  return tables;
}

constexpr auto kShiftTables = make_shift_tables();

constexpr std::uint32_t past_a_stream(std::uint32_t crc) {
  return kShiftTables[0][crc & 0xFF] ^ kShiftTables[1][(crc >> 8) & 0xFF] ^
         kShiftTables[2][(crc >> 16) & 0xFF] ^ kShiftTables[3][crc >> 24];
}

/// The machine's byte order is the checksum's: both processors are little-endian.
inline std::uint64_t word_at(const std::byte* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

#if defined(__x86_64__)
[[gnu::target("sse4.2")]]
#else
[[gnu::target("+crc")]]
#endif
std::uint32_t
crc32c_by_instruction(std::span<const std::byte> bytes, std::uint32_t seed) {
  std::uint32_t crc = ~seed;
  for (; bytes.size() >= 3 * kStreamBytes; bytes = bytes.subspan(3 * kStreamBytes)) {
    const std::byte* at = bytes.data();
    std::uint32_t second = 0;
    std::uint32_t third = 0;
    for (std::size_t i = 0; i < kStreamBytes; i += sizeof(std::uint64_t)) {
      crc = step(crc, word_at(at + i));
      second = step(second, word_at(at + kStreamBytes + i));
      third = step(third, word_at(at + 2 * kStreamBytes + i));
    }
    crc = past_a_stream(past_a_stream(crc) ^ second) ^ third;
  }
  for (; bytes.size() >= sizeof(std::uint64_t); bytes = bytes.subspan(sizeof(std::uint64_t))) {
    crc = step(crc, word_at(bytes.data()));
  }
  for (const std::byte byte : bytes) crc = step(crc, std::to_integer<std::uint8_t>(byte));
  return ~crc;
}

#endif

}  // namespace

std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t seed) {
#if defined(__x86_64__) || defined(__aarch64__)
  if (has_instruction()) return crc32c_by_instruction(bytes, seed);
#endif
  return crc32c_by_tables(bytes, seed);
}

std::uint32_t crc32c_by_tables(std::span<const std::byte> bytes, std::uint32_t seed) {
  const auto at = [&](std::size_t i) { return std::to_integer<std::uint32_t>(bytes[i]); };
  std::uint32_t crc = ~seed;
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {  // slicing-by-8: eight table look-ups a step instead of eight steps
    crc ^= at(i) | at(i + 1) << 8 | at(i + 2) << 16 | at(i + 3) << 24;
    crc = kTables[7][crc & 0xFF] ^ kTables[6][(crc >> 8) & 0xFF] ^ kTables[5][(crc >> 16) & 0xFF] ^
          kTables[4][crc >> 24] ^ kTables[3][at(i + 4)] ^ kTables[2][at(i + 5)] ^ kTables[1][at(i + 6)] ^
          kTables[0][at(i + 7)];
  }
  for (; i < bytes.size(); ++i) crc = (crc >> 8) ^ kTables[0][(crc ^ at(i)) & 0xFF];
  return ~crc;
}

}  // namespace reelprint
