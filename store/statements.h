// What the catalog, the negative bank and the screenings ask of the database, statement by statement; here
// rather than beside their one user each, so that a test can check every query plan.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

// Holders, series, episodes.

inline constexpr StatementText kFindHolder{
    "find a holder", "SELECT id FROM holders WHERE name = ?1 ORDER BY coalesce(tenant, 0), id LIMIT 1"};
inline constexpr StatementText kInsertHolder{"add a holder", "INSERT INTO holders (name) VALUES (?1)"};

inline constexpr StatementText kFindSeries{"find a series",
                                           "SELECT id FROM series WHERE holder = ?1 AND name = ?2"};
inline constexpr StatementText kInsertSeries{"add a series",
                                             "INSERT INTO series (holder, name) VALUES (?1, ?2)"};

inline constexpr StatementText kFindEpisode{
    "find an episode", "SELECT id FROM episodes WHERE series = ?1 AND season = ?2 AND number = ?3"};
inline constexpr StatementText kInsertEpisode{
    "add an episode",
    "INSERT INTO episodes (series, season, number, title, licence_number, eidr, isan) "
    "VALUES (?1, ?2, ?3, '', '', '', '')"};
/// ?1 is a reference of the episode. Changes a row only where a field is given and differs.
inline constexpr StatementText kDescribeEpisode{
    "describe an episode",
    "UPDATE episodes SET "
    "title = iif(?2 = '', title, ?2), "
    "licence_number = iif(?3 = '', licence_number, ?3), "
    "eidr = iif(?4 = '', eidr, ?4), "
    "isan = iif(?5 = '', isan, ?5) "
    "WHERE id = (SELECT episode FROM reference_cuts WHERE id = ?1) AND "
    "((?2 <> '' AND ?2 <> title) OR (?3 <> '' AND ?3 <> licence_number) OR "
    "(?4 <> '' AND ?4 <> eidr) OR (?5 <> '' AND ?5 <> isan))"};

// References.

inline constexpr StatementText kFindReference{
    "find a reference",
    "SELECT reference_cuts.id FROM holders "
    "JOIN series ON series.holder = holders.id "
    "JOIN episodes ON episodes.series = series.id "
    "JOIN reference_cuts ON reference_cuts.episode = episodes.id "
    "WHERE holders.name = ?1 AND series.name = ?2 AND season = ?3 AND number = ?4 "
    "AND cut = ?5 AND language = ?6 AND subtitles = ?7 AND media = ?8"};
inline constexpr StatementText kInsertReference{
    "add a reference",
    "INSERT INTO reference_cuts "
    "(episode, cut, language, subtitles, media, file, duration_us, registered_at_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
inline constexpr StatementText kMoveReferenceFile{
    "note where a reference's file is",
    "UPDATE reference_cuts SET file = ?2 WHERE id = ?1 AND ?2 <> '' AND file <> ?2"};

inline constexpr StatementText kSetReferenceState{
    "change the state of a reference",
    "UPDATE reference_cuts SET state = ?2, reason = ?3, version = version + 1 WHERE id = ?1"};
inline constexpr StatementText kReviveReference{
    "bring back a retracted reference",
    "UPDATE reference_cuts SET state = 'active', reason = '', version = version + 1 "
    "WHERE id = ?1 AND state = 'retracted'"};
inline constexpr StatementText kRemoveExcluded{"remove the excluded intervals of a reference",
                                               "DELETE FROM excluded_intervals WHERE reference = ?1"};
inline constexpr StatementText kInsertExcluded{
    "add an excluded interval",
    "INSERT INTO excluded_intervals (reference, begin_us, end_us, why) VALUES (?1, ?2, ?3, ?4)"};
inline constexpr StatementText kReadExcluded{
    "read the excluded intervals of a reference",
    "SELECT begin_us, end_us, why FROM excluded_intervals WHERE reference = ?1 ORDER BY begin_us"};

/// Each of the three returns what it was part of, so that the next can ask whether that is empty now.
inline constexpr StatementText kRemoveReference{"remove a reference",
                                                "DELETE FROM reference_cuts WHERE id = ?1 RETURNING episode"};
inline constexpr StatementText kRemoveEmptyEpisode{
    "remove an empty episode",
    "DELETE FROM episodes WHERE id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM reference_cuts WHERE episode = ?1) RETURNING series"};
inline constexpr StatementText kRemoveEmptySeries{
    "remove an empty series",
    "DELETE FROM series WHERE id = ?1 "
    "AND NOT EXISTS (SELECT 1 FROM episodes WHERE series = ?1) RETURNING holder"};
inline constexpr StatementText kRemoveEmptyHolder{
    "remove an empty holder",
    "DELETE FROM holders WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM series WHERE holder = ?1) "
    "AND NOT EXISTS (SELECT 1 FROM licences WHERE holder = ?1) "
    "AND NOT EXISTS (SELECT 1 FROM policies WHERE holder = ?1) "
    "AND NOT EXISTS (SELECT 1 FROM allow_entries WHERE holder = ?1) "
    "AND NOT EXISTS (SELECT 1 FROM ownerships WHERE holder = ?1)"};

/// A listing is kEntries, those of the conditions that a filter asks for, and kEntriesOrder.
inline constexpr std::string_view kEntries =
    "SELECT reference_cuts.id, cut, language, subtitles, file, media, duration_us, registered_at_us, "
    "aspect, state, reason, reference_cuts.version, "
    "episodes.id, season, number, title, licence_number, eidr, isan, episodes.version, "
    "series.id, series.name, series.version, "
    "holders.id, holders.name, coalesce(holders.tenant, 0), holders.version FROM holders "
    "JOIN series ON series.holder = holders.id "
    "JOIN episodes ON episodes.series = series.id "
    "JOIN reference_cuts ON reference_cuts.episode = episodes.id WHERE true";
inline constexpr std::string_view kOfHolder = " AND holders.name = ?1";
inline constexpr std::string_view kOfSeries = " AND series.name = ?2";
inline constexpr std::string_view kOfSeason = " AND season = ?3";
inline constexpr std::string_view kOfEpisode = " AND number = ?4";
inline constexpr std::string_view kOfReference = " AND reference_cuts.id = ?5";
inline constexpr std::string_view kEntriesOrder =
    " ORDER BY holders.name, series.name, season, number, cut, language, reference_cuts.id";

inline constexpr StatementText kCountCatalog{
    "count the catalog",
    "SELECT (SELECT count(*) FROM holders), (SELECT count(*) FROM series), (SELECT count(*) FROM episodes), "
    "(SELECT count(*) FROM screenings), count(*), coalesce(sum(duration_us), 0), "
    "(SELECT coalesce(sum(length(bytes)), 0) FROM fingerprints) FROM reference_cuts"};

// Fingerprints.

inline constexpr StatementText kInsertFingerprint{
    "add a fingerprint", "INSERT INTO fingerprints (reference, algorithm, bytes) VALUES (?1, ?2, ?3)"};
inline constexpr StatementText kReplaceFingerprint{
    "replace a fingerprint",
    "UPDATE fingerprints SET algorithm = ?2, bytes = ?3 WHERE reference = ?1 AND algorithm <> ?2"};
/// Of what is searched: neither claimed by somebody else nor retracted.
inline constexpr StatementText kListFingerprinted{
    "list the fingerprints",
    "SELECT reference FROM fingerprints WHERE algorithm = ?1 AND reference NOT IN "
    "(SELECT id FROM reference_cuts WHERE state IN ('pending', 'held', 'retracted', 'failed')) "
    "ORDER BY reference"};
inline constexpr StatementText kCountOtherFingerprints{
    "count the fingerprints of other algorithms",
    "SELECT (SELECT count(*) FROM fingerprints WHERE algorithm < ?1) + "
    "(SELECT count(*) FROM fingerprints WHERE algorithm > ?1)"};
inline constexpr StatementText kReadFingerprint{
    "read a fingerprint",
    "SELECT bytes, episodes.id, episodes.series FROM fingerprints "
    "JOIN reference_cuts ON reference_cuts.id = fingerprints.reference "
    "JOIN episodes ON episodes.id = reference_cuts.episode WHERE fingerprints.reference = ?1"};

// The negative bank.

inline constexpr StatementText kFindNegative{"find a negative",
                                             "SELECT id, algorithm FROM negatives WHERE media = ?1"};
inline constexpr StatementText kInsertNegative{
    "add a negative",
    "INSERT INTO negatives (name, media, duration_us, algorithm, bytes, added_at_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"};
inline constexpr StatementText kReplaceNegative{
    "replace a negative's fingerprint",
    "UPDATE negatives SET duration_us = ?2, algorithm = ?3, bytes = ?4 WHERE id = ?1"};
inline constexpr StatementText kRemoveNegative{"remove a negative", "DELETE FROM negatives WHERE id = ?1"};
inline constexpr StatementText kListNegatives{
    "list the negatives",
    "SELECT id, name, media, duration_us, algorithm, added_at_us FROM negatives ORDER BY id"};
inline constexpr StatementText kListFingerprintedNegatives{
    "list the negatives of an algorithm", "SELECT id FROM negatives WHERE algorithm = ?1 ORDER BY id"};
inline constexpr StatementText kReadNegative{"read a negative's fingerprint",
                                             "SELECT bytes FROM negatives WHERE id = ?1"};

// Screenings.

/// Appends the text ?2 to the JSON array ?1.
inline constexpr StatementText kAppendToJson{"write the reasons of a screening",
                                             "SELECT json_insert(?1, '$[#]', ?2)"};
inline constexpr StatementText kInsertScreening{
    "add a screening",
    "INSERT INTO screenings (query, media, duration_us, effort, with_audio, damaged, decision, reasons, "
    "decode_s, fingerprint_s, search_s, media_s, screened_at_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"};
inline constexpr StatementText kReadScreening{
    "read a screening",
    "SELECT query, media, duration_us, effort, with_audio, damaged, decision, "
    "decode_s, fingerprint_s, search_s, media_s, screened_at_us FROM screenings WHERE id = ?1"};
inline constexpr StatementText kReadReasons{
    "read the reasons of a screening",
    "SELECT value, reason.type FROM screenings, json_each(reasons) AS reason "
    "WHERE screenings.id = ?1 ORDER BY reason.key"};

/// Adds nothing when the reference ?2 is gone.
inline constexpr StatementText kInsertMatch{
    "add a match",
    "INSERT INTO matches (screening, reference, query_begin_us, query_end_us, reference_begin_us, "
    "reference_end_us, speed, mirrored, score, log10_false_alarms, distinctive_us, names_episode, agreeing, "
    "compared, sound_agreement, moment_agreement, pairs, found_by, inliers, confirmed, "
    "moment_pictures, negative_us) "
    "SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, "
    "?22 "
    "FROM reference_cuts WHERE id = ?2"};
/// In the order in which they were added.
inline constexpr StatementText kReadMatches{
    "read the matches of a screening",
    "SELECT reference, episodes.id, episodes.series, query_begin_us, query_end_us, reference_begin_us, "
    "reference_end_us, speed, mirrored, score, log10_false_alarms, distinctive_us, names_episode, agreeing, "
    "compared, sound_agreement, moment_agreement, pairs, found_by, inliers, confirmed, "
    "moment_pictures, negative_us FROM matches "
    "JOIN reference_cuts ON reference_cuts.id = matches.reference "
    "JOIN episodes ON episodes.id = reference_cuts.episode WHERE screening = ?1 ORDER BY matches.id"};

// Health.

inline constexpr StatementText kCheckIntegrity{"check the integrity", "PRAGMA integrity_check"};
inline constexpr StatementText kCheckForeignKeys{"check the foreign keys", "PRAGMA foreign_key_check"};

}  // namespace reelprint::store::statements
