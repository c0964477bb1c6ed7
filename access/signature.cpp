#include "access/signature.h"

#include <sodium.h>

#include <array>
#include <optional>
#include <vector>

#include "access/library.h"
#include "access/tokens.h"
#include "core/error.h"

namespace reelprint::access {
namespace {

constexpr std::string_view kMark = "whsec_";
constexpr std::size_t kLeastBytes = 24;
constexpr std::size_t kMostBytes = 64;
constexpr std::size_t kNewBytes = 32;
constexpr std::size_t kMostHeaderBytes = 16 * 1024;

std::string base64_of(const unsigned char* bytes, std::size_t count) {
  std::string text(sodium_base64_encoded_len(count, sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes, count, sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the NUL
  return text;
}

/// The bytes of a secret.
std::optional<std::vector<unsigned char>> key_of(std::string_view secret) {
  if (!secret.starts_with(kMark)) return std::nullopt;
  const std::string_view text = secret.substr(kMark.size());
  std::vector<unsigned char> key(kMostBytes);
  std::size_t count = 0;
  if (sodium_base642bin(key.data(), key.size(), text.data(), text.size(), nullptr, &count, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      count < kLeastBytes) {
    return std::nullopt;
  }
  key.resize(count);
  return key;
}

}  // namespace

std::string make_webhook_secret() {
  make_ready();
  std::array<unsigned char, kNewBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return std::string(kMark) + base64_of(bytes.data(), bytes.size());
}

bool is_webhook_secret(std::string_view text) {
  return key_of(text).has_value();
}

std::string sign(std::string_view secret, const SignedMessage& message) {
  const auto key = key_of(secret);
  if (!key) throw Error(ErrorCode::invalid_input, "sign a webhook: the secret is none");
  if (message.id.empty() || message.id.find('.') != std::string_view::npos)
    throw Error(ErrorCode::invalid_input, "sign a webhook: the id is empty or has a full stop in it");
  crypto_auth_hmacsha256_state state{};
  crypto_auth_hmacsha256_init(&state, key->data(), key->size());
  const std::string head = std::string(message.id) + "." + std::to_string(message.timestamp_s) + ".";
  for (const std::string_view part : {std::string_view(head), message.body})
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> code{};
  crypto_auth_hmacsha256_final(&state, code.data());
  return "v1," + base64_of(code.data(), code.size());
}

bool is_signed(std::string_view secret, const SignedMessage& message, std::string_view signatures) {
  const std::string right = sign(secret, message);
  if (signatures.size() > kMostHeaderBytes) return false;
  while (!signatures.empty()) {
    const std::size_t end = signatures.find(' ');
    if (is_same_secret(signatures.substr(0, end), right)) return true;
    if (end == std::string_view::npos) return false;
    signatures.remove_prefix(end + 1);
  }
  return false;
}

}  // namespace reelprint::access
