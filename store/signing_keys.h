// The public halves of the keys that evidence is signed with, and what became of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Times of zero: it did not happen.
struct SigningKeyRecord {
  std::string name{};                         ///< evidence::key_id_of
  std::array<std::uint8_t, 32> public_key{};  ///< Ed25519
  WallTime created_at{};
  WallTime retired_at{};        ///< from then on it signs nothing more; what it signed stays good
  WallTime revoked_at{};        ///< what it signed since then is not to be trusted
  WallTime revoked_noted_at{};  ///< when somebody said so
  std::string revoked_why{};

  [[nodiscard]] bool is_in_use() const { return retired_at == WallTime{} && revoked_noted_at == WallTime{}; }
  friend bool operator==(const SigningKeyRecord&, const SigningKeyRecord&) = default;
};

/// The signing keys' part of Store, with its contract. Keys are never removed: what they signed outlives
/// them.
class SigningKeys {
 public:
  explicit SigningKeys(Database& database) : database_(database) {}

  /// Adds a key that signs from now on; the one that did so far is retired.
  void add(std::string_view name, const std::array<std::uint8_t, 32>& public_key, WallTime now);
  /// The one that signs.
  [[nodiscard]] std::optional<SigningKeyRecord> in_use();
  [[nodiscard]] std::optional<SigningKeyRecord> find(std::string_view name);
  /// The oldest first.
  [[nodiscard]] std::vector<SigningKeyRecord> list();
  /// Also retires it. False when there is none, or it was revoked already.
  bool revoke(std::string_view name, WallTime from, std::string_view why, WallTime now);

 private:
  Database& database_;
};

}  // namespace reelprint::store
