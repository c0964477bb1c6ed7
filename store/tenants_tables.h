// The table of tenants, and whose a holder is.
#pragma once

#include <string_view>

namespace reelprint::store {

inline constexpr std::string_view kTenantsTables = R"sql(
CREATE TABLE tenants (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('holder', 'platform')),
  created_at_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;

ALTER TABLE holders ADD COLUMN tenant INTEGER REFERENCES tenants;
CREATE INDEX holders_by_tenant ON holders (tenant);
)sql";

}  // namespace reelprint::store
