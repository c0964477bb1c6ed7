// The tables of users, API keys, sessions and login attempts. None holds a secret: passwords are argon2id
// texts, keys and session tokens are digests, and so are the names and addresses that logins were tried with.
#pragma once

#include <string_view>

namespace reelprint::store {

inline constexpr std::string_view kAccessTables = R"sql(
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  tenant INTEGER REFERENCES tenants,  -- NULL: bound to none
  password TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  created_at_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX users_by_tenant ON users (tenant);

CREATE TABLE api_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  prefix TEXT NOT NULL UNIQUE,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  tenant INTEGER REFERENCES tenants,
  created_at_us INTEGER NOT NULL,
  expires_at_us INTEGER NOT NULL,  -- 0: never
  revoked_at_us INTEGER NOT NULL DEFAULT 0,
  last_used_at_us INTEGER NOT NULL DEFAULT 0,
  rotated_from INTEGER REFERENCES api_keys
) STRICT;
CREATE INDEX api_keys_by_tenant ON api_keys (tenant);
CREATE INDEX api_keys_by_origin ON api_keys (rotated_from);

CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token BLOB NOT NULL UNIQUE CHECK (length(token) = 32),
  user INTEGER NOT NULL REFERENCES users,
  created_at_us INTEGER NOT NULL,
  last_seen_at_us INTEGER NOT NULL,
  idle_us INTEGER NOT NULL,
  ends_at_us INTEGER NOT NULL,
  remote TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user, remote);
CREATE INDEX sessions_by_end ON sessions (ends_at_us);

CREATE TABLE login_attempts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  subject BLOB NOT NULL UNIQUE CHECK (length(subject) = 32),
  failures INTEGER NOT NULL,
  failed_at_us INTEGER NOT NULL,
  blocked_until_us INTEGER NOT NULL
) STRICT;
CREATE INDEX login_attempts_by_time ON login_attempts (failed_at_us);
)sql";

}  // namespace reelprint::store
