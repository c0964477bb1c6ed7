// The tables of the crawl.
#pragma once

#include <string_view>

namespace reelprint::store {

/// The frontier is a heap in three levels, each in the order of an index: a lane's addresses that may be
/// asked now, a host's lanes, and all hosts that are free. So a host with a million addresses is one row to
/// those that look for work. Times of 0 are "none".
inline constexpr std::string_view kCrawlTables = R"sql(
CREATE TABLE crawl_sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,  -- 0: the service itself
  name TEXT NOT NULL CHECK (name <> ''),
  kind TEXT NOT NULL,
  start_urls TEXT NOT NULL,  -- this and the next three: one a line
  hosts TEXT NOT NULL,
  path_prefixes TEXT NOT NULL,
  excluded_prefixes TEXT NOT NULL,
  most_depth INTEGER NOT NULL,
  most_pages INTEGER NOT NULL,
  most_bytes INTEGER NOT NULL,
  most_time_s INTEGER NOT NULL,
  most_host_pages INTEGER NOT NULL,
  most_host_bytes INTEGER NOT NULL,
  every_min INTEGER NOT NULL,
  at_min INTEGER NOT NULL,  -- -1: at no time of the day
  priority INTEGER NOT NULL CHECK (priority BETWEEN -100 AND 100),
  depth TEXT NOT NULL,
  obeys_nofollow INTEGER NOT NULL CHECK (obeys_nofollow IN (0, 1)),
  obeys_noindex INTEGER NOT NULL CHECK (obeys_noindex IN (0, 1)),
  uses_extractor INTEGER NOT NULL CHECK (uses_extractor IN (0, 1)),
  territory TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
  next_round_at_us INTEGER NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  created_at_us INTEGER NOT NULL,
  visits INTEGER NOT NULL DEFAULT 0,   -- addresses asked at least once
  matches INTEGER NOT NULL DEFAULT 0,  -- of these, that have led to a match
  UNIQUE (tenant, name)
) STRICT;
CREATE INDEX crawl_sources_of_tenant ON crawl_sources (tenant);
CREATE INDEX crawl_sources_due ON crawl_sources (next_round_at_us) WHERE state = 'active';

-- Sources that are gone, but for some of their frontier.
CREATE TABLE crawl_removed (source INTEGER PRIMARY KEY) STRICT;

CREATE TABLE crawl_rounds (
  source INTEGER NOT NULL,
  number INTEGER NOT NULL,
  began_at_us INTEGER NOT NULL,
  ended_at_us INTEGER NOT NULL DEFAULT 0,
  requests INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  bytes_offered INTEGER NOT NULL DEFAULT 0,
  videos_found INTEGER NOT NULL DEFAULT 0,
  videos_screened INTEGER NOT NULL DEFAULT 0,
  videos_fetched_whole INTEGER NOT NULL DEFAULT 0,
  matched INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  media_s REAL NOT NULL DEFAULT 0,
  cpu_s REAL NOT NULL DEFAULT 0,
  video_bytes INTEGER NOT NULL DEFAULT 0,
  video_s REAL NOT NULL DEFAULT 0,
  stopped_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (source, number)
) STRICT;

-- The same figures by days (UTC, days since 1970), for reports about any time.
CREATE TABLE crawl_days (
  source INTEGER NOT NULL,
  day INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  requests INTEGER NOT NULL DEFAULT 0,
  pages INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  bytes_offered INTEGER NOT NULL DEFAULT 0,
  videos_found INTEGER NOT NULL DEFAULT 0,
  videos_screened INTEGER NOT NULL DEFAULT 0,
  videos_fetched_whole INTEGER NOT NULL DEFAULT 0,
  matched INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  media_s REAL NOT NULL DEFAULT 0,
  cpu_s REAL NOT NULL DEFAULT 0,
  video_bytes INTEGER NOT NULL DEFAULT 0,
  video_s REAL NOT NULL DEFAULT 0,
  PRIMARY KEY (source, day)
) STRICT;

CREATE INDEX crawl_days_of_tenant ON crawl_days (tenant, day);

CREATE TABLE crawl_hosts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  next_at_us INTEGER NOT NULL DEFAULT 0,
  delay_us INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  closed_until_us INTEGER NOT NULL DEFAULT 0,
  taken_by TEXT NOT NULL DEFAULT '',
  taken_url INTEGER NOT NULL DEFAULT 0,  -- 0: taken for no address of the frontier
  taken_until_us INTEGER NOT NULL DEFAULT 0,
  free_at_us INTEGER NOT NULL AS (max(next_at_us, closed_until_us, taken_until_us)),
  open INTEGER NOT NULL DEFAULT 0 CHECK (open IN (0, 1)),  -- its time has come: it may be asked
  visits INTEGER NOT NULL DEFAULT 0,
  matches INTEGER NOT NULL DEFAULT 0,
  lanes INTEGER NOT NULL DEFAULT 0,
  top_lane INTEGER NOT NULL DEFAULT 0,  -- 0: none waits
  top_priority INTEGER NOT NULL DEFAULT 0,
  top_rank REAL NOT NULL DEFAULT 0,
  top_due_us INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX crawl_hosts_open ON crawl_hosts (top_priority DESC, top_rank DESC, top_due_us)
  WHERE open = 1 AND top_lane > 0;
CREATE INDEX crawl_hosts_shut ON crawl_hosts (free_at_us) WHERE open = 0 AND top_lane > 0;

-- Apart from crawl_hosts, whose rows change with every request: the texts may have 500 KiB.
CREATE TABLE crawl_robots (
  host INTEGER PRIMARY KEY REFERENCES crawl_hosts,
  robots TEXT NOT NULL,
  status INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  unreachable_since_us INTEGER NOT NULL,
  again_at_us INTEGER NOT NULL  -- not fetched again before then
) STRICT;

-- What a source has asked of a host, in all and in one round.
CREATE TABLE crawl_source_hosts (
  source INTEGER NOT NULL,
  host INTEGER NOT NULL REFERENCES crawl_hosts,
  round INTEGER NOT NULL,
  round_pages INTEGER NOT NULL,
  round_bytes INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  first_at_us INTEGER NOT NULL,
  last_at_us INTEGER NOT NULL,
  PRIMARY KEY (source, host)
) STRICT, WITHOUT ROWID;
CREATE INDEX crawl_source_hosts_of_host ON crawl_source_hosts (host);

-- Addresses of one source, host, kind and path shape: what yield is reckoned by.
CREATE TABLE crawl_lanes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL,
  host INTEGER NOT NULL REFERENCES crawl_hosts,
  kind TEXT NOT NULL,
  shape TEXT NOT NULL,
  visits INTEGER NOT NULL DEFAULT 0,
  matches INTEGER NOT NULL DEFAULT 0,
  yield REAL NOT NULL,
  priority INTEGER NOT NULL,  -- the source's
  active INTEGER NOT NULL CHECK (active IN (0, 1)),  -- the source is
  best_url INTEGER NOT NULL DEFAULT 0,  -- 0: none waits
  best_due_us INTEGER NOT NULL DEFAULT 0,
  rank REAL NOT NULL DEFAULT 0,  -- the better of the lane's and the best address's yield
  UNIQUE (source, host, kind, shape)
) STRICT;
CREATE INDEX crawl_lanes_of_host ON crawl_lanes (host, priority DESC, rank DESC, best_due_us)
  WHERE active = 1 AND best_url > 0;

CREATE TABLE crawl_urls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL,
  host INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 16),  -- the first half of the URL's SHA-256
  lane INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  ready INTEGER NOT NULL CHECK (ready IN (0, 1)),  -- it waits, and its time has come
  due_at_us INTEGER NOT NULL,
  was_due_at_us INTEGER NOT NULL DEFAULT 0,  -- before it was taken
  taken_by TEXT NOT NULL DEFAULT '',
  yield REAL NOT NULL,
  led INTEGER NOT NULL DEFAULT 0 CHECK (led IN (0, 1)),  -- to a match
  purpose TEXT NOT NULL,
  parent INTEGER NOT NULL,
  depth INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  visits INTEGER NOT NULL DEFAULT 0,
  changes INTEGER NOT NULL DEFAULT 0,
  status INTEGER NOT NULL DEFAULT 0,
  first_visited_at_us INTEGER NOT NULL DEFAULT 0,
  visited_at_us INTEGER NOT NULL DEFAULT 0,
  content BLOB NOT NULL DEFAULT x'',
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL,
  hints TEXT NOT NULL,
  -- What a page names is mostly of one host: its entries lie together here.
  UNIQUE (source, host, digest)
) STRICT;
CREATE INDEX crawl_urls_ready ON crawl_urls (lane, yield DESC, due_at_us) WHERE ready = 1;
CREATE INDEX crawl_urls_later ON crawl_urls (due_at_us) WHERE ready = 0 AND due_at_us > 0;

CREATE TABLE crawl_counts (
  source INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  urls INTEGER NOT NULL,
  PRIMARY KEY (source, kind, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER crawl_urls_added AFTER INSERT ON crawl_urls BEGIN
  INSERT INTO crawl_counts VALUES (new.source, new.kind, new.state, 1)
  ON CONFLICT DO UPDATE SET urls = urls + 1;
END;
CREATE TRIGGER crawl_urls_changed AFTER UPDATE OF state ON crawl_urls WHEN old.state <> new.state BEGIN
  UPDATE crawl_counts SET urls = urls - 1 WHERE source = old.source AND kind = old.kind AND state = old.state;
  INSERT INTO crawl_counts VALUES (new.source, new.kind, new.state, 1)
  ON CONFLICT DO UPDATE SET urls = urls + 1;
END;
CREATE TRIGGER crawl_urls_removed AFTER DELETE ON crawl_urls BEGIN
  UPDATE crawl_counts SET urls = urls - 1 WHERE source = old.source AND kind = old.kind AND state = old.state;
END;

CREATE TABLE crawl_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source INTEGER NOT NULL,
  tenant INTEGER NOT NULL,
  url_id INTEGER NOT NULL,
  url TEXT NOT NULL,
  purpose TEXT NOT NULL,
  refused TEXT NOT NULL,
  status INTEGER NOT NULL,
  address TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  took_us INTEGER NOT NULL,
  error_code TEXT NOT NULL,
  content BLOB NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX crawl_requests_of_source ON crawl_requests (source);
CREATE INDEX crawl_requests_of_tenant ON crawl_requests (tenant);

-- Addresses of sightings in cases: their requests are not pruned.
CREATE TABLE crawl_kept (url_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE crawl_pruned (
  number INTEGER PRIMARY KEY CHECK (number = 1),
  request INTEGER NOT NULL  -- older ones were looked at
) STRICT;
INSERT INTO crawl_pruned VALUES (1, 0);
)sql";

}  // namespace reelprint::store
