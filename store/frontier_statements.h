// What the frontier asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertUrl{
    "add an address to the frontier",
    "INSERT INTO crawl_urls (source, digest, lane, kind, state, ready, due_at_us, yield, purpose, parent, "
    "depth, url, hints, note, host) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
    "?15) "
    "ON CONFLICT (source, host, digest) DO NOTHING"};
inline constexpr StatementText kImproveUrl{
    "note that an address is nearer or better than it seemed",
    "UPDATE crawl_urls SET depth = min(depth, ?3), yield = max(yield, ?4) "
    "WHERE source = ?1 AND host = ?5 AND digest = ?2 AND (depth > ?3 OR yield < ?4) RETURNING lane"};

/// Followed by one of the conditions below.
inline constexpr std::string_view kSelectUrls =
    "SELECT u.id, u.source, u.url, h.key, u.kind, u.purpose, u.parent, u.depth, max(l.yield, u.yield), "
    "u.state, u.due_at_us, u.failures, u.visits, u.changes, u.etag, u.last_modified, u.content, u.status, "
    "u.note, u.hints, u.visited_at_us, u.lane, l.host, u.taken_by, u.first_visited_at_us FROM ";
inline constexpr std::string_view kUrlOfId =
    "crawl_urls u JOIN crawl_lanes l ON l.id = u.lane JOIN crawl_hosts h ON h.id = l.host WHERE u.id = ?1";
/// ?1: source; ?2: digest; ?3: key of the host.
inline constexpr std::string_view kUrlOfDigest =
    "crawl_hosts h CROSS JOIN crawl_urls u ON u.source = ?1 AND u.host = h.id AND u.digest = ?2 "
    "CROSS JOIN crawl_lanes l ON l.id = u.lane WHERE h.key = ?3";
/// The best of each host that is open, the best host first.
inline constexpr std::string_view kBestUrls =
    "crawl_hosts h CROSS JOIN crawl_lanes l ON l.id = h.top_lane CROSS JOIN crawl_urls u ON u.id = "
    "l.best_url "
    "WHERE h.open = 1 AND h.top_lane > 0 "
    "ORDER BY h.top_priority DESC, h.top_rank DESC, h.top_due_us LIMIT ?1";

inline constexpr StatementText kTakeUrl{
    "take an address",
    "UPDATE crawl_urls SET state = 'taken', ready = 0, taken_by = ?2, was_due_at_us = due_at_us, "
    "due_at_us = ?3 WHERE id = ?1"};
inline constexpr StatementText kHoldUrl{
    "hold an address",
    "UPDATE crawl_urls SET due_at_us = ?3 WHERE id = ?1 AND state = 'taken' AND taken_by = ?2"};
/// ?3: state; ?4: due; ?5: failed; ?6: status; ?7, ?8: etag and last-modified, "" when they stay; ?9:
/// content, empty when it stays.
inline constexpr StatementText kSettleUrl{
    "settle an address",
    "UPDATE crawl_urls SET state = ?3, ready = 0, due_at_us = ?4, taken_by = '', "
    "failures = iif(?5, failures + 1, 0), visits = visits + (NOT ?5), status = ?6, "
    "changes = changes + (?9 <> x'' AND content <> x'' AND content <> ?9), "
    "etag = iif(?9 = x'' AND ?7 = '', etag, ?7), "
    "last_modified = iif(?9 = x'' AND ?8 = '', last_modified, ?8), "
    "content = iif(?9 = x'', content, ?9), note = ?10, "
    "visited_at_us = ?11, first_visited_at_us = iif(?5 OR first_visited_at_us > 0, first_visited_at_us, ?11) "
    "WHERE id = ?1 AND state = 'taken' AND taken_by = ?2"};
inline constexpr StatementText kHandBackUrl{
    "hand back an address",
    "UPDATE crawl_urls SET state = 'waiting', ready = 1, taken_by = '', due_at_us = was_due_at_us "
    "WHERE id = ?1 AND state = 'taken' AND taken_by = ?2"};
/// One that is taken stays so: whoever has it settles it first.
inline constexpr StatementText kNoteProgress{
    "note that more of an address is had",
    "UPDATE crawl_urls SET failures = failures - 1 WHERE id = ?1 AND failures > 0"};
inline constexpr StatementText kMakeDue{
    "make an address due",
    "UPDATE crawl_urls SET state = 'waiting', ready = 0, purpose = ?2, due_at_us = max(?3, 1), note = '' "
    "WHERE id = ?1 AND state <> 'taken' RETURNING lane"};
inline constexpr StatementText kLeadUrl{
    "note that an address led to a match",
    "UPDATE crawl_urls SET led = 1 WHERE id = ?1 AND led = 0 RETURNING lane"};
inline constexpr StatementText kFindParent{"find what named an address",
                                           "SELECT parent FROM crawl_urls WHERE id = ?1"};

inline constexpr StatementText kReadCrawlHost{
    "read a host of the crawl",
    "SELECT h.key, h.next_at_us, h.delay_us, h.failures, h.closed_until_us, coalesce(r.robots, ''), "
    "coalesce(r.status, 0), coalesce(r.at_us, 0), coalesce(r.unreachable_since_us, 0), "
    "coalesce(r.again_at_us, 0), h.taken_by, h.taken_until_us FROM crawl_hosts h LEFT JOIN crawl_robots r ON "
    "r.host = h.id WHERE h.key = ?1"};
inline constexpr StatementText kUpdateCrawlHost{
    "note what is known of a host",
    "UPDATE crawl_hosts SET next_at_us = ?2, delay_us = ?3, failures = ?4, closed_until_us = ?5, open = 0 "
    "WHERE id = ?1"};
inline constexpr StatementText kPutRobots{
    "keep a robots.txt",
    "INSERT INTO crawl_robots (host, robots, status, at_us, unreachable_since_us, again_at_us) VALUES (?1, "
    "?2, "
    "?3, ?4, ?5, ?6) ON CONFLICT (host) DO UPDATE SET robots = ?2, status = ?3, at_us = ?4, "
    "unreachable_since_us = ?5, again_at_us = ?6 WHERE robots <> ?2 OR status <> ?3 OR at_us <> ?4 OR "
    "unreachable_since_us <> ?5 OR again_at_us <> ?6"};

inline constexpr StatementText kInsertCrawlRequest{
    "record a request",
    "INSERT INTO crawl_requests (source, tenant, url_id, url, purpose, refused, status, address, bytes, "
    "took_us, error_code, content, at_us) VALUES (?1, coalesce((SELECT tenant FROM crawl_sources WHERE id = "
    "?1), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"};
/// Followed by one of the conditions below; ?1 is the id before which they stand, ?2 how many at most.
inline constexpr std::string_view kSelectCrawlRequests =
    "SELECT id, source, url_id, url, purpose, refused, status, address, bytes, took_us, error_code, content, "
    "at_us FROM crawl_requests ";
inline constexpr std::string_view kAllCrawlRequests = "WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kCrawlRequestsOfSource =
    "WHERE id < ?1 AND source = ?3 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kCrawlRequestsOfTenant =
    "WHERE id < ?1 AND tenant = ?3 ORDER BY id DESC LIMIT ?2";

inline constexpr StatementText kCountUrlsOfSource{
    "count the addresses of a source",
    "SELECT source, kind, state, urls FROM crawl_counts WHERE source = ?1 AND urls > 0"};
inline constexpr StatementText kCountUrls{
    "count the addresses", "SELECT source, kind, state, urls FROM crawl_counts WHERE urls > 0"};

}  // namespace reelprint::store::statements
