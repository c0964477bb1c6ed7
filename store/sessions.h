// Sessions of people who logged in, and the logins that failed. Tokens are stored as digests.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "store/sqlite.h"

namespace reelprint::store {

struct Session {
  UserId user;
  WallTime created_at;
  WallTime last_seen_at;           ///< up to a minute old
  std::chrono::microseconds idle;  ///< it ends when it was not used for so long,
  WallTime ends_at;                ///< and then in any case
  std::string remote;              ///< address that logged in

  [[nodiscard]] bool is_good(WallTime now) const { return now < ends_at && now - last_seen_at < idle; }
  friend bool operator==(const Session&, const Session&) = default;
};

/// The sessions' part of Store, with its contract. A token is given as its digest.
class Sessions {
 public:
  explicit Sessions(Database& database) : database_(database) {}

  void add(const Sha256& token, const Session& session);
  [[nodiscard]] std::optional<Session> find(const Sha256& token);
  /// As ApiKeys::touch.
  void touch(const Sha256& token, const Session& session, WallTime now);
  /// False when there is none that has not ended yet.
  bool end(const Sha256& token, WallTime now);
  /// Returns how many there were.
  std::size_t end_all(UserId user, WallTime now);
  /// Whether the user ever logged in from there, as far as sessions are remembered.
  [[nodiscard]] bool knows(UserId user, std::string_view remote);
  /// Forgets those that ended before `before`; returns how many.
  std::size_t forget(WallTime before);

 private:
  Database& database_;
};

/// How often a login failed in a row.
struct LoginAttempts {
  int failures = 0;
  WallTime failed_at;      ///< the last time
  WallTime blocked_until;  ///< before that, none is tried
};

/// The failed logins' part of Store, with its contract. A subject is the digest of whatever is counted: a
/// user, an address.
class LoginLog {
 public:
  explicit LoginLog(Database& database) : database_(database) {}

  /// None: all zero.
  [[nodiscard]] LoginAttempts find(const Sha256& subject);
  void put(const Sha256& subject, const LoginAttempts& attempts);
  void forget(const Sha256& subject);
  /// Forgets all that failed last before `before`; returns how many.
  std::size_t forget_before(WallTime before);

 private:
  Database& database_;
};

}  // namespace reelprint::store
