// The tables of what is to be screened, and of what was decided.
#pragma once

#include <string_view>

namespace reelprint::store {

/// A `tenant` and a `key` of 0 are none; `media` names a file in the folder of uploads, '' is none. Holders
/// and references of a decision may be removed: the record stays. A `screenings` row without a request came
/// from the command line.
inline constexpr std::string_view kScreeningRequestsTables = R"sql(
CREATE TABLE screening_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,
  account TEXT NOT NULL,
  channel TEXT NOT NULL,
  url TEXT NOT NULL,
  territory TEXT NOT NULL,
  title TEXT NOT NULL,
  published_at_us INTEGER,
  key INTEGER NOT NULL,
  name TEXT NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('file', 'url', 'fingerprint', 'upload')),
  source TEXT NOT NULL,
  media TEXT NOT NULL,
  effort TEXT NOT NULL,  -- '': as deep as the case needs
  with_audio INTEGER NOT NULL CHECK (with_audio IN (0, 1)),
  priority INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  job INTEGER NOT NULL,
  screening INTEGER REFERENCES screenings,
  decision TEXT NOT NULL,
  action TEXT NOT NULL,
  error_code TEXT NOT NULL,
  error TEXT NOT NULL,
  created_at_us INTEGER NOT NULL,
  ended_at_us INTEGER NOT NULL,
  media_until_us INTEGER,  -- its media are kept until then
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX screening_requests_by_tenant ON screening_requests (tenant, id);
CREATE INDEX screening_requests_by_state ON screening_requests (state, id);
CREATE INDEX screening_requests_by_account ON screening_requests (account, id);
CREATE INDEX screening_requests_by_decision ON screening_requests (decision, id);
CREATE INDEX screening_requests_by_time ON screening_requests (tenant, created_at_us);
CREATE INDEX screening_requests_by_key ON screening_requests (key, created_at_us);
CREATE INDEX screening_requests_by_end ON screening_requests (ended_at_us) WHERE state = 'done';
CREATE INDEX screening_requests_by_media ON screening_requests (media) WHERE media <> '';
CREATE INDEX screening_requests_by_media_until ON screening_requests (media_until_us) WHERE media <> '';
CREATE INDEX screening_requests_by_screening ON screening_requests (screening);

ALTER TABLE screenings ADD COLUMN request INTEGER REFERENCES screening_requests;
CREATE INDEX screenings_by_request ON screenings (request, id) WHERE request IS NOT NULL;

-- What is left of an upload: later references are searched in it.
CREATE TABLE upload_fingerprints (
  request INTEGER PRIMARY KEY REFERENCES screening_requests ON DELETE CASCADE,
  algorithm INTEGER NOT NULL,
  forget_at_us INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX upload_fingerprints_by_end ON upload_fingerprints (forget_at_us);

CREATE TABLE decisions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request INTEGER NOT NULL REFERENCES screening_requests ON DELETE CASCADE,
  screening INTEGER NOT NULL REFERENCES screenings,
  holder INTEGER NOT NULL,
  decision TEXT NOT NULL,
  action TEXT NOT NULL,
  matched_us INTEGER NOT NULL,
  share_of_upload REAL NOT NULL,
  share_of_reference REAL NOT NULL,
  score REAL NOT NULL,
  retroactive INTEGER NOT NULL CHECK (retroactive IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('active', 'released', 'superseded')),
  decided_at_us INTEGER NOT NULL,
  released_at_us INTEGER NOT NULL DEFAULT 0,
  released_by TEXT NOT NULL DEFAULT '',
  released_why TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX decisions_by_request ON decisions (request, id);
CREATE INDEX decisions_by_holder ON decisions (holder, id);
CREATE INDEX decisions_by_screening ON decisions (screening);
CREATE UNIQUE INDEX decisions_that_count ON decisions (request, holder) WHERE state = 'active';

CREATE TABLE decision_references (
  decision INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE,
  reference INTEGER NOT NULL,
  PRIMARY KEY (decision, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_references_by_reference ON decision_references (reference, decision);

CREATE TABLE decision_steps (
  decision INTEGER NOT NULL REFERENCES decisions ON DELETE CASCADE,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  item INTEGER NOT NULL,
  applies INTEGER NOT NULL CHECK (applies IN (0, 1)),
  text TEXT NOT NULL,
  PRIMARY KEY (decision, position)
) STRICT, WITHOUT ROWID;

-- A person has said that a reference matches rightly much.
CREATE TABLE quarantine_pardons (
  reference INTEGER PRIMARY KEY REFERENCES reference_cuts ON DELETE CASCADE,
  until_us INTEGER NOT NULL
) STRICT;
)sql";

/// Since version 4 a step is kept as a sentence too (core/sentence.h); '' where only its words were.
inline constexpr std::string_view kSentencesOfDecisions = R"sql(
ALTER TABLE decision_steps ADD COLUMN sentence TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace reelprint::store
