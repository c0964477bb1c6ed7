// CRC-32C (Castagnoli; RFC 3720 appendix B.4): finds damage in stored bytes, no protection against intent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace reelprint {

/// The checksum of `bytes`, continuing from `seed` (the checksum of what came before; 0 to begin). By the
/// processor's own instruction where it has one.
[[nodiscard]] std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t seed = 0);

/// The same by tables, on any processor; a tenth as fast on bytes in the cache.
[[nodiscard]] std::uint32_t crc32c_by_tables(std::span<const std::byte> bytes, std::uint32_t seed = 0);

}  // namespace reelprint
