// The statements of the crawl's audit.
#pragma once

#include "store/statements.h"

namespace reelprint::store::statements {

/// ?1: an address; it and what led to it, one from the other.
inline constexpr StatementText kKeepRequestsOf{
    "keep what was asked for an address",
    "INSERT OR IGNORE INTO crawl_kept (url_id) WITH RECURSIVE way (id, steps) AS (VALUES (?1, 0) UNION ALL "
    "SELECT u.parent, steps + 1 FROM way JOIN crawl_urls u ON u.id = way.id WHERE u.parent > 0 AND steps < "
    "100) SELECT id FROM way"};

inline constexpr StatementText kReadPruned{"read how far requests are pruned",
                                           "SELECT request FROM crawl_pruned WHERE number = 1"};
inline constexpr StatementText kSetPruned{"note how far requests are pruned",
                                          "UPDATE crawl_pruned SET request = ?1 WHERE number = 1"};
inline constexpr StatementText kListNextRequests{
    "list the oldest requests", "SELECT id, at_us FROM crawl_requests WHERE id > ?1 ORDER BY id LIMIT ?2"};
/// The address of a robots.txt without "robots.txt" begins every address of its host; '0' comes after '/'.
inline constexpr StatementText kPruneRequests{
    "prune requests",
    "DELETE FROM crawl_requests AS r WHERE id > ?1 AND id <= ?2 "
    "AND purpose NOT IN ('capture', 'takedown_check') "
    "AND NOT EXISTS (SELECT 1 FROM crawl_kept k WHERE k.url_id = r.url_id) "
    "AND NOT (purpose = 'robots' AND (EXISTS (SELECT 1 FROM sightings s WHERE s.tenant = r.tenant "
    "AND s.location >= substr(r.url, 1, length(r.url) - 10) "
    "AND s.location < substr(r.url, 1, length(r.url) - 11) || '0' AND s.in_case > 0) "
    "OR EXISTS (SELECT 1 FROM sightings s WHERE s.tenant = r.tenant AND s.in_case > 0 "
    "AND s.page_url >= substr(r.url, 1, length(r.url) - 10) "
    "AND s.page_url < substr(r.url, 1, length(r.url) - 11) || '0')))"};

}  // namespace reelprint::store::statements
