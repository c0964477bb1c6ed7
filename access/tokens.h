// Secrets that a program draws at random: made, compared, and kept as digests only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/sha256.h"

namespace reelprint::access {

/// Digits and letters of ASCII, each of the 62 as likely as the others: 5.95 bits a character, from the
/// kernel's generator.
[[nodiscard]] std::string random_text(std::size_t characters);

/// Takes a time that depends on the lengths alone.
[[nodiscard]] bool is_same_secret(std::string_view a, std::string_view b);
[[nodiscard]] bool is_same_secret(const Sha256& a, const Sha256& b);

/// What is stored instead of a secret of 128 random bits or more, which nobody can guess however fast a
/// SHA-256 is. What people choose needs access/password.h.
[[nodiscard]] Sha256 digest_of_secret(std::string_view secret);

/// The token of a new session, as its cookie has it: 43 characters, 256 bits.
[[nodiscard]] std::string make_session_token();
/// What a page must say besides the cookie, which a browser sends by itself: made from the session's token
/// (keyed BLAKE2b), so that it need not be stored, and tells nothing about it.
[[nodiscard]] std::string csrf_token_of(std::string_view session_token);

}  // namespace reelprint::access
