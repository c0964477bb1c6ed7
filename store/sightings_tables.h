// The tables of sightings.
#pragma once

#include <string_view>

namespace reelprint::store {

/// Times of 0 are "none".
inline constexpr std::string_view kSightingsTables = R"sql(
CREATE TABLE sightings (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  tenant INTEGER NOT NULL,
  source INTEGER NOT NULL,
  location TEXT NOT NULL,
  page_url TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  media BLOB NOT NULL,  -- SHA-256; empty: not known
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  uploader TEXT NOT NULL,
  uploader_url TEXT NOT NULL,
  series TEXT NOT NULL,
  episode INTEGER,
  duration_us INTEGER,
  published_at_us INTEGER,
  views INTEGER,
  likes INTEGER,
  thumbnail_url TEXT NOT NULL,
  language TEXT NOT NULL,
  hint TEXT NOT NULL,
  address TEXT NOT NULL,
  request INTEGER NOT NULL,
  in_case INTEGER NOT NULL,
  fetched_bytes INTEGER NOT NULL,
  took_us INTEGER NOT NULL,
  is_up INTEGER NOT NULL CHECK (is_up IN (0, 1)),
  seen_at_us INTEGER NOT NULL,
  checked_at_us INTEGER NOT NULL,
  next_check_at_us INTEGER NOT NULL DEFAULT 0,
  UNIQUE (tenant, location, page_url)
) STRICT;
CREATE INDEX sightings_of_tenant ON sightings (tenant);
CREATE INDEX sightings_of_source ON sightings (source);
CREATE INDEX sightings_of_request ON sightings (request) WHERE request > 0;
CREATE INDEX sightings_of_case ON sightings (in_case) WHERE in_case > 0;
CREATE INDEX sightings_of_page ON sightings (tenant, page_url) WHERE in_case > 0;
CREATE INDEX sightings_of_uploader ON sightings (tenant, uploader_url) WHERE uploader_url <> '';
CREATE INDEX sightings_of_media ON sightings (tenant, media) WHERE media <> x'';
CREATE INDEX sightings_to_check ON sightings (next_check_at_us) WHERE in_case > 0 AND next_check_at_us > 0;

CREATE TABLE sighting_checks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sighting INTEGER NOT NULL REFERENCES sightings,
  at_us INTEGER NOT NULL,
  is_up INTEGER NOT NULL CHECK (is_up IN (0, 1)),
  page_status INTEGER NOT NULL,
  media_status INTEGER NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX sighting_checks_of_sighting ON sighting_checks (sighting);

CREATE TABLE captures (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sighting INTEGER NOT NULL REFERENCES sightings,
  file TEXT NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  bytes INTEGER NOT NULL,
  screenshot TEXT NOT NULL,
  screenshot_missing_why TEXT NOT NULL,
  at_us INTEGER NOT NULL
) STRICT;
CREATE INDEX captures_of_sighting ON captures (sighting);
)sql";

}  // namespace reelprint::store
