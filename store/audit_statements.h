// What the audit log asks of the database.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kLastAuditEntry{"find the newest audit entry",
                                               "SELECT id, digest FROM audit ORDER BY id DESC LIMIT 1"};
inline constexpr StatementText kInsertAuditEntry{
    "append to the audit log",
    "INSERT INTO audit (id, at_us, actor, tenant, action, object, request, detail, previous, digest, "
    "salt) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"};

/// A listing is kAuditEntries, those of the conditions that a filter asks for, and kAuditOrder. Parameters
/// in a condition that is left out are not asked for.
inline constexpr std::string_view kAuditEntries =
    "SELECT id, at_us, actor, tenant, action, object, request, detail, previous, digest, salt FROM audit "
    "WHERE id < ?1";
inline constexpr std::string_view kAuditOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kAuditOfActor = " AND actor = ?4";
inline constexpr std::string_view kAuditOfAction = " AND action = ?5";
inline constexpr std::string_view kAuditOfTopic = " AND substr(action, 1, instr(action, '.')) = ?5";
inline constexpr std::string_view kAuditOfObject = " AND object = ?6";
inline constexpr std::string_view kAuditOrder = " ORDER BY id DESC LIMIT ?2";

inline constexpr StatementText kReadAuditLog{
    "read the audit log",
    "SELECT id, at_us, actor, tenant, action, object, request, detail, previous, digest, salt FROM audit "
    "ORDER BY id"};
inline constexpr StatementText kAuditAfter{
    "read a part of the audit log",
    "SELECT id, at_us, actor, tenant, action, object, request, detail, previous, digest, salt FROM audit "
    "WHERE id > ?1 ORDER BY id LIMIT ?2"};
inline constexpr StatementText kDrawSalt{"draw a salt", "SELECT lower(hex(randomblob(16)))"};
inline constexpr StatementText kCountAppended{"count what was ever appended to the audit log",
                                              "SELECT seq FROM sqlite_sequence WHERE name = 'audit'"};

}  // namespace reelprint::store::statements
