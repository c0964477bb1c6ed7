// What the service adds to the catalog's tables.
#pragma once

#include <string_view>

namespace reelprint::store {

/// An `import` is a bulk import by which a reference came, `job` the one that makes its fingerprint, and
/// `proof` a JSON object: what shows that a series is its holder's. `media` of a pending or failed reference
/// is random: its digest is not known, and any number of them may wait under one cut.
inline constexpr std::string_view kCatalogTables = R"sql(
ALTER TABLE holders ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE series ADD COLUMN proof TEXT NOT NULL DEFAULT '{}';
ALTER TABLE series ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE episodes ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,  -- 0: nobody's in particular
  name TEXT NOT NULL,
  row_count INTEGER NOT NULL CHECK (row_count >= 0),
  by TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX imports_by_tenant ON imports (tenant, id);

ALTER TABLE reference_cuts ADD COLUMN state TEXT NOT NULL DEFAULT 'active'
  CHECK (state IN ('active', 'pending', 'held', 'quarantined', 'retracted', 'failed'));
ALTER TABLE reference_cuts ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE reference_cuts ADD COLUMN aspect TEXT NOT NULL DEFAULT '';
ALTER TABLE reference_cuts ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE reference_cuts ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
ALTER TABLE reference_cuts ADD COLUMN job INTEGER NOT NULL DEFAULT 0;
ALTER TABLE reference_cuts ADD COLUMN import INTEGER REFERENCES imports;
CREATE INDEX reference_cuts_by_state ON reference_cuts (state, id);
CREATE INDEX reference_cuts_by_import ON reference_cuts (import, state, id) WHERE import IS NOT NULL;

CREATE INDEX reference_cuts_by_job ON reference_cuts (job) WHERE job <> 0;

-- Where the media of a pending reference are; forgotten when it is pending no more.
CREATE TABLE reference_sources (
  reference INTEGER PRIMARY KEY REFERENCES reference_cuts ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('file', 'spooled', 'fingerprint', 'url', 'upload')),
  place TEXT NOT NULL
) STRICT;
CREATE INDEX reference_sources_by_place ON reference_sources (kind, place);

-- Seconds of a reference that are not its holder's; sorted, apart from each other.
CREATE TABLE excluded_intervals (
  reference INTEGER NOT NULL REFERENCES reference_cuts ON DELETE CASCADE,
  begin_us INTEGER NOT NULL CHECK (begin_us >= 0),
  end_us INTEGER NOT NULL CHECK (begin_us < end_us),
  why TEXT NOT NULL,
  PRIMARY KEY (reference, begin_us)
) STRICT, WITHOUT ROWID;

-- Two holders claim the same pictures.
CREATE TABLE conflicts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reference INTEGER NOT NULL REFERENCES reference_cuts ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES reference_cuts ON DELETE CASCADE,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'withdrawn', 'both')),
  score REAL NOT NULL,
  found_at_us INTEGER NOT NULL,
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at_us INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (reference, other)
) STRICT;
CREATE INDEX conflicts_by_other ON conflicts (other);
CREATE INDEX conflicts_by_state ON conflicts (state, id);

CREATE TABLE conflict_segments (
  conflict INTEGER NOT NULL REFERENCES conflicts ON DELETE CASCADE,
  reference_begin_us INTEGER NOT NULL,
  reference_end_us INTEGER NOT NULL CHECK (reference_begin_us <= reference_end_us),
  other_begin_us INTEGER NOT NULL,
  other_end_us INTEGER NOT NULL CHECK (other_begin_us <= other_end_us),
  distinctive_us INTEGER NOT NULL,
  score REAL NOT NULL,
  PRIMARY KEY (conflict, reference_begin_us, other_begin_us)
) STRICT, WITHOUT ROWID;
)sql";

/// A holder's name is its tenant's business: another tenant may use it, and does not learn that it is in use.
/// SQLite drops no UNIQUE of a column, so the table is made again; the keys of holders that are gone stay
/// unused.
inline constexpr std::string_view kHoldersOfTenants = R"sql(
PRAGMA defer_foreign_keys = ON;
DROP TRIGGER holder_changed;
CREATE TABLE holders_before AS SELECT id, name, tenant, version FROM holders;
CREATE TABLE last_holder AS SELECT seq FROM sqlite_sequence WHERE name = 'holders';
DROP TABLE holders;
CREATE TABLE holders (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  tenant INTEGER REFERENCES tenants,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO holders (id, name, tenant, version) SELECT id, name, tenant, version FROM holders_before;
DELETE FROM sqlite_sequence WHERE name = 'holders';
INSERT INTO sqlite_sequence (name, seq) SELECT 'holders', seq FROM last_holder;
DROP TABLE holders_before;
DROP TABLE last_holder;
CREATE INDEX holders_by_tenant ON holders (tenant);
CREATE UNIQUE INDEX holders_by_name ON holders (name, coalesce(tenant, 0));
CREATE TRIGGER holder_changed AFTER UPDATE ON holders BEGIN
  INSERT INTO catalog_changes (kind, item) VALUES ('holder', NEW.id);
END;
)sql";

}  // namespace reelprint::store
