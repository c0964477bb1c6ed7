// The tables of signing keys and exports, and what lets a part of the audit log be shown.
#pragma once

#include <string_view>

namespace reelprint::store {

/// Of a key only what everybody may know: its secret is in a file (store/signing_keys.h). Entries of the
/// audit log have had a salt since version 4 (docs/formats.md).
inline constexpr std::string_view kEvidenceTables = R"sql(
ALTER TABLE audit ADD COLUMN salt TEXT NOT NULL DEFAULT '' CHECK (length(salt) IN (0, 32));

CREATE TABLE signing_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,  -- rpe_...
  public_key BLOB NOT NULL UNIQUE CHECK (length(public_key) = 32),
  created_at_us INTEGER NOT NULL,
  retired_at_us INTEGER NOT NULL,  -- 0: it signs
  revoked_at_us INTEGER NOT NULL,  -- from when on it is not to be trusted; 0: never
  revoked_noted_at_us INTEGER NOT NULL,
  revoked_why TEXT NOT NULL
) STRICT;
CREATE INDEX signing_keys_in_use ON signing_keys (id) WHERE retired_at_us = 0;

-- What an export of the same case at the same recorded time must not look up again.
CREATE TABLE evidence_exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  in_case INTEGER NOT NULL,
  made_at_us INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  last_audit INTEGER NOT NULL,  -- the last entry of the audit log that it may show
  last_event INTEGER NOT NULL,  -- the last entry of the case's history
  clock_source TEXT NOT NULL,
  UNIQUE (in_case, made_at_us)
) STRICT;

CREATE TABLE time_stamps (
  root BLOB PRIMARY KEY CHECK (length(root) = 32),
  authority TEXT NOT NULL,
  token BLOB NOT NULL,
  made_at_us INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace reelprint::store
