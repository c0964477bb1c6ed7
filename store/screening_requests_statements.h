// What the parts of screening requests and decisions ask of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertRequest{
    "add a screening request",
    "INSERT INTO screening_requests (tenant, account, channel, url, territory, title, published_at_us, key, "
    "name, source_kind, source, media, effort, with_audio, priority, state, job, decision, action, "
    "error_code, error, created_at_us, ended_at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
    "iif(?23, ?7, NULL), ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, 0)"};

/// A listing is kRequests, those of the conditions that a filter asks for, and kRequestsOrder.
inline constexpr std::string_view kRequests =
    "SELECT id, tenant, account, channel, url, territory, title, published_at_us, key, name, source_kind, "
    "source, media, effort, with_audio, priority, state, job, screening, decision, action, error_code, "
    "error, "
    "created_at_us, ended_at_us, version FROM screening_requests WHERE id < ?1";
inline constexpr std::string_view kRequestsOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kRequestsOfHoldersTenant =
    " AND EXISTS (SELECT 1 FROM decisions JOIN holders ON holders.id = decisions.holder "
    "WHERE decisions.request = screening_requests.id AND holders.tenant = ?4)";
inline constexpr std::string_view kRequestsInState = " AND state = ?5";
inline constexpr std::string_view kRequestsDecided = " AND decision = ?6 AND state = 'done'";
inline constexpr std::string_view kRequestsOfAccount = " AND account = ?7";
inline constexpr std::string_view kRequestsFrom = " AND created_at_us >= ?8";
inline constexpr std::string_view kRequestsUntil = " AND created_at_us < ?9";
inline constexpr std::string_view kRequestsOrder = " ORDER BY id DESC LIMIT ?2";
inline constexpr StatementText kReadRequest{
    "read a screening request",
    "SELECT id, tenant, account, channel, url, territory, title, published_at_us, key, name, source_kind, "
    "source, media, effort, with_audio, priority, state, job, screening, decision, action, error_code, "
    "error, "
    "created_at_us, ended_at_us, version FROM screening_requests WHERE id = ?1"};

inline constexpr StatementText kGiveRequestItsJob{"note the job of a screening request",
                                                  "UPDATE screening_requests SET job = ?2 WHERE id = ?1"};
inline constexpr StatementText kBeginRequest{"begin a screening request",
                                             "UPDATE screening_requests SET state = 'running', version = "
                                             "version + 1 WHERE id = ?1 AND state = 'queued'"};
inline constexpr StatementText kGiveRequestItsMedia{
    "note the media of a screening request",
    "UPDATE screening_requests SET media = ?2 WHERE id = ?1 AND state IN ('queued', 'running')"};
inline constexpr StatementText kFinishRequest{
    "finish a screening request",
    "UPDATE screening_requests SET state = 'done', screening = ?2, decision = ?3, action = ?4, "
    "ended_at_us = iif(ended_at_us = 0, ?5, ended_at_us), version = version + 1 "
    "WHERE id = ?1 AND state IN ('queued', 'running', 'done')"};
inline constexpr StatementText kDecideRequest{
    "note what a screening request comes to",
    "UPDATE screening_requests SET decision = ?2, action = ?3, version = version + 1 "
    "WHERE id = ?1 AND (decision <> ?2 OR action <> ?3)"};
inline constexpr StatementText kEndRequest{
    "end a screening request",
    "UPDATE screening_requests SET state = ?2, error_code = ?3, error = ?4, ended_at_us = ?5, "
    "version = version + 1 WHERE id = ?1 AND state IN ('queued', 'running')"};
inline constexpr StatementText kReopenRequest{
    "queue a screening request again",
    "UPDATE screening_requests SET state = 'queued', error_code = '', error = '', ended_at_us = 0, "
    "media_until_us = NULL, version = version + 1 WHERE id = ?1 AND state IN ('failed', 'cancelled')"};
inline constexpr StatementText kLinkScreening{"note whose result a screening is",
                                              "UPDATE screenings SET request = ?2 WHERE id = ?1"};
inline constexpr StatementText kListResults{"list the results of a screening request",
                                            "SELECT id FROM screenings WHERE request = ?1 ORDER BY id"};

inline constexpr StatementText kCountRequestsOfTenant{
    "count a tenant's screening requests",
    "SELECT count(*) FROM screening_requests WHERE tenant = ?1 AND created_at_us >= ?2"};
inline constexpr StatementText kCountRequestsOfKey{
    "count a key's screening requests",
    "SELECT count(*) FROM screening_requests WHERE key = ?1 AND created_at_us >= ?2"};

// Media and fingerprints.

inline constexpr StatementText kKeepMedia{"say how long media are kept",
                                          "UPDATE screening_requests SET media_until_us = ?2 WHERE id = ?1"};
inline constexpr StatementText kListMediaDue{
    "list the media to be removed",
    "SELECT id, media FROM screening_requests WHERE media <> '' AND media_until_us <= ?1 LIMIT ?2"};
inline constexpr StatementText kForgetMedia{
    "forget the media of a screening request",
    "UPDATE screening_requests SET media = '', media_until_us = NULL WHERE id = ?1"};
inline constexpr StatementText kFindMedia{
    "find whose a media file is",
    "SELECT 1 FROM screening_requests WHERE media <> '' AND media = ?1 LIMIT 1"};

inline constexpr StatementText kKeepUploadFingerprint{
    "keep an upload's fingerprint",
    "INSERT INTO upload_fingerprints (request, algorithm, forget_at_us, bytes) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (request) DO UPDATE SET algorithm = ?2, forget_at_us = ?3, bytes = ?4"};
inline constexpr StatementText kReadUploadFingerprint{
    "read an upload's fingerprint",
    "SELECT bytes FROM upload_fingerprints WHERE request = ?1 AND algorithm = ?2"};
inline constexpr StatementText kListUploadFingerprints{
    "list the uploads' fingerprints",
    "SELECT request FROM upload_fingerprints WHERE request > ?1 AND algorithm = ?2 AND forget_at_us > ?3 "
    "ORDER BY request LIMIT ?4"};
inline constexpr StatementText kForgetUploadFingerprints{
    "forget uploads' fingerprints", "DELETE FROM upload_fingerprints WHERE forget_at_us <= ?1"};

}  // namespace reelprint::store::statements
