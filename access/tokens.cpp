#include "access/tokens.h"

#include <sodium.h>

#include <array>

#include "access/library.h"
#include "core/error.h"

namespace reelprint::access {
namespace {

constexpr std::string_view kCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t kSessionCharacters = 43;

const unsigned char* unsigned_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string random_text(std::size_t characters) {
  make_ready();
  std::string text(characters, '\0');
  for (char& c : text) c = kCharacters[randombytes_uniform(static_cast<std::uint32_t>(kCharacters.size()))];
  return text;
}

bool is_same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool is_same_secret(const Sha256& a, const Sha256& b) {
  return sodium_memcmp(a.bytes.data(), b.bytes.data(), a.bytes.size()) == 0;
}

Sha256 digest_of_secret(std::string_view secret) {
  Sha256 digest;
  crypto_hash_sha256(digest.bytes.data(), unsigned_of(secret), secret.size());
  return digest;
}

std::string make_session_token() {
  return random_text(kSessionCharacters);
}

std::string csrf_token_of(std::string_view session_token) {
  constexpr std::string_view kPurpose = "reelprint csrf";
  make_ready();
  if (session_token.size() < crypto_generichash_KEYBYTES_MIN ||
      session_token.size() > crypto_generichash_KEYBYTES_MAX) {
    throw Error(ErrorCode::invalid_input, "make a CSRF token: the session's token has no such length");
  }
  std::array<unsigned char, crypto_generichash_BYTES> hash{};
  crypto_generichash(hash.data(), hash.size(), unsigned_of(kPurpose), kPurpose.size(),
                     unsigned_of(session_token), session_token.size());
  std::array<char,
             sodium_base64_ENCODED_LEN(crypto_generichash_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)>
      text{};
  sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

}  // namespace reelprint::access
