// The tables of what a crawl has fetched and may still need.
#pragma once

#include <string_view>

namespace reelprint::store {

/// An exchange goes with the last one that uses it: an address whose visit is not over, or a sighting whose
/// capture is not written yet.
inline constexpr std::string_view kCrawlExchangesTables = R"sql(
CREATE TABLE crawl_exchanges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  facts TEXT NOT NULL,
  body TEXT NOT NULL,  -- name of a file; '': none
  bytes INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX crawl_exchanges_of_body ON crawl_exchanges (body) WHERE body <> '';

CREATE TABLE crawl_exchange_uses (
  exchange INTEGER NOT NULL REFERENCES crawl_exchanges,
  url_id INTEGER NOT NULL,    -- 0: the sighting's
  sighting INTEGER NOT NULL,  -- 0: the address'
  is_of_page INTEGER NOT NULL CHECK (is_of_page IN (0, 1)),
  PRIMARY KEY (exchange, url_id, sighting)
) STRICT, WITHOUT ROWID;
CREATE INDEX crawl_exchange_uses_of_url ON crawl_exchange_uses (url_id) WHERE url_id > 0;
CREATE INDEX crawl_exchange_uses_of_sighting ON crawl_exchange_uses (sighting) WHERE sighting > 0;

CREATE TABLE captures_due (
  sighting INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  pieces TEXT NOT NULL
) STRICT;
)sql";

}  // namespace reelprint::store
