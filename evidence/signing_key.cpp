#include "evidence/signing_key.h"

#include <sodium.h>

#include "core/error.h"
#include "core/sha256.h"
#include "evidence/digest.h"

namespace reelprint::evidence {
namespace {

constexpr std::size_t kIdDigits = 16;
/// DER of SubjectPublicKeyInfo with the algorithm id-Ed25519, up to the key's bytes (RFC 8410, section 4).
constexpr std::array<std::uint8_t, 12> kPublicKeyHead{0x30, 0x2a, 0x30, 0x05, 0x06, 0x03,
                                                      0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

void make_ready() {
  if (sodium_init() < 0) throw Error(ErrorCode::io, "start libsodium: there are no random numbers");
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Of exactly as many lower-case digits as the array takes.
template <std::size_t Count>
bool take_hex(std::string_view hex, std::array<std::uint8_t, Count>& into) {
  if (hex.size() != 2 * Count || hex.find_first_not_of("0123456789abcdef") != std::string_view::npos)
    return false;
  return sodium_hex2bin(into.data(), Count, hex.data(), hex.size(), nullptr, nullptr, nullptr) == 0;
}

template <std::size_t Count>
std::string hex_of(const std::uint8_t* bytes) {
  std::string hex(2 * Count + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, Count);
  hex.pop_back();
  return hex;
}

}  // namespace

std::string key_id_of(const PublicKey& key) {
  return "rpe_" + to_hex(sha256_of(std::as_bytes(std::span(key.bytes)))).substr(0, kIdDigits);
}

std::string to_hex(const PublicKey& key) {
  return hex_of<32>(key.bytes.data());
}

std::optional<PublicKey> public_key_in_hex(std::string_view hex) {
  PublicKey key;
  return take_hex(hex, key.bytes) ? std::optional(key) : std::nullopt;
}

std::string to_pem(const PublicKey& key) {
  std::array<std::uint8_t, kPublicKeyHead.size() + 32> der{};
  std::copy(key.bytes.begin(), key.bytes.end(),
            std::copy(kPublicKeyHead.begin(), kPublicKeyHead.end(), der.begin()));
  std::string text(sodium_base64_encoded_len(der.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), der.data(), der.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the NUL
  return "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n";
}

bool is_signed_by(const PublicKey& key, std::string_view message, const Signature& signature) {
  make_ready();
  return crypto_sign_verify_detached(signature.bytes.data(), bytes_of(message), message.size(),
                                     key.bytes.data()) == 0;
}

SigningKey SigningKey::make() {
  make_ready();
  Seed seed{};
  randombytes_buf(seed.data(), seed.size());
  SigningKey key(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

std::optional<SigningKey> SigningKey::of_secret(std::string_view hex) {
  make_ready();
  Seed seed{};
  if (!take_hex(hex, seed)) return std::nullopt;
  std::optional<SigningKey> key = SigningKey(seed);
  sodium_memzero(seed.data(), seed.size());
  return key;
}

SigningKey::SigningKey(const Seed& seed) {
  crypto_sign_seed_keypair(public_.bytes.data(), secret_.data(), seed.data());
}

SigningKey::SigningKey(SigningKey&& other) noexcept : public_(other.public_), secret_(other.secret_) {
  sodium_memzero(other.secret_.data(), other.secret_.size());
}

SigningKey::~SigningKey() {
  sodium_memzero(secret_.data(), secret_.size());
}

std::string SigningKey::secret() const {
  return hex_of<32>(secret_.data());
}

Signature SigningKey::sign(std::string_view message) const {
  make_ready();
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, bytes_of(message), message.size(), secret_.data());
  return signature;
}

}  // namespace reelprint::evidence
