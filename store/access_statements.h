// What users, API keys, sessions and login attempts ask of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

// Users. A tenant of 0 outside is NULL inside.

inline constexpr StatementText kInsertUser{
    "add a user",
    "INSERT INTO users (email, name, role, tenant, password, disabled, created_at_us) "
    "VALUES (?1, ?2, ?3, nullif(?4, 0), ?5, ?6, ?7)"};
inline constexpr StatementText kUpdateUser{
    "change a user",
    "UPDATE users SET name = ?3, role = ?4, tenant = nullif(?5, 0), disabled = ?6, version = version + 1 "
    "WHERE id = ?1 AND version = ?2"};
inline constexpr StatementText kUpdatePassword{
    "change a password", "UPDATE users SET password = ?2, version = version + ?3 WHERE id = ?1"};
inline constexpr StatementText kReadUser{
    "read a user",
    "SELECT id, email, name, role, tenant, disabled, created_at_us, version, password FROM users "
    "WHERE id = ?1"};
inline constexpr StatementText kFindUser{
    "find a user",
    "SELECT id, email, name, role, tenant, disabled, created_at_us, version, password FROM users "
    "WHERE email = ?1"};
inline constexpr StatementText kListUsers{
    "list the users",
    "SELECT id, email, name, role, tenant, disabled, created_at_us, version, password FROM users "
    "WHERE id > ?1 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kListTenantsUsers{
    "list a tenant's users",
    "SELECT id, email, name, role, tenant, disabled, created_at_us, version, password FROM users "
    "WHERE id > ?1 AND tenant = ?3 ORDER BY id LIMIT ?2"};

// API keys.

inline constexpr StatementText kInsertApiKey{
    "add an API key",
    "INSERT INTO api_keys (prefix, digest, name, role, tenant, created_at_us, expires_at_us, rotated_from) "
    "VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7, nullif(?8, 0))"};
inline constexpr StatementText kReadApiKey{
    "read an API key",
    "SELECT id, prefix, name, role, tenant, created_at_us, expires_at_us, revoked_at_us, last_used_at_us, "
    "rotated_from, digest FROM api_keys WHERE id = ?1"};
inline constexpr StatementText kFindApiKey{
    "find an API key",
    "SELECT id, prefix, name, role, tenant, created_at_us, expires_at_us, revoked_at_us, last_used_at_us, "
    "rotated_from, digest FROM api_keys WHERE prefix = ?1"};
inline constexpr StatementText kListApiKeys{
    "list the API keys",
    "SELECT id, prefix, name, role, tenant, created_at_us, expires_at_us, revoked_at_us, last_used_at_us, "
    "rotated_from, digest FROM api_keys WHERE id > ?1 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kListTenantsApiKeys{
    "list a tenant's API keys",
    "SELECT id, prefix, name, role, tenant, created_at_us, expires_at_us, revoked_at_us, last_used_at_us, "
    "rotated_from, digest FROM api_keys WHERE id > ?1 AND tenant = ?3 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kRevokeApiKey{
    "revoke an API key", "UPDATE api_keys SET revoked_at_us = ?2 WHERE id = ?1 AND revoked_at_us = 0"};
inline constexpr StatementText kExpireApiKey{
    "end an API key",
    "UPDATE api_keys SET expires_at_us = ?2 WHERE id = ?1 AND (expires_at_us = 0 OR expires_at_us > ?2)"};
inline constexpr StatementText kTouchApiKey{
    "note that an API key was used",
    "UPDATE api_keys SET last_used_at_us = ?2 WHERE id = ?1 AND last_used_at_us < ?2"};

// Sessions.

inline constexpr StatementText kInsertSession{
    "add a session",
    "INSERT INTO sessions (token, user, created_at_us, last_seen_at_us, idle_us, ends_at_us, remote) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
inline constexpr StatementText kFindSession{
    "find a session",
    "SELECT id, user, created_at_us, last_seen_at_us, idle_us, ends_at_us, remote FROM sessions "
    "WHERE token = ?1"};
inline constexpr StatementText kTouchSession{
    "note that a session was used",
    "UPDATE sessions SET last_seen_at_us = ?2 WHERE token = ?1 AND last_seen_at_us < ?2"};
inline constexpr StatementText kEndSession{
    "end a session", "UPDATE sessions SET ends_at_us = ?2 WHERE token = ?1 AND ends_at_us > ?2"};
inline constexpr StatementText kEndSessionsOfUser{
    "end a user's sessions", "UPDATE sessions SET ends_at_us = ?2 WHERE user = ?1 AND ends_at_us > ?2"};
inline constexpr StatementText kKnowsAddress{"see where a user logged in",
                                             "SELECT 1 FROM sessions WHERE user = ?1 AND remote = ?2"};
inline constexpr StatementText kForgetSessions{"forget old sessions",
                                               "DELETE FROM sessions WHERE ends_at_us < ?1"};

// Login attempts.

inline constexpr StatementText kFindAttempts{
    "find failed logins",
    "SELECT failures, failed_at_us, blocked_until_us FROM login_attempts WHERE subject = ?1"};
inline constexpr StatementText kPutAttempts{
    "note a failed login",
    "INSERT INTO login_attempts (subject, failures, failed_at_us, blocked_until_us) "
    "VALUES (?1, ?2, ?3, ?4) ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, "
    "failed_at_us = excluded.failed_at_us, blocked_until_us = excluded.blocked_until_us"};
inline constexpr StatementText kForgetAttemptsOf{"forget failed logins",
                                                 "DELETE FROM login_attempts WHERE subject = ?1"};
inline constexpr StatementText kForgetAttempts{"forget old failed logins",
                                               "DELETE FROM login_attempts WHERE failed_at_us < ?1"};

}  // namespace reelprint::store::statements
