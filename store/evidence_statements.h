// What signing keys and exports ask of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kRetireSigningKeys{
    "retire the signing key", "UPDATE signing_keys SET retired_at_us = ?1 WHERE retired_at_us = 0"};
inline constexpr StatementText kInsertSigningKey{
    "add a signing key",
    "INSERT INTO signing_keys (name, public_key, created_at_us, retired_at_us, revoked_at_us, "
    "revoked_noted_at_us, revoked_why) VALUES (?1, ?2, ?3, 0, 0, 0, '')"};
inline constexpr StatementText kSigningKeyInUse{
    "find the signing key",
    "SELECT name, public_key, created_at_us, retired_at_us, revoked_at_us, revoked_noted_at_us, revoked_why "
    "FROM signing_keys WHERE retired_at_us = 0 ORDER BY id DESC LIMIT 1"};
inline constexpr StatementText kFindSigningKey{
    "find a signing key",
    "SELECT name, public_key, created_at_us, retired_at_us, revoked_at_us, revoked_noted_at_us, revoked_why "
    "FROM signing_keys WHERE name = ?1"};
inline constexpr StatementText kListSigningKeys{
    "list the signing keys",
    "SELECT name, public_key, created_at_us, retired_at_us, revoked_at_us, revoked_noted_at_us, revoked_why "
    "FROM signing_keys ORDER BY id"};
inline constexpr StatementText kRevokeSigningKey{
    "revoke a signing key",
    "UPDATE signing_keys SET revoked_at_us = ?2, revoked_noted_at_us = ?3, revoked_why = ?4, "
    "retired_at_us = CASE retired_at_us WHEN 0 THEN ?3 ELSE retired_at_us END "
    "WHERE name = ?1 AND revoked_noted_at_us = 0"};

inline constexpr StatementText kInsertExport{
    "note an export of evidence",
    "INSERT INTO evidence_exports (in_case, made_at_us, made_by, last_audit, last_event, clock_source) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
inline constexpr StatementText kFindExport{
    "find an export of evidence",
    "SELECT made_by, last_audit, last_event, clock_source FROM evidence_exports "
    "WHERE in_case = ?1 AND made_at_us = ?2"};
inline constexpr StatementText kKeepTimeStamp{
    "keep a time stamp",
    "INSERT INTO time_stamps (root, authority, token, made_at_us) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (root) DO NOTHING"};
inline constexpr StatementText kFindTimeStamp{"find a time stamp",
                                              "SELECT token FROM time_stamps WHERE root = ?1"};

}  // namespace reelprint::store::statements
