// What is asked of the table of uploads.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertUpload{
    "add an upload",
    "INSERT INTO uploads (tenant, length_bytes, metadata, name, created_at_us, expires_at_us, state) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'receiving')"};

inline constexpr StatementText kReadUpload{
    "read an upload",
    "SELECT id, tenant, length_bytes, metadata, name, created_at_us, expires_at_us, state FROM uploads "
    "WHERE id = ?1"};

inline constexpr StatementText kMoveUpload{"note how far an upload is",
                                           "UPDATE uploads SET state = ?3 WHERE id = ?1 AND state = ?2"};

inline constexpr StatementText kRemoveUpload{"remove an upload", "DELETE FROM uploads WHERE id = ?1"};

inline constexpr StatementText kSumUploads{
    "sum up a tenant's uploads", "SELECT coalesce(sum(length_bytes), 0) FROM uploads WHERE tenant = ?1"};

inline constexpr StatementText kListExpiredUploads{"list expired uploads",
                                                   "SELECT id FROM uploads WHERE state <> 'claimed' AND "
                                                   "expires_at_us <= ?1 ORDER BY expires_at_us LIMIT ?2"};

/// A screening needs its upload as long as it has media, a reference as long as it is pending.
inline constexpr StatementText kListUnneededUploads{
    "list the uploads that nobody needs any more",
    "SELECT id FROM uploads WHERE state = 'claimed' AND NOT EXISTS (SELECT 1 FROM screening_requests "
    "WHERE media <> '' AND media = uploads.id || '.part') AND NOT EXISTS (SELECT 1 FROM reference_sources "
    "WHERE kind = 'upload' AND place = CAST(uploads.id AS TEXT)) ORDER BY id LIMIT ?1"};

}  // namespace reelprint::store::statements
