// The keys that bundles are signed with: Ed25519 (RFC 8032), by libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace reelprint::evidence {

struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  friend bool operator==(const Signature&, const Signature&) = default;
};

/// "rpe_" and the first 16 hexadecimal digits of the SHA-256 of the key's 32 bytes.
[[nodiscard]] std::string key_id_of(const PublicKey& key);
/// 64 lower-case hexadecimal digits, and back.
[[nodiscard]] std::string to_hex(const PublicKey& key);
[[nodiscard]] std::optional<PublicKey> public_key_in_hex(std::string_view hex);
/// As OpenSSL and others read it: SubjectPublicKeyInfo of RFC 8410 in PEM.
[[nodiscard]] std::string to_pem(const PublicKey& key);

[[nodiscard]] bool is_signed_by(const PublicKey& key, std::string_view message, const Signature& signature);

/// A secret key; its memory is wiped at the end.
class SigningKey {
 public:
  /// A new one, from the kernel's generator.
  [[nodiscard]] static SigningKey make();
  /// From what secret() gave; nothing for anything else.
  [[nodiscard]] static std::optional<SigningKey> of_secret(std::string_view hex);
  ~SigningKey();
  SigningKey(SigningKey&& other) noexcept;
  SigningKey& operator=(SigningKey&&) = delete;
  SigningKey(const SigningKey&) = delete;
  SigningKey& operator=(const SigningKey&) = delete;

  [[nodiscard]] const PublicKey& public_key() const { return public_; }
  /// The seed of RFC 8032 as 64 hexadecimal digits: whoever has it can sign.
  [[nodiscard]] std::string secret() const;
  /// The same message gives the same signature.
  [[nodiscard]] Signature sign(std::string_view message) const;

 private:
  using Seed = std::array<std::uint8_t, 32>;
  explicit SigningKey(const Seed& seed);

  PublicKey public_{};
  std::array<std::uint8_t, 64> secret_{};  ///< seed and public key, as libsodium has it
};

}  // namespace reelprint::evidence
