// The table of files that clients send piece by piece.
#pragma once

#include <string_view>

namespace reelprint::store {

/// How much of a file has come is the size of the file itself.
inline constexpr std::string_view kUploadsTables = R"sql(
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,
  length_bytes INTEGER NOT NULL CHECK (length_bytes > 0),
  metadata TEXT NOT NULL,  -- Upload-Metadata, as it was sent
  name TEXT NOT NULL,
  created_at_us INTEGER NOT NULL,
  expires_at_us INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('receiving', 'complete', 'claimed'))
) STRICT;
CREATE INDEX uploads_by_tenant ON uploads (tenant);
CREATE INDEX uploads_by_expiry ON uploads (expires_at_us) WHERE state <> 'claimed';
CREATE INDEX uploads_claimed ON uploads (id) WHERE state = 'claimed';
)sql";

}  // namespace reelprint::store
