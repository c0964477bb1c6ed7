// The queue's table.
#pragma once

#include <string_view>

namespace reelprint::store {

/// Only a queued job that is `ready` can be taken: one that waits for its time becomes ready first, so that
/// many that wait cost nobody anything.
inline constexpr std::string_view kJobsTables = R"sql(
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind <> ''),
  tenant INTEGER NOT NULL,  -- 0: the service itself
  priority INTEGER NOT NULL CHECK (priority BETWEEN -100 AND 100),
  payload TEXT NOT NULL,
  not_before_us INTEGER NOT NULL,
  most_attempts INTEGER NOT NULL CHECK (most_attempts > 0),
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  ready INTEGER NOT NULL CHECK (ready IN (0, 1)),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  worker TEXT NOT NULL DEFAULT '',
  leased_until_us INTEGER NOT NULL DEFAULT 0,
  progress REAL NOT NULL DEFAULT 0,
  error_code TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT '',
  queued_at_us INTEGER NOT NULL,
  started_at_us INTEGER NOT NULL DEFAULT 0,
  ended_at_us INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX jobs_ready ON jobs (kind, priority DESC, id) WHERE state = 'queued' AND ready = 1;
CREATE INDEX jobs_later ON jobs (kind, not_before_us) WHERE state = 'queued' AND ready = 0;
CREATE INDEX jobs_running ON jobs (kind, leased_until_us) WHERE state = 'running';
CREATE INDEX jobs_ended ON jobs (ended_at_us) WHERE ended_at_us > 0;
CREATE INDEX jobs_by_tenant ON jobs (tenant);
CREATE INDEX jobs_by_tenant_and_state ON jobs (tenant, state);
CREATE INDEX jobs_by_state ON jobs (state);
CREATE INDEX jobs_by_state_and_kind ON jobs (state, kind);
)sql";

}  // namespace reelprint::store
