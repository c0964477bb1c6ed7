// What the sources of the crawl and their rounds ask of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertCrawlSource{
    "add a source",
    "INSERT INTO crawl_sources (tenant, name, kind, start_urls, hosts, path_prefixes, excluded_prefixes, "
    "most_depth, most_pages, most_bytes, most_time_s, most_host_pages, most_host_bytes, every_min, at_min, "
    "priority, depth, obeys_nofollow, obeys_noindex, uses_extractor, territory, state, next_round_at_us, "
    "created_at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "
    "?19, ?20, ?21, ?22, ?23, ?24)"};
inline constexpr StatementText kUpdateCrawlSource{
    "change a source",
    "UPDATE crawl_sources SET name = ?2, kind = ?3, start_urls = ?4, hosts = ?5, path_prefixes = ?6, "
    "excluded_prefixes = ?7, most_depth = ?8, most_pages = ?9, most_bytes = ?10, most_time_s = ?11, "
    "most_host_pages = ?12, most_host_bytes = ?13, every_min = ?14, at_min = ?15, priority = ?16, "
    "depth = ?17, obeys_nofollow = ?18, obeys_noindex = ?19, uses_extractor = ?20, territory = ?21, "
    "state = ?22, next_round_at_us = ?23, version = version + 1 WHERE id = ?24 AND version = ?1"};
inline constexpr StatementText kRemoveCrawlSource{"remove a source",
                                                  "DELETE FROM crawl_sources WHERE id = ?1"};
inline constexpr StatementText kMarkRemoved{"note that a source's frontier is to go",
                                            "INSERT INTO crawl_removed (source) VALUES (?1)"};

/// Followed by one of the conditions below.
inline constexpr std::string_view kSelectCrawlSources =
    "SELECT id, tenant, name, kind, start_urls, hosts, path_prefixes, excluded_prefixes, most_depth, "
    "most_pages, most_bytes, most_time_s, most_host_pages, most_host_bytes, every_min, at_min, priority, "
    "depth, obeys_nofollow, obeys_noindex, uses_extractor, territory, state, next_round_at_us, version, "
    "created_at_us FROM crawl_sources ";
inline constexpr std::string_view kCrawlSourceOfId = "WHERE id = ?1";
inline constexpr std::string_view kCrawlSourceOfName = "WHERE tenant = ?1 AND name = ?2";
/// ?1: the id after which they stand, ?2: how many at most.
inline constexpr std::string_view kAllCrawlSources = "WHERE id > ?1 ORDER BY id LIMIT ?2";
inline constexpr std::string_view kCrawlSourcesOfTenant =
    "WHERE tenant = ?3 AND id > ?1 ORDER BY id LIMIT ?2";
inline constexpr std::string_view kDueCrawlSources =
    "WHERE state = 'active' AND next_round_at_us <= ?1 ORDER BY next_round_at_us";

inline constexpr StatementText kSetNextRound{"set a source's next round",
                                             "UPDATE crawl_sources SET next_round_at_us = ?2 WHERE id = ?1"};
inline constexpr StatementText kInsertRound{
    "begin a round",
    "INSERT INTO crawl_rounds (source, number, began_at_us) VALUES (?1, "
    "coalesce((SELECT max(number) FROM crawl_rounds WHERE source = ?1), 0) + 1, ?2)"};
inline constexpr StatementText kEndRound{
    "end a round",
    "UPDATE crawl_rounds SET ended_at_us = ?3, stopped_by = ?2 WHERE source = ?1 AND ended_at_us = 0"};
inline constexpr StatementText kCountInRound{
    "count in a round",
    "UPDATE crawl_rounds SET requests = requests + ?2, pages = pages + ?3, bytes = bytes + ?4, "
    "bytes_offered = bytes_offered + ?5, videos_found = videos_found + ?6, "
    "videos_screened = videos_screened + ?7, videos_fetched_whole = videos_fetched_whole + ?8, "
    "matched = matched + ?9, refused = refused + ?10, failed = failed + ?11, media_s = media_s + ?12, "
    "cpu_s = cpu_s + ?13, video_bytes = video_bytes + ?14, video_s = video_s + ?15 WHERE source = ?1 AND "
    "number = (SELECT max(number) FROM crawl_rounds WHERE source = "
    "?1)"};
/// ?16: the day.
inline constexpr StatementText kCountInDay{
    "count in a day",
    "INSERT INTO crawl_days (source, day, tenant, requests, pages, bytes, bytes_offered, videos_found, "
    "videos_screened, videos_fetched_whole, matched, refused, failed, media_s, cpu_s, video_bytes, video_s) "
    "VALUES (?1, ?16, "
    "coalesce((SELECT tenant FROM crawl_sources WHERE id = ?1), 0), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
    "?11, ?12, ?13, ?14, ?15) ON CONFLICT (source, day) DO UPDATE SET requests = requests + ?2, pages = "
    "pages + ?3, "
    "bytes = bytes + ?4, bytes_offered = bytes_offered + ?5, videos_found = videos_found + ?6, "
    "videos_screened = videos_screened + ?7, videos_fetched_whole = videos_fetched_whole + ?8, "
    "matched = matched + ?9, refused = refused + ?10, failed = failed + ?11, media_s = media_s + ?12, "
    "cpu_s = cpu_s + ?13, video_bytes = video_bytes + ?14, video_s = video_s + ?15"};
inline constexpr std::string_view kSelectRounds =
    "SELECT source, number, began_at_us, ended_at_us, requests, pages, bytes, bytes_offered, videos_found, "
    "videos_screened, videos_fetched_whole, matched, refused, failed, media_s, cpu_s, video_bytes, video_s, "
    "stopped_by "
    "FROM crawl_rounds ";
inline constexpr std::string_view kRoundsOfSource =
    "WHERE source = ?1 AND number < ?2 ORDER BY number DESC LIMIT ?3";

/// ?3: pages, ?4: bytes, ?5: now.
inline constexpr StatementText kCountOfSourceHost{
    "count what a source has asked of a host",
    "INSERT INTO crawl_source_hosts (source, host, round, round_pages, round_bytes, pages, bytes, "
    "first_at_us, last_at_us) SELECT ?1, ?2, r.number, ?3, ?4, ?3, ?4, ?5, ?5 FROM (SELECT "
    "coalesce(max(number), 0) AS number FROM crawl_rounds WHERE source = ?1) r WHERE true "
    "ON CONFLICT (source, host) DO UPDATE SET "
    "round_pages = iif(round = excluded.round, round_pages, 0) + ?3, "
    "round_bytes = iif(round = excluded.round, round_bytes, 0) + ?4, round = excluded.round, "
    "pages = pages + ?3, bytes = bytes + ?4, last_at_us = ?5"};
inline constexpr StatementText kReadSourceHost{
    "read what a source has asked of a host in its round",
    "SELECT c.round_pages, c.round_bytes FROM crawl_hosts h JOIN crawl_source_hosts c "
    "ON c.source = ?1 AND c.host = h.id WHERE h.key = ?2 "
    "AND c.round = (SELECT max(number) FROM crawl_rounds WHERE source = ?1)"};

/// ?1, ?2: the first and the last day; followed by one of the conditions below.
inline constexpr std::string_view kSumDays =
    "SELECT source, sum(requests), sum(pages), sum(bytes), sum(bytes_offered), sum(videos_found), "
    "sum(videos_screened), sum(videos_fetched_whole), sum(matched), sum(refused), sum(failed), sum(media_s), "
    "sum(cpu_s), sum(video_bytes), sum(video_s) FROM crawl_days WHERE day BETWEEN ?1 AND ?2 ";
inline constexpr std::string_view kDaysOfSource = "AND source = ?3 ";
inline constexpr std::string_view kDaysOfTenant = "AND tenant = ?3 ";
inline constexpr std::string_view kSumDaysOrder = "GROUP BY source ORDER BY source";
inline constexpr StatementText kCountHostsOfSource{
    "count the hosts that a source has asked",
    "SELECT count(*) FROM crawl_source_hosts WHERE source = ?1 AND last_at_us >= ?2 AND first_at_us <= ?3"};
/// ?1: 0, or a tenant.
inline constexpr StatementText kCountHosts{
    "count the hosts that were asked",
    "SELECT count(DISTINCT host) FROM crawl_source_hosts WHERE last_at_us >= ?2 AND first_at_us <= ?3 "
    "AND (?1 = 0 OR source IN (SELECT source FROM crawl_days WHERE tenant = ?1))"};
}  // namespace reelprint::store::statements
