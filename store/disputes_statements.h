// What the disputes' part asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertDispute{
    "open a dispute",
    "INSERT OR IGNORE INTO disputes (in_case, decision, tenant, appeal_of, statement, contact, state, "
    "opened_by, opened_at_us, due_at_us) "
    "VALUES (?1, ?2, ?3, nullif(?4, 0), ?5, ?6, 'open', ?7, ?8, ?9)"};
/// A listing is kDisputes, those of the conditions that a filter asks for, and kDisputesOrder.
inline constexpr std::string_view kDisputes =
    "SELECT id, in_case, decision, tenant, coalesce(appeal_of, 0), statement, contact, state, opened_by, "
    "decided_by, why, opened_at_us, due_at_us, decided_at_us, version FROM disputes WHERE id < ?1";
inline constexpr std::string_view kDisputesOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kDisputesOfHoldersTenant =
    " AND EXISTS (SELECT 1 FROM cases WHERE cases.id = in_case AND cases.tenant = ?4)";
inline constexpr std::string_view kDisputesOfCase = " AND in_case = ?5";
inline constexpr std::string_view kDisputesInState = " AND state = ?6";
inline constexpr std::string_view kDisputesOrder = " ORDER BY id DESC LIMIT ?2";
inline constexpr StatementText kReadDispute{
    "read a dispute",
    "SELECT id, in_case, decision, tenant, coalesce(appeal_of, 0), statement, contact, state, opened_by, "
    "decided_by, why, opened_at_us, due_at_us, decided_at_us, version FROM disputes WHERE id = ?1"};
inline constexpr StatementText kReadAppeal{
    "read an appeal",
    "SELECT id, in_case, decision, tenant, coalesce(appeal_of, 0), statement, contact, state, opened_by, "
    "decided_by, why, opened_at_us, due_at_us, decided_at_us, version FROM disputes WHERE appeal_of = ?1"};
inline constexpr StatementText kDecideDispute{
    "decide a dispute",
    "UPDATE disputes SET state = ?2, why = ?3, decided_by = ?4, decided_at_us = ?5, version = version + 1 "
    "WHERE id = ?1 AND state = 'open'"};
inline constexpr StatementText kListOverdueDisputes{
    "list overdue disputes",
    "SELECT id, in_case, decision, tenant, coalesce(appeal_of, 0), statement, contact, state, opened_by, "
    "decided_by, why, opened_at_us, due_at_us, decided_at_us, version FROM disputes "
    "INDEXED BY disputes_overdue WHERE state = 'open' AND told_overdue = 0 AND due_at_us <= ?1 ORDER BY "
    "due_at_us LIMIT ?2"};
inline constexpr StatementText kTellOverdueDispute{"note that a dispute is overdue",
                                                   "UPDATE disputes SET told_overdue = 1 WHERE id = ?1"};

}  // namespace reelprint::store::statements
