// What sightings ask of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

/// What is known stays where nothing new was said; request, case and the first time stay. NULL for a number
/// that was not said: -1.
inline constexpr StatementText kPutSighting{
    "put a sighting",
    "INSERT INTO sightings (tenant, source, location, page_url, bytes, media, title, description, uploader, "
    "uploader_url, series, episode, duration_us, published_at_us, views, likes, thumbnail_url, language, "
    "address, request, in_case, is_up, seen_at_us, checked_at_us, fetched_bytes, took_us, hint) VALUES (?1, "
    "?2, "
    "?3, ?4, ?5, ?6, ?7, ?8, "
    "?9, ?10, ?11, iif(?12 = -1, NULL, ?12), iif(?13 = -1, NULL, ?13), iif(?14 = -1, NULL, ?14), "
    "iif(?15 = -1, NULL, ?15), iif(?16 = -1, NULL, ?16), ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, "
    "?27) "
    "ON CONFLICT (tenant, location, page_url) DO UPDATE SET "
    "source = iif(excluded.source = 0, source, excluded.source), "
    "bytes = iif(excluded.bytes = 0, bytes, excluded.bytes), "
    "media = iif(excluded.media = x'', media, excluded.media), "
    "title = iif(excluded.title = '', title, excluded.title), "
    "description = iif(excluded.description = '', description, excluded.description), "
    "uploader = iif(excluded.uploader = '', uploader, excluded.uploader), "
    "uploader_url = iif(excluded.uploader_url = '', uploader_url, excluded.uploader_url), "
    "series = iif(excluded.series = '', series, excluded.series), "
    "episode = coalesce(excluded.episode, episode), "
    "duration_us = coalesce(excluded.duration_us, duration_us), "
    "published_at_us = coalesce(excluded.published_at_us, published_at_us), "
    "views = coalesce(excluded.views, views), likes = coalesce(excluded.likes, likes), "
    "thumbnail_url = iif(excluded.thumbnail_url = '', thumbnail_url, excluded.thumbnail_url), "
    "language = iif(excluded.language = '', language, excluded.language), "
    "address = iif(excluded.address = '', address, excluded.address), "
    "request = iif(excluded.request = 0, request, excluded.request), "
    "in_case = iif(excluded.in_case = 0, in_case, excluded.in_case), "
    "fetched_bytes = iif(excluded.fetched_bytes = 0, fetched_bytes, excluded.fetched_bytes), "
    "hint = iif(excluded.hint = '', hint, excluded.hint), "
    "took_us = iif(excluded.took_us = 0, took_us, excluded.took_us), "
    "is_up = excluded.is_up, checked_at_us = max(checked_at_us, excluded.checked_at_us) "
    "RETURNING id"};

/// Followed by one of the conditions below.
inline constexpr std::string_view kSelectSightings =
    "SELECT id, tenant, source, location, page_url, bytes, media, title, description, uploader, "
    "uploader_url, series, episode, duration_us, published_at_us, views, likes, thumbnail_url, language, "
    "address, request, in_case, is_up, seen_at_us, checked_at_us, fetched_bytes, took_us, hint FROM "
    "sightings ";
inline constexpr std::string_view kSightingOfId = "WHERE id = ?1";
inline constexpr std::string_view kSightingAt = "WHERE tenant = ?1 AND location = ?2 AND page_url = ?3";
inline constexpr std::string_view kSightingOfRequest =
    "WHERE request = ?1 AND request > 0 ORDER BY id LIMIT 1";
inline constexpr std::string_view kSightingsOfCase = "WHERE in_case = ?1 AND in_case > 0 ORDER BY id";
/// ?1: the id before which they stand, ?2: how many at most.
inline constexpr std::string_view kAllSightings = "WHERE id < ?1 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kSightingsOfTenant =
    "WHERE tenant = ?3 AND id < ?1 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kSightingsOfSource =
    "WHERE source = ?3 AND id < ?1 ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kSightingsOfUploader =
    "WHERE tenant = ?1 AND uploader_url = ?2 AND uploader_url <> '' ORDER BY id LIMIT ?3";
inline constexpr std::string_view kSightingsOfMedia =
    "WHERE tenant = ?1 AND media = ?2 AND media <> x'' ORDER BY id LIMIT ?3";
inline constexpr std::string_view kSightingsDue =
    "WHERE in_case > 0 AND next_check_at_us > 0 AND next_check_at_us <= ?1 ORDER BY next_check_at_us LIMIT "
    "?2";

inline constexpr StatementText kSetSightingCase{
    "put a sighting into a case",
    "UPDATE sightings SET in_case = ?2, next_check_at_us = iif(next_check_at_us > 0, next_check_at_us, "
    "max(seen_at_us, checked_at_us) + ?3) WHERE id = ?1"};
inline constexpr StatementText kSetSightingRequest{"note what screened a sighting",
                                                   "UPDATE sightings SET request = ?2 WHERE id = ?1"};
inline constexpr StatementText kInsertSightingCheck{
    "add a look at a sighting",
    "INSERT INTO sighting_checks (sighting, at_us, is_up, page_status, media_status, why) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
inline constexpr StatementText kFollowCheck{
    "note whether a sighting is up",
    "UPDATE sightings SET is_up = ?3, checked_at_us = ?2, next_check_at_us = ?4 WHERE id = ?1"};
inline constexpr StatementText kListSightingChecks{
    "list the looks at a sighting",
    "SELECT sighting, at_us, is_up, page_status, media_status, why FROM sighting_checks WHERE sighting = ?1 "
    "ORDER BY id"};
inline constexpr StatementText kInsertCapture{
    "add a capture",
    "INSERT INTO captures (sighting, file, digest, bytes, screenshot, screenshot_missing_why, at_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
inline constexpr StatementText kListCaptures{
    "list the captures of a sighting",
    "SELECT id, sighting, file, digest, bytes, screenshot, screenshot_missing_why, at_us FROM captures "
    "WHERE sighting = ?1 ORDER BY id"};

}  // namespace reelprint::store::statements
