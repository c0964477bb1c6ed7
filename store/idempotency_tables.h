// The tables of the answers that are kept for their Idempotency-Key.
#pragma once

#include <string_view>

namespace reelprint::store {

inline constexpr std::string_view kIdempotencyTables = R"sql(
CREATE TABLE idempotency (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  status INTEGER NOT NULL,
  content_type TEXT NOT NULL,
  headers TEXT NOT NULL,  -- "Name: value" lines
  body TEXT NOT NULL,
  created_at_us INTEGER NOT NULL,
  UNIQUE (principal, key)
) STRICT;
CREATE INDEX idempotency_by_age ON idempotency (created_at_us);
)sql";

}  // namespace reelprint::store
