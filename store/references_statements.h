// What the service asks of references, imports and conflicts, statement by statement.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

/// Behind kEntries.
inline constexpr std::string_view kReferencesAfter = " AND reference_cuts.id > ?1";
inline constexpr std::string_view kReferencesOfTenant = " AND holders.tenant = ?3";
inline constexpr std::string_view kReferencesOfHolder = " AND holders.id = ?4";
inline constexpr std::string_view kReferencesOfSeries = " AND series.id = ?5";
inline constexpr std::string_view kReferencesOfEpisode = " AND episodes.id = ?6";
inline constexpr std::string_view kReferencesInState = " AND reference_cuts.state = ?7";
inline constexpr std::string_view kReferencesOfImport = " AND reference_cuts.import = ?8";
inline constexpr std::string_view kReferencesOrder = " ORDER BY reference_cuts.id LIMIT ?2";

inline constexpr StatementText kInsertPending{
    "add a reference",
    "INSERT INTO reference_cuts (episode, cut, language, subtitles, media, file, duration_us, "
    "registered_at_us, aspect, state, import) "
    "VALUES (?1, ?2, ?3, ?4, randomblob(32), ?5, 0, ?6, ?7, 'pending', nullif(?8, 0))"};
inline constexpr StatementText kReadRegistration{
    "read how a reference is registered",
    "SELECT job, coalesce(import, 0), warnings FROM reference_cuts WHERE id = ?1"};
inline constexpr StatementText kSetReferenceJob{"note the job of a reference",
                                                "UPDATE reference_cuts SET job = ?2 WHERE id = ?1"};
inline constexpr StatementText kSetReferenceWarnings{"note the warnings about a reference",
                                                     "UPDATE reference_cuts SET warnings = ?2 WHERE id = ?1"};
inline constexpr StatementText kFindTwin{
    "find the same media under the same cut",
    "SELECT twin.id FROM reference_cuts AS own JOIN reference_cuts AS twin ON twin.episode = own.episode "
    "AND twin.cut = own.cut AND twin.language = own.language AND twin.subtitles = own.subtitles "
    "AND twin.media = ?2 WHERE own.id = ?1 AND twin.id <> ?1"};
inline constexpr StatementText kCompleteReference{
    "note the media of a reference",
    "UPDATE reference_cuts SET media = ?2, duration_us = ?3, version = version + 1 "
    "WHERE id = ?1 AND state = 'pending'"};
inline constexpr StatementText kPutFingerprint{
    "store a fingerprint",
    "INSERT INTO fingerprints (reference, algorithm, bytes) VALUES (?1, ?2, ?3) "
    "ON CONFLICT (reference) DO UPDATE SET algorithm = excluded.algorithm, bytes = excluded.bytes"};
inline constexpr StatementText kDescribeReference{
    "describe a reference",
    "UPDATE reference_cuts SET cut = ?3, language = ?4, subtitles = ?5, aspect = ?6, version = version + 1 "
    "WHERE id = ?1 AND version = ?2"};

inline constexpr StatementText kFindReferenceOfJob{
    "find the reference of a job", "SELECT id FROM reference_cuts WHERE job = ?1 AND job <> 0"};
inline constexpr StatementText kPutSource{
    "note where the media of a reference are",
    "INSERT OR REPLACE INTO reference_sources (reference, kind, place) VALUES (?1, ?2, ?3)"};
inline constexpr StatementText kReadSource{"read where the media of a reference are",
                                           "SELECT kind, place FROM reference_sources WHERE reference = ?1"};
inline constexpr StatementText kFindSpooled{
    "find whose a spooled file is",
    "SELECT 1 FROM reference_sources WHERE kind IN ('spooled', 'fingerprint') AND place = ?1 LIMIT 1"};
inline constexpr StatementText kForgetSource{"forget where the media of a reference were",
                                             "DELETE FROM reference_sources WHERE reference = ?1"};
inline constexpr StatementText kFailReference{
    "give up a pending reference",
    "UPDATE reference_cuts SET state = 'failed', reason = ?2, media = randomblob(32), "
    "version = version + 1 WHERE id = ?1 AND state = 'pending'"};
inline constexpr StatementText kRemoveFingerprint{"remove a fingerprint",
                                                  "DELETE FROM fingerprints WHERE reference = ?1"};

inline constexpr StatementText kRemoveFailedReference{
    "remove a reference that failed", "DELETE FROM reference_cuts WHERE id = ?1 AND state = 'failed'"};

inline constexpr StatementText kInsertImport{
    "add an import", "INSERT INTO imports (tenant, name, row_count, by, at_us) VALUES (?1, ?2, ?3, ?4, ?5)"};
inline constexpr StatementText kReadImport{
    "read an import", "SELECT id, tenant, name, row_count, by, at_us FROM imports WHERE id = ?1"};
inline constexpr StatementText kListImports{
    "list the imports",
    "SELECT id, tenant, name, row_count, by, at_us FROM imports WHERE id > ?1 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kListImportsOfTenant{
    "list the imports of a tenant",
    "SELECT id, tenant, name, row_count, by, at_us FROM imports WHERE tenant = ?3 AND id > ?1 "
    "ORDER BY id LIMIT ?2"};
inline constexpr StatementText kCountImported{
    "count the references of an import",
    "SELECT state, count(*) FROM reference_cuts WHERE import = ?1 GROUP BY state"};

inline constexpr StatementText kInsertConflict{
    "add a conflict",
    "INSERT INTO conflicts (reference, other, score, found_at_us) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (reference, other) DO UPDATE SET state = 'open', score = excluded.score, "
    "found_at_us = excluded.found_at_us, decided_by = '', decided_at_us = 0, reason = '', "
    "version = version + 1 RETURNING id"};
inline constexpr StatementText kRemoveConflictSegments{"remove the segments of a conflict",
                                                       "DELETE FROM conflict_segments WHERE conflict = ?1"};
inline constexpr StatementText kInsertConflictSegment{
    "add a segment of a conflict",
    "INSERT OR REPLACE INTO conflict_segments (conflict, reference_begin_us, reference_end_us, "
    "other_begin_us, other_end_us, distinctive_us, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
inline constexpr StatementText kReadConflictSegments{
    "read the segments of a conflict",
    "SELECT reference_begin_us, reference_end_us, other_begin_us, other_end_us, distinctive_us, score "
    "FROM conflict_segments WHERE conflict = ?1 ORDER BY reference_begin_us, other_begin_us"};
inline constexpr std::string_view kConflicts =
    "SELECT conflicts.id, reference, other, conflicts.state, score, found_at_us, decided_by, decided_at_us, "
    "conflicts.reason, conflicts.version FROM conflicts";
inline constexpr std::string_view kConflictsAfter = " WHERE conflicts.id > ?1";
inline constexpr std::string_view kConflictsInState = " AND conflicts.state = ?3";
inline constexpr std::string_view kConflictsOfReference = " AND (reference = ?4 OR other = ?4)";
inline constexpr std::string_view kConflictsOfTenant =
    " AND EXISTS (SELECT 1 FROM reference_cuts JOIN episodes ON episodes.id = reference_cuts.episode "
    "JOIN series ON series.id = episodes.series JOIN holders ON holders.id = series.holder "
    "WHERE reference_cuts.id IN (conflicts.reference, conflicts.other) AND holders.tenant = ?5)";
inline constexpr std::string_view kConflictsOnly = " AND conflicts.id = ?6";
inline constexpr std::string_view kConflictsOrder = " ORDER BY conflicts.id LIMIT ?2";
inline constexpr StatementText kDecideConflict{
    "decide a conflict",
    "UPDATE conflicts SET state = ?2, decided_by = ?3, decided_at_us = ?4, reason = ?5, "
    "version = version + 1 WHERE id = ?1 AND state = 'open'"};
inline constexpr StatementText kCountOpenConflicts{
    "count the open conflicts of a reference",
    "SELECT count(*) FROM conflicts WHERE reference = ?1 AND state = 'open'"};
inline constexpr StatementText kCloseConflicts{
    "close the open conflicts of a reference",
    "UPDATE conflicts SET state = iif(reference = ?1, 'withdrawn', 'kept'), decided_by = ?2, "
    "decided_at_us = ?3, reason = ?4, version = version + 1 "
    "WHERE state = 'open' AND (reference = ?1 OR other = ?1) RETURNING reference"};

}  // namespace reelprint::store::statements
