// The SHA-256 of a media file: the identity of its bytes.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>

namespace reelprint {

/// A digest; all zero means "not known" (a fingerprint whose maker withheld it).
struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};
  friend constexpr auto operator<=>(const Sha256&, const Sha256&) = default;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Sha256& digest);

}  // namespace reelprint
