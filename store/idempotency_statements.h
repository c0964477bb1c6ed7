// What the kept answers ask of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kFindKeptAnswer{
    "find the answer kept for an idempotency key",
    "SELECT digest, status, content_type, headers, body FROM idempotency "
    "WHERE principal = ?1 AND key = ?2 AND created_at_us >= ?3"};
inline constexpr StatementText kKeepAnswer{
    "keep the answer for an idempotency key",
    "INSERT OR REPLACE INTO idempotency (principal, key, digest, status, content_type, headers, body, "
    "created_at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
inline constexpr StatementText kForgetKeptAnswers{"forget kept answers",
                                                  "DELETE FROM idempotency WHERE created_at_us < ?1"};

}  // namespace reelprint::store::statements
