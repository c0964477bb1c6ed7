#include "access/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdlib>

#include "access/library.h"
#include "core/error.h"
#include "core/utf8.h"

namespace reelprint::access {
namespace {

constexpr std::size_t kLeastCharacters = 12;
constexpr std::size_t kMostBytes = 512;

/// The most common ones of 12 characters and more in lists of leaked passwords, and the words that most of
/// the others begin with; shorter ones are refused anyway.
constexpr std::array<std::string_view, 40> kCommon{"1q2w3e4r5t6y",
                                                   "1qaz2wsx3edc",
                                                   "1q2w3e4r5t6y7u",
                                                   "qwertyuiop[]",
                                                   "q1w2e3r4t5y6",
                                                   "zaq12wsxcde3",
                                                   "qazwsxedcrfv",
                                                   "qwerty123456",
                                                   "qwertyuiop12",
                                                   "qwertyuiop123",
                                                   "asdfghjkl123",
                                                   "zxcvbnm12345",
                                                   "password1234",
                                                   "password12345",
                                                   "password123456",
                                                   "passwordpassword",
                                                   "mypassword12",
                                                   "iloveyou1234",
                                                   "iloveyouforever",
                                                   "letmein12345",
                                                   "welcome12345",
                                                   "administrator",
                                                   "admin1234567",
                                                   "admin12345678",
                                                   "changeme1234",
                                                   "changemechangeme",
                                                   "unbelievable",
                                                   "manchesterunited",
                                                   "liverpool1234",
                                                   "michaeljackson",
                                                   "spongebob1234",
                                                   "abc123456789",
                                                   "abcd12345678",
                                                   "a123456789012",
                                                   "woaini1314520",
                                                   "woaini123456",
                                                   "correcthorsebatterystaple",
                                                   "reelprint123",
                                                   "reelprint1234",
                                                   "reelprintreelprint"};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// "123456789012", "abcdefghijkl", "aaaaaaaaaaaa", "121212121212".
bool is_monotonous(std::string_view text) {
  std::bitset<256> seen;
  std::size_t neighbours = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    seen.set(static_cast<unsigned char>(text[i]));
    if (i > 0 && std::abs(text[i] - text[i - 1]) <= 1) ++neighbours;
  }
  return seen.count() < 5 || neighbours * 4 >= text.size() * 3;
}

bool is_common(const std::string& lower) {
  return std::ranges::find(kCommon, lower) != kCommon.end() || is_monotonous(lower);
}

/// Whether what is left of the password without the word is shorter than a good one's half.
bool leans_on(const std::string& lower, const std::string& word) {
  constexpr std::size_t kLeastWord = 4;
  return word.size() >= kLeastWord && lower.find(word) != std::string::npos &&
         lower.size() - word.size() < kLeastCharacters / 2;
}

}  // namespace

std::string_view to_string(PasswordFault fault) {
  switch (fault) {
    case PasswordFault::too_short: return "has fewer than 12 characters";
    case PasswordFault::too_long: return "has more than 512 bytes";
    case PasswordFault::not_text: return "is not text in UTF-8";
    case PasswordFault::common: return "is among those that are guessed first";
    case PasswordFault::personal: return "is little more than the name or the e-mail address";
  }
  return "";
}

std::optional<PasswordFault> fault_of(std::string_view password, std::span<const std::string> personal) {
  if (password.size() > kMostBytes) return PasswordFault::too_long;
  if (!is_printable_utf8(password)) return PasswordFault::not_text;
  if (characters_in(password) < kLeastCharacters) return PasswordFault::too_short;
  const std::string lower = lower_case(password);
  if (is_common(lower)) return PasswordFault::common;
  for (const std::string& word : personal) {
    const std::string known = lower_case(word);
    if (leans_on(lower, known) || leans_on(lower, known.substr(0, known.find('@'))))
      return PasswordFault::personal;
  }
  return std::nullopt;
}

std::string hash_password(std::string_view password, const PasswordCost& cost) {
  make_ready();
  if (password.size() > kMostBytes)
    throw Error(ErrorCode::too_large, "hash a password: it has more than 512 bytes");
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw Error(ErrorCode::io, "hash a password: there is not the memory");
  }
  return hash.data();
}

bool is_password(std::string_view hash, std::string_view password) {
  make_ready();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (hash.size() >= text.size() || password.size() > kMostBytes) return false;
  std::ranges::copy(hash, text.begin());
  return crypto_pwhash_str_verify(text.data(), password.data(), password.size()) == 0;
}

bool needs_rehash(std::string_view hash, const PasswordCost& cost) {
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (hash.size() >= text.size()) return true;
  std::ranges::copy(hash, text.begin());
  return crypto_pwhash_str_needs_rehash(text.data(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace reelprint::access
