// What the frontier's heap asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kFindCrawlHost{"find a host of the crawl",
                                              "SELECT id FROM crawl_hosts WHERE key = ?1"};
inline constexpr StatementText kInsertCrawlHost{"add a host of the crawl",
                                                "INSERT INTO crawl_hosts (key) VALUES (?1)"};

inline constexpr StatementText kFindLane{
    "find a lane", "SELECT id FROM crawl_lanes WHERE source = ?1 AND host = ?2 AND kind = ?3 AND shape = ?4"};
/// A host has so many lanes already.
inline constexpr StatementText kCountLanes{"count a host's lanes",
                                           "SELECT lanes FROM crawl_hosts WHERE id = ?1"};
inline constexpr StatementText kInsertLane{
    "add a lane",
    "INSERT INTO crawl_lanes (source, host, kind, shape, yield, priority, active) VALUES (?1, ?2, ?3, ?4, 0, "
    "coalesce((SELECT priority FROM crawl_sources WHERE id = ?1), 0), "
    "coalesce((SELECT state = 'active' FROM crawl_sources WHERE id = ?1), ?1 = 0))"};
inline constexpr StatementText kCountLane{"count a lane",
                                          "UPDATE crawl_hosts SET lanes = lanes + 1 WHERE id = ?1"};

/// Visits and matches of the lane, its host and its source.
inline constexpr StatementText kReadLaneCounts{
    "read what a lane has brought",
    "SELECT l.visits, l.matches, h.visits, h.matches, coalesce(s.visits, 0), coalesce(s.matches, 0) "
    "FROM crawl_lanes l JOIN crawl_hosts h ON h.id = l.host LEFT JOIN crawl_sources s ON s.id = l.source "
    "WHERE l.id = ?1"};
inline constexpr StatementText kSetLaneYield{"set a lane's yield",
                                             "UPDATE crawl_lanes SET yield = ?2 WHERE id = ?1"};
inline constexpr StatementText kListLanesOfHost{
    "list the lanes of a host that wait",
    "SELECT id FROM crawl_lanes WHERE host = ?1 AND active = 1 AND best_url > 0"};

/// ?2, ?3: visits and matches more.
inline constexpr StatementText kCountOfLane{
    "count for a lane", "UPDATE crawl_lanes SET visits = visits + ?2, matches = matches + ?3 WHERE id = ?1"};
inline constexpr StatementText kCountOfLanesHost{
    "count for a lane's host",
    "UPDATE crawl_hosts SET visits = visits + ?2, matches = matches + ?3 "
    "WHERE id = (SELECT host FROM crawl_lanes WHERE id = ?1)"};
inline constexpr StatementText kCountOfLanesSource{
    "count for a lane's source",
    "UPDATE crawl_sources SET visits = visits + ?2, matches = matches + ?3 "
    "WHERE id = (SELECT source FROM crawl_lanes WHERE id = ?1)"};

inline constexpr StatementText kFindBestUrl{
    "find the best address of a lane",
    "SELECT id, yield, due_at_us FROM crawl_urls WHERE lane = ?1 AND ready = 1 "
    "ORDER BY yield DESC, due_at_us LIMIT 1"};
/// ?3: the best address's own yield.
inline constexpr StatementText kSetLaneBest{
    "note the best address of a lane",
    "UPDATE crawl_lanes SET best_url = ?2, rank = max(yield, ?3), best_due_us = ?4 WHERE id = ?1"};
inline constexpr StatementText kFindTopLane{"find the best lane of a host",
                                            "SELECT id, priority, rank, best_due_us FROM crawl_lanes "
                                            "WHERE host = ?1 AND active = 1 AND best_url > 0 "
                                            "ORDER BY priority DESC, rank DESC, best_due_us LIMIT 1"};
inline constexpr StatementText kSetHostTop{
    "note the best lane of a host",
    "UPDATE crawl_hosts SET top_lane = ?2, top_priority = ?3, top_rank = ?4, top_due_us = ?5 WHERE id = ?1"};
inline constexpr StatementText kFindHostOfLane{"find the host of a lane",
                                               "SELECT host FROM crawl_lanes WHERE id = ?1"};

/// Waiting ones, and those of which the lease is over.
inline constexpr StatementText kFindDueUrls{
    "find the addresses whose time has come",
    "SELECT id, lane, state = 'taken', failures FROM crawl_urls "
    "WHERE ready = 0 AND due_at_us > 0 AND due_at_us <= ?1 ORDER BY due_at_us LIMIT ?2"};
inline constexpr StatementText kReadyUrl{"let an address be taken",
                                         "UPDATE crawl_urls SET state = 'waiting', ready = 1 WHERE id = ?1"};
inline constexpr StatementText kReadyLostUrl{
    "let an address be taken again whose crawler was lost",
    "UPDATE crawl_urls SET state = 'waiting', ready = 1, taken_by = '', failures = failures + 1, "
    "due_at_us = was_due_at_us WHERE id = ?1"};
inline constexpr StatementText kPutOffLostUrl{
    "put off an address with which crawlers were lost",
    "UPDATE crawl_urls SET state = 'waiting', ready = 0, taken_by = '', failures = failures + 1, "
    "due_at_us = ?2, note = 'the crawler was lost with it, ' || (failures + 1) || ' times' WHERE id = ?1"};
inline constexpr StatementText kAbandonUrl{
    "give up an address with which crawlers were lost",
    "UPDATE crawl_urls SET state = 'gone', due_at_us = 0, taken_by = '', failures = failures + 1, "
    "note = 'the crawler was lost with it, ' || (failures + 1) || ' times' WHERE id = ?1"};

inline constexpr StatementText kOpenHosts{
    "open the hosts whose time has come",
    "UPDATE crawl_hosts SET open = 1 WHERE id IN (SELECT id FROM crawl_hosts "
    "WHERE open = 0 AND top_lane > 0 AND free_at_us <= ?1 ORDER BY free_at_us LIMIT ?2)"};
inline constexpr StatementText kTakeHost{
    "take a host",
    "UPDATE crawl_hosts SET open = 0, taken_by = ?2, taken_url = ?3, taken_until_us = ?4 WHERE id = ?1"};
inline constexpr StatementText kLeaseHost{
    "take a host for something else",
    "UPDATE crawl_hosts SET open = 0, taken_by = ?2, taken_url = 0, taken_until_us = ?3 "
    "WHERE key = ?1 AND free_at_us <= ?4"};
/// ?4: the next request not before then; -1: as before.
inline constexpr StatementText kFreeHost{
    "free a host",
    "UPDATE crawl_hosts SET open = 0, taken_by = '', taken_url = 0, taken_until_us = 0, "
    "next_at_us = max(next_at_us, ?4) WHERE id = ?1 AND taken_by = ?2 AND taken_url = ?3"};
inline constexpr StatementText kHoldHost{
    "hold a host",
    "UPDATE crawl_hosts SET taken_until_us = ?4 WHERE id = ?1 AND taken_by = ?2 AND taken_url = ?3"};

inline constexpr StatementText kFindNextHost{
    "find when the next host is free",
    "SELECT free_at_us FROM crawl_hosts WHERE open = 0 AND top_lane > 0 ORDER BY free_at_us LIMIT 1"};
inline constexpr StatementText kHasOpenHost{
    "look for an open host", "SELECT EXISTS (SELECT 1 FROM crawl_hosts WHERE open = 1 AND top_lane > 0)"};
inline constexpr StatementText kFindNextUrl{
    "find when the next address is due",
    "SELECT due_at_us FROM crawl_urls WHERE ready = 0 AND due_at_us > 0 ORDER BY due_at_us LIMIT 1"};

inline constexpr StatementText kFollowSource{
    "tell the lanes of a source of its state",
    "UPDATE crawl_lanes SET priority = ?2, active = ?3 WHERE source = ?1"};
inline constexpr StatementText kListHostsOfSource{
    "list the hosts of a source", "SELECT DISTINCT host FROM crawl_lanes WHERE source = ?1 ORDER BY host"};
inline constexpr StatementText kSourceHasReady{
    "look for work of a source",
    "SELECT EXISTS (SELECT 1 FROM crawl_lanes WHERE source = ?1 AND best_url > 0) OR EXISTS (SELECT 1 "
    "FROM crawl_counts WHERE source = ?1 AND state = 'taken' AND urls > 0)"};

inline constexpr StatementText kFindRemovedSource{"find a source whose frontier is to go",
                                                  "SELECT source FROM crawl_removed LIMIT 1"};
inline constexpr StatementText kRemoveUrls{
    "remove addresses of a source that is gone",
    "DELETE FROM crawl_urls WHERE id IN (SELECT id FROM crawl_urls WHERE source = ?1 LIMIT ?2)"};
inline constexpr StatementText kRemoveLanes{"remove the lanes of a source that is gone",
                                            "DELETE FROM crawl_lanes WHERE source = ?1"};
inline constexpr StatementText kRemoveCounts{"remove the counts of a source that is gone",
                                             "DELETE FROM crawl_counts WHERE source = ?1"};
inline constexpr StatementText kForgetRemoved{"forget a source that is gone",
                                              "DELETE FROM crawl_removed WHERE source = ?1"};

}  // namespace reelprint::store::statements
