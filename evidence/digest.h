// SHA-256 of bytes and of files (FIPS 180-4, by OpenSSL's libcrypto), as evidence needs it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/sha256.h"

namespace reelprint::evidence {

/// A digest that is fed piece by piece.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;

  Sha256Stream& add(std::span<const std::byte> bytes);
  Sha256Stream& add(std::string_view text);
  /// Of all that was added; once.
  [[nodiscard]] Sha256 finish();

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

[[nodiscard]] Sha256 sha256_of(std::span<const std::byte> bytes);
[[nodiscard]] Sha256 sha256_of(std::string_view text);

/// What a file holds.
struct FileDigest {
  Sha256 sha256{};
  std::uint32_t crc32 = 0;  ///< of IEEE 802.3, as ZIP has it
  std::uint64_t bytes = 0;

  friend bool operator==(const FileDigest&, const FileDigest&) = default;
};

/// CRC-32 of IEEE 802.3, continuing from that of what came before.
[[nodiscard]] std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t before = 0);

/// Reads it once. Throws Error: not_found, io.
[[nodiscard]] FileDigest digest_of_file(const std::filesystem::path& file);
[[nodiscard]] FileDigest digest_of_bytes(std::span<const std::byte> bytes);

/// The digest that 64 hexadecimal digits say; nothing for anything else, capital letters included.
[[nodiscard]] std::optional<Sha256> sha256_in_hex(std::string_view hex);

}  // namespace reelprint::evidence
