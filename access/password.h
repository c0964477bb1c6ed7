// Passwords of people: judged, and kept as argon2id hashes (RFC 9106) only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace reelprint::access {

/// What one hash costs whoever makes it, and whoever guesses: libsodium's "interactive" limits.
struct PasswordCost {
  std::uint64_t passes = 2;
  std::size_t memory_bytes = std::size_t{64} << 20;
};

enum class PasswordFault : std::uint8_t {
  too_short,  ///< fewer than 12 characters
  too_long,   ///< more than 512 bytes
  not_text,   ///< not UTF-8, or with control characters
  common,     ///< among those that are tried first, or made of a few characters or of a run of neighbours
  personal,   ///< the person's name or address, or a part of it with little else
};

[[nodiscard]] std::string_view to_string(PasswordFault fault);  ///< as a sentence without its subject

/// What is wrong with a password that somebody chose; `personal` are name and e-mail address.
[[nodiscard]] std::optional<PasswordFault> fault_of(std::string_view password,
                                                    std::span<const std::string> personal = {});

/// Text of at most 128 bytes that holds the cost and the salt too. Takes the time and the memory that `cost`
/// says, about 60 ms as it is. Throws Error: too_large (over 512 bytes), io (no such memory).
[[nodiscard]] std::string hash_password(std::string_view password, const PasswordCost& cost = {});
/// False also when `hash` is none. Takes what hash_password took.
[[nodiscard]] bool is_password(std::string_view hash, std::string_view password);
/// Whether the hash was made at another cost.
[[nodiscard]] bool needs_rehash(std::string_view hash, const PasswordCost& cost = {});

}  // namespace reelprint::access
