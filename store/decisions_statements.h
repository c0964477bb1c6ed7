// What the decisions' part asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertDecision{
    "add a decision",
    "INSERT INTO decisions (request, screening, holder, decision, action, matched_us, share_of_upload, "
    "share_of_reference, score, retroactive, state, decided_at_us) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'active', ?11)"};
inline constexpr StatementText kInsertDecisionReference{
    "add what a decision rests on",
    "INSERT OR IGNORE INTO decision_references (decision, reference) VALUES (?1, ?2)"};
inline constexpr StatementText kInsertDecisionStep{
    "add a step of a decision",
    "INSERT INTO decision_steps (decision, position, kind, item, applies, text, sentence) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
inline constexpr StatementText kSupersedeDecision{
    "supersede a decision",
    "UPDATE decisions SET state = 'superseded', version = version + 1 "
    "WHERE request = ?1 AND holder = ?2 AND state = 'active'"};
inline constexpr StatementText kReleaseDecision{
    "release a decision",
    "UPDATE decisions SET state = 'released', released_at_us = ?2, released_by = ?3, released_why = ?4, "
    "version = version + 1 WHERE id = ?1 AND state = 'active'"};

/// A listing is kDecisions, those of the conditions that a filter asks for, and kDecisionsOrder.
inline constexpr std::string_view kDecisions =
    "SELECT decisions.id, decisions.request, decisions.screening, decisions.holder, decisions.decision, "
    "decisions.action, matched_us, share_of_upload, share_of_reference, decisions.score, retroactive, "
    "decisions.state, decided_at_us, released_at_us, released_by, released_why, decisions.version "
    "FROM decisions WHERE decisions.id < ?1";
inline constexpr StatementText kReadDecision{
    "read a decision",
    "SELECT id, request, screening, holder, decision, action, matched_us, share_of_upload, "
    "share_of_reference, score, retroactive, state, decided_at_us, released_at_us, released_by, "
    "released_why, "
    "version FROM decisions WHERE id = ?1"};
inline constexpr std::string_view kDecisionsOfHolder = " AND decisions.holder = ?3";
inline constexpr std::string_view kDecisionsOfHoldersTenant =
    " AND EXISTS (SELECT 1 FROM holders WHERE holders.id = decisions.holder AND holders.tenant = ?4)";
inline constexpr std::string_view kDecisionsOfTenant =
    " AND EXISTS (SELECT 1 FROM screening_requests WHERE screening_requests.id = decisions.request "
    "AND screening_requests.tenant = ?5)";
inline constexpr std::string_view kDecisionsInState = " AND decisions.state = ?6";
inline constexpr std::string_view kDecisionsDecided = " AND decisions.decision = ?7";
inline constexpr std::string_view kDecisionsOfReference =
    " AND decisions.id IN (SELECT decision FROM decision_references WHERE reference = ?8)";
inline constexpr std::string_view kDecisionsOfRequest = " AND decisions.request = ?9";
inline constexpr std::string_view kDecisionsFrom = " AND decided_at_us >= ?10";
inline constexpr std::string_view kDecisionsUntil = " AND decided_at_us < ?11";
inline constexpr std::string_view kDecisionsOrder = " ORDER BY decisions.id DESC LIMIT ?2";

inline constexpr StatementText kReadDecisionReferences{
    "read what a decision rests on",
    "SELECT reference FROM decision_references WHERE decision = ?1 ORDER BY reference"};
inline constexpr StatementText kReadDecisionSteps{
    "read the steps of a decision",
    "SELECT kind, item, applies, text, sentence FROM decision_steps WHERE decision = ?1 ORDER BY position"};
inline constexpr StatementText kReadHolderTenant{"read whose a holder is",
                                                 "SELECT coalesce(tenant, 0) FROM holders WHERE id = ?1"};

// Bad references.

/// Uploads of which a decision rests on the reference, and how many accounts they came from.
inline constexpr StatementText kCountMatchesOf{
    "count what a reference matches",
    "SELECT count(DISTINCT screening_requests.id), "
    "count(DISTINCT screening_requests.tenant || ' ' || screening_requests.account) "
    "FROM decision_references JOIN decisions ON decisions.id = decision_references.decision "
    "JOIN screening_requests ON screening_requests.id = decisions.request "
    "WHERE decision_references.reference = ?1 AND decisions.decided_at_us >= ?2 "
    "AND decisions.retroactive = 0 AND decisions.decision NOT IN ('clear', 'licensed')"};
inline constexpr StatementText kCountScreenedSince{
    "count what was screened",
    "SELECT count(*) FROM screening_requests WHERE state = 'done' AND ended_at_us >= ?1"};
inline constexpr StatementText kPardon{"pardon a reference",
                                       "INSERT INTO quarantine_pardons (reference, until_us) VALUES (?1, ?2) "
                                       "ON CONFLICT (reference) DO UPDATE SET until_us = ?2"};
inline constexpr StatementText kIsPardoned{
    "ask whether a reference is pardoned",
    "SELECT 1 FROM quarantine_pardons WHERE reference = ?1 AND until_us > ?2"};

}  // namespace reelprint::store::statements
