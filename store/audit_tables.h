// The table of the audit log.
#pragma once

#include <string_view>

namespace reelprint::store {

/// The third trigger is for INSERT OR REPLACE, which deletes without telling the second.
inline constexpr std::string_view kAuditTables = R"sql(
CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at_us INTEGER NOT NULL,
  actor TEXT NOT NULL,
  tenant INTEGER NOT NULL,  -- 0: nobody in particular
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  request TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
CREATE INDEX audit_by_tenant ON audit (tenant);
CREATE INDEX audit_by_actor ON audit (actor);
CREATE INDEX audit_by_object ON audit (object);
CREATE INDEX audit_by_action ON audit (action);
CREATE INDEX audit_by_topic ON audit (substr(action, 1, instr(action, '.')));

CREATE TRIGGER audit_keeps_entries BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_loses_nothing BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_replaces_nothing BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id)
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
)sql";

}  // namespace reelprint::store
