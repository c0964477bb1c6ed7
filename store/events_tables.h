// The outbox's tables.
#pragma once

#include <string_view>

namespace reelprint::store {

inline constexpr std::string_view kEventsTables = R"sql(
CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,  -- 0: nobody in particular
  type TEXT NOT NULL CHECK (type <> ''),
  data TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX events_by_tenant ON events (tenant);
CREATE INDEX events_by_time ON events (at_us);

CREATE TABLE webhook_endpoints (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,
  url TEXT NOT NULL,
  types TEXT NOT NULL,  -- blanks between them; '': all
  secret TEXT NOT NULL,
  old_secret TEXT NOT NULL,
  old_secret_until_us INTEGER NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  description TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at_us INTEGER NOT NULL,
  busy_until_us INTEGER NOT NULL DEFAULT 0  -- one of its deliveries is on its way
) STRICT;
CREATE INDEX webhook_endpoints_by_tenant ON webhook_endpoints (tenant);

CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  event INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  endpoint INTEGER NOT NULL REFERENCES webhook_endpoints ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_at_us INTEGER NOT NULL,
  status INTEGER NOT NULL DEFAULT 0,
  answer TEXT NOT NULL DEFAULT '',
  ended_at_us INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (endpoint, next_at_us) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_by_event ON webhook_deliveries (event, state);
CREATE INDEX webhook_deliveries_by_endpoint ON webhook_deliveries (endpoint);
CREATE INDEX webhook_deliveries_by_endpoint_and_state ON webhook_deliveries (endpoint, state);
)sql";

}  // namespace reelprint::store
