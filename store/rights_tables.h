// The tables of who may show what, and what is to be done otherwise.
#pragma once

#include <string_view>

namespace reelprint::store {

/// Territories lie as "AT DE": two capital letters each. `licence_parts` holds a licence's lists, value by
/// value; ids of platforms, series and episodes as decimal numbers.
inline constexpr std::string_view kRightsTables = R"sql(
CREATE TABLE licences (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  holder INTEGER NOT NULL REFERENCES holders,
  name TEXT NOT NULL,
  from_us INTEGER,
  until_us INTEGER,
  revoked_at_us INTEGER,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX licences_by_holder ON licences (holder, id);

CREATE TABLE licence_parts (
  licence INTEGER NOT NULL REFERENCES licences ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN
    ('platform', 'account', 'channel', 'url_pattern', 'series', 'episode', 'territory')),
  value TEXT NOT NULL,
  PRIMARY KEY (licence, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  holder INTEGER NOT NULL REFERENCES holders,
  territories TEXT NOT NULL,
  name TEXT NOT NULL,
  priority INTEGER NOT NULL,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX policies_by_holder ON policies (holder, id);

CREATE TABLE policy_rules (
  policy INTEGER NOT NULL REFERENCES policies ON DELETE CASCADE,
  position INTEGER NOT NULL,
  action TEXT NOT NULL,
  least_matched_us INTEGER NOT NULL,
  least_share_of_upload REAL NOT NULL,
  least_share_of_reference REAL NOT NULL,
  least_score REAL NOT NULL,
  modality TEXT NOT NULL,
  PRIMARY KEY (policy, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE allow_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  holder INTEGER REFERENCES holders,  -- NULL: works of all holders
  kind TEXT NOT NULL,
  platform INTEGER NOT NULL,  -- 0: on every platform
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX allow_entries_by_holder ON allow_entries (holder, id);

CREATE TABLE ownerships (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  holder INTEGER NOT NULL REFERENCES holders,
  series INTEGER NOT NULL,  -- 0: all
  territories TEXT NOT NULL,
  from_us INTEGER,
  until_us INTEGER,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX ownerships_by_holder ON ownerships (holder, id);

-- What a change would have changed; made by a job.
CREATE TABLE dry_runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,  -- 0: nobody's in particular
  job INTEGER NOT NULL,
  question TEXT NOT NULL,  -- a JSON object
  answer TEXT NOT NULL,    -- a JSON object; '' before it is known
  asked_at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX dry_runs_by_tenant ON dry_runs (tenant, id);
)sql";

}  // namespace reelprint::store
