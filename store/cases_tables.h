// The tables of cases: what they rest on, their history, and what dismissals have settled.
#pragma once

#include <string_view>

namespace reelprint::store {

/// Holders, decisions and references may be removed: the record stays. What case_decisions says of the upload
/// is as it was at the time: what a later decision about it, or about the same account, is found by.
inline constexpr std::string_view kCasesTables = R"sql(
CREATE TABLE cases (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  holder INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  platform TEXT NOT NULL,
  account TEXT NOT NULL,  -- '': not known, then the case is of one upload
  channel TEXT NOT NULL DEFAULT '',  -- the account's own address, which no other account has; '': not known
  state TEXT NOT NULL CHECK (state IN ('open', 'confirmed', 'dismissed', 'noticed', 'removed', 'countered',
                                       'closed')),
  reason TEXT NOT NULL,
  remark TEXT NOT NULL,
  assignee TEXT NOT NULL,
  proposed_state TEXT NOT NULL DEFAULT '',  -- '': nothing is proposed
  proposed_reason TEXT NOT NULL DEFAULT 'none',
  proposed_remark TEXT NOT NULL DEFAULT '',
  proposed_by TEXT NOT NULL DEFAULT '',
  proposed_at_us INTEGER NOT NULL DEFAULT 0,
  retraction_due INTEGER NOT NULL DEFAULT 0 CHECK (retraction_due IN (0, 1)),
  opened_at_us INTEGER NOT NULL,
  changed_at_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX cases_by_tenant ON cases (tenant, id);
CREATE INDEX cases_by_holder ON cases (holder, id);
CREATE INDEX cases_by_state ON cases (state, id);
CREATE INDEX cases_by_platform ON cases (platform, id);
CREATE INDEX cases_by_account ON cases (account, id);
CREATE INDEX cases_by_assignee ON cases (assignee, id);
CREATE INDEX cases_by_time ON cases (tenant, opened_at_us);
CREATE INDEX cases_to_join ON cases (holder, platform, account)
  WHERE account <> '' AND state NOT IN ('dismissed', 'closed');
CREATE INDEX cases_to_join_by_channel ON cases (holder, platform, channel)
  WHERE channel <> '' AND state NOT IN ('dismissed', 'closed');

CREATE TABLE case_decisions (
  decision INTEGER PRIMARY KEY,
  in_case INTEGER NOT NULL REFERENCES cases,
  request INTEGER NOT NULL,
  location TEXT NOT NULL,
  media BLOB NOT NULL CHECK (length(media) = 32),
  platform TEXT NOT NULL,
  uploader TEXT NOT NULL  -- the channel's address, else the account; '': not known
) STRICT;
CREATE INDEX case_decisions_by_case ON case_decisions (in_case, decision);
CREATE INDEX case_decisions_by_request ON case_decisions (request);
CREATE INDEX case_decisions_by_location ON case_decisions (location) WHERE location <> '';
CREATE INDEX case_decisions_by_media ON case_decisions (media) WHERE media <> zeroblob(32);
CREATE INDEX case_decisions_by_uploader ON case_decisions (platform, uploader) WHERE uploader <> '';

CREATE TABLE case_sightings (
  sighting INTEGER NOT NULL,
  in_case INTEGER NOT NULL REFERENCES cases,
  PRIMARY KEY (sighting, in_case)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_sightings_by_case ON case_sightings (in_case, sighting);

CREATE TABLE case_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  in_case INTEGER NOT NULL REFERENCES cases,
  at_us INTEGER NOT NULL,
  actor TEXT NOT NULL,
  what TEXT NOT NULL,
  detail TEXT NOT NULL  -- a JSON object
) STRICT;
CREATE INDEX case_events_by_case ON case_events (in_case, id);
CREATE INDEX case_events_by_time ON case_events (what, at_us);
CREATE TRIGGER case_events_stay BEFORE UPDATE ON case_events
BEGIN SELECT raise(ABORT, 'a case''s history is never changed'); END;
CREATE TRIGGER case_events_remain BEFORE DELETE ON case_events
BEGIN SELECT raise(ABORT, 'a case''s history is never changed'); END;

-- What a dismissal teaches: for this reference, these media, this location, this account, or these media of
-- this account are not raised again.
CREATE TABLE settled_pairs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  reference INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('media', 'location', 'account', 'media_of_account')),
  -- SHA-256; the location; platform, a line break and the uploader; SHA-256 in hex, a line break and those
  value BLOB NOT NULL,
  in_case INTEGER NOT NULL REFERENCES cases,
  reason TEXT NOT NULL,
  is_clear INTEGER NOT NULL CHECK (is_clear IN (0, 1)),  -- a later ruling leaves the reference out
  UNIQUE (reference, kind, value, in_case)
) STRICT;
CREATE INDEX settled_pairs_by_case ON settled_pairs (in_case);

-- A person's verdict about a reference, case by case: how a reference is found that is dismissed often.
CREATE TABLE reference_verdicts (
  reference INTEGER NOT NULL,
  in_case INTEGER NOT NULL REFERENCES cases,
  state TEXT NOT NULL CHECK (state IN ('confirmed', 'dismissed')),
  at_us INTEGER NOT NULL,
  PRIMARY KEY (reference, in_case)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_verdicts_by_time ON reference_verdicts (reference, at_us);
CREATE INDEX reference_verdicts_by_case ON reference_verdicts (in_case);

-- One row: how the legal team works. Days are numbers since 1970.
CREATE TABLE case_rules (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  two_persons_confirm INTEGER NOT NULL CHECK (two_persons_confirm IN (0, 1)),
  two_persons_notice INTEGER NOT NULL CHECK (two_persons_notice IN (0, 1)),
  flag_dismissals INTEGER NOT NULL,
  flag_of INTEGER NOT NULL,
  dispute_days INTEGER NOT NULL,
  acknowledgement_days INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE case_holidays (day INTEGER PRIMARY KEY) STRICT;

CREATE TABLE disputes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  in_case INTEGER NOT NULL REFERENCES cases,
  decision INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  appeal_of INTEGER UNIQUE REFERENCES disputes,
  statement TEXT NOT NULL,
  contact TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'upheld', 'rejected', 'withdrawn')),
  opened_by TEXT NOT NULL,
  decided_by TEXT NOT NULL DEFAULT '',
  why TEXT NOT NULL DEFAULT '',
  opened_at_us INTEGER NOT NULL,
  due_at_us INTEGER NOT NULL,
  decided_at_us INTEGER NOT NULL DEFAULT 0,
  told_overdue INTEGER NOT NULL DEFAULT 0 CHECK (told_overdue IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX disputes_by_case ON disputes (in_case, id);
CREATE INDEX disputes_by_tenant ON disputes (tenant, id);
CREATE INDEX disputes_by_state ON disputes (state, id);
CREATE INDEX disputes_by_time ON disputes (opened_at_us);
CREATE INDEX disputes_by_outcome ON disputes (decided_at_us) WHERE decided_at_us > 0;
CREATE INDEX disputes_overdue ON disputes (due_at_us) WHERE state = 'open' AND told_overdue = 0;
CREATE UNIQUE INDEX disputes_open ON disputes (decision) WHERE state = 'open';

CREATE TABLE notices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,
  holder INTEGER NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  fields TEXT NOT NULL,  -- a JSON object
  state TEXT NOT NULL CHECK (state IN ('drafted', 'approved', 'sent', 'acknowledged', 'removed', 'refused',
                                       'countered', 'withdrawn')),
  drafted_by TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  signatory TEXT NOT NULL,
  confirmation TEXT NOT NULL,
  sent_way TEXT NOT NULL,
  remark TEXT NOT NULL,
  recipient_number TEXT NOT NULL,
  drafted_at_us INTEGER NOT NULL,
  approved_at_us INTEGER NOT NULL,
  sent_at_us INTEGER NOT NULL,
  answered_at_us INTEGER NOT NULL,
  due_at_us INTEGER NOT NULL,  -- 0: nothing is awaited
  put_back_from_us INTEGER NOT NULL,
  put_back_until_us INTEGER NOT NULL,
  told_overdue INTEGER NOT NULL DEFAULT 0 CHECK (told_overdue IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX notices_by_tenant ON notices (tenant, id);
CREATE INDEX notices_by_state ON notices (state, id);
CREATE INDEX notices_by_sending ON notices (sent_at_us) WHERE sent_at_us > 0;
CREATE INDEX notices_overdue ON notices (due_at_us) WHERE due_at_us > 0 AND told_overdue = 0;

CREATE TABLE notice_cases (
  notice INTEGER NOT NULL REFERENCES notices,
  in_case INTEGER NOT NULL REFERENCES cases,
  PRIMARY KEY (notice, in_case)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_cases_by_case ON notice_cases (in_case, notice);

CREATE TABLE notice_decisions (
  notice INTEGER NOT NULL REFERENCES notices,
  decision INTEGER NOT NULL,
  PRIMARY KEY (notice, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_decisions_by_decision ON notice_decisions (decision, notice);

-- Bundles that were asked for; the files lie in the data folder until their time is over.
CREATE TABLE case_exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  in_case INTEGER NOT NULL REFERENCES cases,
  run INTEGER NOT NULL,  -- the first export of the run that it belongs to; its own id: of none
  tenant INTEGER NOT NULL,
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'done', 'failed')),
  job INTEGER NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at_us INTEGER NOT NULL,
  made_at_us INTEGER NOT NULL DEFAULT 0,
  file TEXT NOT NULL DEFAULT '',
  bytes INTEGER NOT NULL DEFAULT 0,
  digest BLOB NOT NULL DEFAULT (zeroblob(32)) CHECK (length(digest) = 32),
  error_code TEXT NOT NULL DEFAULT '',
  error TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX case_exports_by_case ON case_exports (in_case, id);
CREATE INDEX case_exports_by_run ON case_exports (run, id);
CREATE INDEX case_exports_by_tenant ON case_exports (tenant, id);
CREATE INDEX case_exports_by_age ON case_exports (made_at_us) WHERE file <> '';
)sql";

}  // namespace reelprint::store
