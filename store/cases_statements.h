// What the cases' part asks of the database.
#pragma once

#include <string_view>

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kInsertCase{
    "open a case",
    "INSERT INTO cases (holder, tenant, platform, account, channel, state, reason, remark, assignee, "
    "opened_at_us, changed_at_us) VALUES (?1, ?2, ?3, ?4, ?5, 'open', 'none', '', '', ?6, ?6)"};
inline constexpr StatementText kReadCase{
    "read a case",
    "SELECT id, holder, tenant, platform, account, state, reason, remark, assignee, proposed_state, "
    "proposed_reason, proposed_remark, proposed_by, proposed_at_us, retraction_due, opened_at_us, "
    "changed_at_us, version FROM cases WHERE id = ?1"};

/// A listing is kCases, those of the conditions that a filter asks for, and kCasesOrder.
inline constexpr std::string_view kCases =
    "SELECT id, holder, tenant, platform, account, state, reason, remark, assignee, proposed_state, "
    "proposed_reason, proposed_remark, proposed_by, proposed_at_us, retraction_due, opened_at_us, "
    "changed_at_us, version FROM cases WHERE id < ?1";
inline constexpr std::string_view kCasesOfTenant = " AND tenant = ?3";
inline constexpr std::string_view kCasesOfHolder = " AND holder = ?4";
inline constexpr std::string_view kCasesInState = " AND state = ?5";
inline constexpr std::string_view kCasesOfPlatform = " AND platform = ?6";
inline constexpr std::string_view kCasesOfAccount = " AND account = ?7";
inline constexpr std::string_view kCasesFrom = " AND opened_at_us >= ?8";
inline constexpr std::string_view kCasesUntil = " AND opened_at_us < ?9";
inline constexpr std::string_view kCasesOfAssignee = " AND assignee = ?10";
inline constexpr std::string_view kCasesOrder = " ORDER BY id DESC LIMIT ?2";

inline constexpr StatementText kMoveCase{
    "change the state of a case",
    "UPDATE cases SET state = ?2, reason = ?3, remark = ?4, proposed_state = '', changed_at_us = ?5, "
    "version = version + 1 WHERE id = ?1"};
inline constexpr StatementText kProposeForCase{
    "propose a state of a case",
    "UPDATE cases SET proposed_state = ?2, proposed_reason = ?3, proposed_remark = ?4, proposed_by = ?5, "
    "proposed_at_us = ?6, changed_at_us = ?6, version = version + 1 WHERE id = ?1"};
inline constexpr StatementText kAssignCase{
    "assign a case",
    "UPDATE cases SET assignee = ?2, changed_at_us = ?3, version = version + 1 WHERE id = ?1"};
inline constexpr StatementText kSetRetractionDue{
    "note whether a retraction is due",
    "UPDATE cases SET retraction_due = ?2, changed_at_us = ?3, version = version + 1 WHERE id = ?1"};
inline constexpr StatementText kTouchCase{
    "note that a case has changed",
    "UPDATE cases SET changed_at_us = ?2, version = version + 1 WHERE id = ?1"};

// What a case rests on.

inline constexpr StatementText kReadUploadOfDecision{
    "read what a decision is about",
    "SELECT decisions.request, screening_requests.url, screening_requests.source_kind, "
    "screening_requests.source, screenings.media, decisions.decision, decisions.action FROM decisions "
    "JOIN screening_requests ON screening_requests.id = decisions.request "
    "JOIN screenings ON screenings.id = decisions.screening WHERE decisions.id = ?1"};
inline constexpr StatementText kFindCaseOfDecision{"find the case of a decision",
                                                   "SELECT in_case FROM case_decisions WHERE decision = ?1"};
inline constexpr StatementText kFindCaseOfSighting{
    "find the case of a sighting",
    "SELECT in_case FROM case_sightings WHERE sighting = ?1 ORDER BY in_case DESC LIMIT 1"};
inline constexpr StatementText kFindCaseWithSighting{
    "find a holder's case of a sighting",
    "SELECT cases.id FROM case_sightings JOIN cases ON cases.id = in_case "
    "WHERE sighting = ?1 AND holder = ?2 ORDER BY in_case DESC LIMIT 1"};
inline constexpr StatementText kFindCaseOfRequest{
    "find the case of an upload",
    "SELECT cases.id FROM case_decisions JOIN cases ON cases.id = in_case "
    "WHERE request = ?1 AND holder = ?2 ORDER BY decision DESC LIMIT 1"};
inline constexpr StatementText kJoinByRequest{
    "find a case of this upload",
    "SELECT cases.id FROM case_decisions JOIN cases ON cases.id = in_case WHERE request = ?1 AND holder = ?2 "
    "AND state NOT IN ('dismissed', 'closed') ORDER BY decision DESC LIMIT 1"};
inline constexpr StatementText kJoinBySighting{
    "find a case of this sighting",
    "SELECT cases.id FROM case_sightings JOIN cases ON cases.id = in_case WHERE sighting = ?1 "
    "AND holder = ?2 AND state NOT IN ('dismissed', 'closed') ORDER BY in_case DESC LIMIT 1"};
inline constexpr StatementText kJoinByLocation{
    "find a case of this location",
    "SELECT cases.id FROM case_decisions JOIN cases ON cases.id = in_case WHERE location = ?1 "
    "AND location <> '' AND holder = ?2 AND cases.platform = ?3 "
    "AND (account = ?4 OR account = '' OR ?4 = '') "
    "AND state NOT IN ('dismissed', 'closed') ORDER BY account <> ?4, cases.id DESC LIMIT 1"};
inline constexpr StatementText kJoinByAccount{
    "find a case of this account",
    "SELECT id FROM cases WHERE holder = ?1 AND platform = ?2 AND account = ?3 AND account <> '' "
    "AND (channel = ?4 OR channel = '' OR ?4 = '') AND state NOT IN ('dismissed', 'closed') LIMIT 1"};
inline constexpr StatementText kJoinByChannel{
    "find a case of this channel",
    "SELECT id FROM cases WHERE holder = ?1 AND platform = ?2 AND channel = ?3 AND channel <> '' "
    "AND state NOT IN ('dismissed', 'closed') LIMIT 1"};
inline constexpr StatementText kLearnChannel{
    "note the channel of a case's account",
    "UPDATE cases SET channel = ?2 WHERE id = ?1 AND channel = '' AND account = ?3 AND account <> ''"};
/// Cases of the holder, but for this one, that have an upload of the same location, or of the same file.
inline constexpr StatementText kListCasesAlike{
    "list cases with the same upload",
    "SELECT DISTINCT cases.id, 'location' FROM case_decisions JOIN cases ON cases.id = in_case "
    "WHERE location = ?3 AND location <> '' AND holder = ?2 AND cases.id <> ?1 "
    "UNION ALL "
    "SELECT DISTINCT cases.id, 'media' FROM case_decisions JOIN cases ON cases.id = in_case "
    "WHERE media = ?4 AND media <> zeroblob(32) AND holder = ?2 AND cases.id <> ?1 LIMIT ?5"};
inline constexpr StatementText kHasUpload{"ask whether a case has an upload",
                                          "SELECT 1 FROM case_decisions WHERE request = ?1 AND in_case = ?2"};
inline constexpr StatementText kAttachDecision{
    "add a decision to a case",
    "INSERT OR IGNORE INTO case_decisions (decision, in_case, request, location, media, platform, uploader) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"};
inline constexpr StatementText kAttachSighting{
    "add a sighting to a case", "INSERT OR IGNORE INTO case_sightings (sighting, in_case) VALUES (?1, ?2)"};
inline constexpr StatementText kMoveDecisions{"move the decisions of a case",
                                              "UPDATE case_decisions SET in_case = ?2 WHERE in_case = ?1"};
inline constexpr StatementText kMoveSightings{
    "move the sightings of a case", "UPDATE OR REPLACE case_sightings SET in_case = ?2 WHERE in_case = ?1"};
inline constexpr StatementText kListCaseDecisions{
    "list the decisions of a case",
    "SELECT case_decisions.decision FROM case_decisions "
    "LEFT JOIN decisions ON decisions.id = case_decisions.decision "
    "WHERE in_case = ?1 AND decisions.state IS NOT 'superseded' ORDER BY case_decisions.decision"};
inline constexpr StatementText kListCaseSightings{
    "list the sightings of a case",
    "SELECT sighting FROM case_sightings WHERE in_case = ?1 ORDER BY sighting"};
inline constexpr StatementText kCountCaseUploads{
    "count the uploads of a case",
    "SELECT count(DISTINCT case_decisions.request), coalesce(sum(decisions.state = 'active' "
    "AND decisions.decision IN ('infringing', 'needs_review')), 0) FROM case_decisions "
    "LEFT JOIN decisions ON decisions.id = case_decisions.decision WHERE in_case = ?1"};
inline constexpr StatementText kCountNotNoticed{
    "count the uploads of a case that no notice names",
    "SELECT count(DISTINCT accused.request) FROM case_decisions AS accused "
    "JOIN decisions ON decisions.id = accused.decision WHERE accused.in_case = ?1 "
    "AND decisions.state = 'active' AND decisions.decision IN ('infringing', 'needs_review') "
    "AND NOT EXISTS (SELECT 1 FROM case_decisions AS filed "
    "JOIN notice_decisions ON notice_decisions.decision = filed.decision "
    "JOIN notices ON notices.id = notice "
    "WHERE filed.request = accused.request AND filed.in_case = ?1 "
    "AND notices.state NOT IN ('drafted', 'approved', 'withdrawn') "
    "AND kind IN ('dmca', 'dsa', 'cn_art14'))"};
inline constexpr StatementText kCountCaseSightings{"count the sightings of a case",
                                                   "SELECT count(*) FROM case_sightings WHERE in_case = ?1"};

// Its history.

inline constexpr StatementText kInsertCaseEvent{
    "append to a case's history",
    "INSERT INTO case_events (in_case, at_us, actor, what, detail) VALUES (?1, ?2, ?3, ?4, ?5)"};
inline constexpr StatementText kListCaseEvents{
    "read a case's history",
    "SELECT id, at_us, actor, what, detail FROM case_events WHERE in_case = ?1 AND id > ?2 ORDER BY id "
    "LIMIT ?3"};

inline constexpr StatementText kFindLastChange{
    "find the last change of a case",
    "SELECT id FROM case_events WHERE in_case = ?1 AND what NOT IN ('export', 'access') ORDER BY id DESC "
    "LIMIT 1"};

// What dismissals teach.

// Of case ?1, or of its decision ?4 alone unless that is 0; ?2: a later ruling leaves the reference out; ?3:
// the reason.

/// ?5: of those uploads alone of which nothing else is known.
inline constexpr StatementText kSettleMedia{
    "settle the media of a case",
    "INSERT OR IGNORE INTO settled_pairs (reference, kind, value, in_case, is_clear, reason) "
    "SELECT decision_references.reference, 'media', media, in_case, ?2, ?3 FROM case_decisions "
    "JOIN decision_references ON decision_references.decision = case_decisions.decision "
    "WHERE in_case = ?1 AND media <> zeroblob(32) AND (?4 = 0 OR case_decisions.decision = ?4) "
    "AND (?5 = 0 OR (location = '' AND uploader = ''))"};
inline constexpr StatementText kSettleMediaOfAccount{
    "settle the media of a case's account",
    "INSERT OR IGNORE INTO settled_pairs (reference, kind, value, in_case, is_clear, reason) "
    "SELECT decision_references.reference, 'media_of_account', "
    "CAST(lower(hex(media)) || char(10) || platform || char(10) || uploader AS BLOB), in_case, ?2, ?3 "
    "FROM case_decisions "
    "JOIN decision_references ON decision_references.decision = case_decisions.decision "
    "WHERE in_case = ?1 AND media <> zeroblob(32) AND uploader <> '' "
    "AND (?4 = 0 OR case_decisions.decision = ?4)"};
inline constexpr StatementText kSettleLocations{
    "settle the locations of a case",
    "INSERT OR IGNORE INTO settled_pairs (reference, kind, value, in_case, is_clear, reason) "
    "SELECT decision_references.reference, 'location', CAST(location AS BLOB), in_case, ?2, ?3 "
    "FROM case_decisions "
    "JOIN decision_references ON decision_references.decision = case_decisions.decision "
    "WHERE in_case = ?1 AND location <> '' AND (?4 = 0 OR case_decisions.decision = ?4)"};
inline constexpr StatementText kSettleAccount{
    "settle the account of a case",
    "INSERT OR IGNORE INTO settled_pairs (reference, kind, value, in_case, is_clear, reason) "
    "SELECT decision_references.reference, 'account', "
    "CAST(platform || char(10) || uploader AS BLOB), in_case, ?2, ?3 FROM case_decisions "
    "JOIN decision_references ON decision_references.decision = case_decisions.decision "
    "WHERE in_case = ?1 AND uploader <> '' AND (?4 = 0 OR case_decisions.decision = ?4)"};
/// Uploads that are settled with those of case ?1, or with that of its decision ?4 alone: of the same
/// location, of the same account (?2: whatever they show; else of the same file), or of the same file (?3).
inline constexpr StatementText kListUploadsAlike{
    "list the uploads that are settled with a case",
    "SELECT alike.request FROM case_decisions AS settled JOIN case_decisions AS alike "
    "ON alike.location = settled.location AND alike.location <> '' "
    "WHERE settled.in_case = ?1 AND (?4 = 0 OR settled.decision = ?4) "
    "UNION SELECT alike.request FROM case_decisions AS settled JOIN case_decisions AS alike "
    "ON alike.platform = settled.platform AND alike.uploader = settled.uploader AND alike.uploader <> '' "
    "WHERE settled.in_case = ?1 AND (?4 = 0 OR settled.decision = ?4) "
    "AND (?2 OR (alike.media = settled.media AND alike.media <> zeroblob(32))) "
    "UNION SELECT alike.request FROM case_decisions AS settled JOIN case_decisions AS alike "
    "ON alike.media = settled.media AND alike.media <> zeroblob(32) "
    "WHERE settled.in_case = ?1 AND ?3 AND (?4 = 0 OR settled.decision = ?4) "
    "UNION SELECT request FROM case_decisions WHERE in_case = ?1 AND (?4 = 0 OR decision = ?4) LIMIT ?5"};
inline constexpr StatementText kUnsettle{"forget what a case has settled",
                                         "DELETE FROM settled_pairs WHERE in_case = ?1"};
inline constexpr StatementText kFindSettled{
    "find what is settled",
    "SELECT in_case, reason, is_clear FROM settled_pairs "
    "WHERE reference = ?1 AND kind = ?2 AND value = ?3 ORDER BY is_clear DESC, in_case DESC LIMIT 1"};
inline constexpr StatementText kNoteVerdicts{
    "note a verdict about references",
    "INSERT OR REPLACE INTO reference_verdicts (reference, in_case, state, at_us) "
    "SELECT DISTINCT decision_references.reference, in_case, ?2, ?3 FROM case_decisions "
    "JOIN decision_references ON decision_references.decision = case_decisions.decision "
    "WHERE in_case = ?1 AND (?4 = 0 OR case_decisions.decision = ?4)"};
inline constexpr StatementText kForgetVerdicts{"forget a verdict about references",
                                               "DELETE FROM reference_verdicts WHERE in_case = ?1"};
inline constexpr StatementText kCountVerdicts{
    "count the verdicts about a reference",
    "SELECT coalesce(sum(state = 'dismissed'), 0), count(*) FROM (SELECT state FROM reference_verdicts "
    "WHERE reference = ?1 ORDER BY at_us DESC LIMIT ?2)"};

}  // namespace reelprint::store::statements
