// API keys: what programs show instead of logging in. Only their digests are stored.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"
#include "core/principal.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct ApiKey {
  ApiKeyId id;         ///< ignored when it is added
  std::string prefix;  ///< of its text, unique: it may be shown
  std::string name;
  Role role = Role::auditor;
  TenantId tenant;  ///< zero: bound to none
  WallTime created_at;
  WallTime expires_at;    ///< zero: never
  WallTime revoked_at;    ///< zero: it is not
  WallTime last_used_at;  ///< up to a minute old; zero: never
  ApiKeyId rotated_from;  ///< zero: it is the first

  /// Neither revoked nor expired.
  [[nodiscard]] bool is_good(WallTime now) const {
    return revoked_at == WallTime{} && (expires_at == WallTime{} || now < expires_at);
  }
  friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

struct ApiKeyLogin {
  ApiKey key;
  Sha256 digest;  ///< of its text
};

/// The API keys' part of Store, with its contract.
class ApiKeys {
 public:
  explicit ApiKeys(Database& database) : database_(database) {}

  /// Throws Error{invalid_input} when the prefix is taken or there is no such tenant.
  ApiKeyId add(const ApiKey& key, const Sha256& digest);
  /// False when there is none, or it is revoked already.
  bool revoke(ApiKeyId id, WallTime now);
  /// Lets it expire at `at` unless it does earlier.
  void expire(ApiKeyId id, WallTime at);
  /// Notes that it was used, at most once a minute, and not at all while somebody else is writing: whoever
  /// uses a key waits for nobody. Not inside a read transaction.
  void touch(const ApiKey& key, WallTime now);

  [[nodiscard]] std::optional<ApiKey> find(ApiKeyId id);
  [[nodiscard]] std::optional<ApiKeyLogin> find_login(std::string_view prefix);
  /// Of `tenant` (zero: all), at most `limit` with a larger id than `after`, by id.
  [[nodiscard]] std::vector<ApiKey> list(TenantId tenant, ApiKeyId after, std::size_t limit);

 private:
  Database& database_;
};

}  // namespace reelprint::store
