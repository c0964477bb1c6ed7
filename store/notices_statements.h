// What the notices' part asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertNotice{
    "add a notice",
    "INSERT INTO notices (tenant, holder, kind, language, fields, state, drafted_by, approved_by, signatory, "
    "confirmation, sent_way, remark, recipient_number, drafted_at_us, approved_at_us, sent_at_us, "
    "answered_at_us, due_at_us, put_back_from_us, put_back_until_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)"};
inline constexpr StatementText kUpdateNotice{
    "update a notice",
    "UPDATE notices SET kind = ?3, language = ?4, fields = ?5, state = ?6, drafted_by = ?7, "
    "approved_by = ?8, signatory = ?9, confirmation = ?10, sent_way = ?11, remark = ?12, "
    "recipient_number = ?13, approved_at_us = ?14, sent_at_us = ?15, answered_at_us = ?16, "
    "told_overdue = told_overdue AND due_at_us = ?17, due_at_us = ?17, put_back_from_us = ?18, "
    "put_back_until_us = ?19, version = version + 1 WHERE id = ?1 AND version = ?2"};
inline constexpr std::string_view kNoticeColumns =
    "SELECT id, tenant, holder, kind, language, fields, state, drafted_by, approved_by, signatory, "
    "confirmation, sent_way, remark, recipient_number, drafted_at_us, approved_at_us, sent_at_us, "
    "answered_at_us, due_at_us, put_back_from_us, put_back_until_us, version FROM notices";
/// A listing is kNoticeColumns and kNoticesBefore, those of the conditions that a filter asks for, and
/// kNoticesOrder.
inline constexpr std::string_view kNoticesBefore = " WHERE id < ?1";
inline constexpr std::string_view kNoticesOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kNoticesOfCase =
    " AND id IN (SELECT notice FROM notice_cases WHERE in_case = ?4)";
inline constexpr std::string_view kNoticesInState = " AND state = ?5";
inline constexpr std::string_view kNoticesOrder = " ORDER BY id DESC LIMIT ?2";
inline constexpr std::string_view kNoticeById = " WHERE id = ?1";
inline constexpr std::string_view kNoticesOverdue =
    " WHERE due_at_us > 0 AND told_overdue = 0 AND due_at_us <= ?1 ORDER BY due_at_us LIMIT ?2";
inline constexpr StatementText kTellOverdueNotice{"note that a notice is overdue",
                                                  "UPDATE notices SET told_overdue = 1 WHERE id = ?1"};
inline constexpr StatementText kForgetNoticeCases{"forget the cases of a notice",
                                                  "DELETE FROM notice_cases WHERE notice = ?1"};
inline constexpr StatementText kForgetNoticeDecisions{"forget the decisions of a notice",
                                                      "DELETE FROM notice_decisions WHERE notice = ?1"};
inline constexpr StatementText kInsertNoticeCase{
    "add a case to a notice", "INSERT OR IGNORE INTO notice_cases (notice, in_case) VALUES (?1, ?2)"};
inline constexpr StatementText kInsertNoticeDecision{
    "add a decision to a notice",
    "INSERT OR IGNORE INTO notice_decisions (notice, decision) VALUES (?1, ?2)"};
inline constexpr StatementText kListNoticeCases{
    "list the cases of a notice", "SELECT in_case FROM notice_cases WHERE notice = ?1 ORDER BY in_case"};
inline constexpr StatementText kListNoticeDecisions{
    "list the decisions of a notice",
    "SELECT decision FROM notice_decisions WHERE notice = ?1 ORDER BY decision"};
inline constexpr StatementText kNamesDecision{
    "ask whether a notice names a decision",
    "SELECT 1 FROM case_decisions AS asked "
    "JOIN case_decisions AS filed ON filed.request = asked.request AND filed.in_case = asked.in_case "
    "JOIN notice_decisions ON notice_decisions.decision = filed.decision "
    "JOIN notices ON notices.id = notice WHERE asked.decision = ?1 "
    "AND state NOT IN ('drafted', 'approved', 'withdrawn') AND kind IN ('dmca', 'dsa', 'cn_art14') LIMIT 1"};

}  // namespace reelprint::store::statements
