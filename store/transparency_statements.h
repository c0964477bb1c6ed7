// What the transparency report asks of the database: from ?1, before ?2, of tenant ?3 and holder ?4 unless
// they are 0.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

/// The oldest first, so that the last word of a case comes last.
inline constexpr StatementText kListSteps{
    "list the steps of cases",
    "SELECT in_case, detail ->> 'from', detail ->> 'to', detail ->> 'reason', at_us, actor, "
    "case_events.id FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND (?3 = 0 OR tenant = ?3) "
    "AND (?4 = 0 OR holder = ?4) ORDER BY at_us"};
/// When the case had come into the state last, before an entry of its history.
inline constexpr StatementText kFindEarlierStep{
    "find an earlier step of a case",
    "SELECT at_us FROM case_events WHERE in_case = ?1 AND id < ?2 AND what = 'state' "
    "AND detail ->> 'to' = ?3 ORDER BY id DESC LIMIT 1"};
inline constexpr StatementText kCountClaims{
    "count the claims",
    "SELECT detail ->> 'verdict', detail ->> 'action', count(*) FROM case_events "
    "JOIN cases ON cases.id = in_case WHERE what = 'decision' AND at_us >= ?1 AND at_us < ?2 "
    "AND detail ->> 'decision' IS NOT NULL AND detail ->> 'again' IS NULL "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1, 2"};
inline constexpr StatementText kCountReleased{
    "count the claims that were taken back",
    "SELECT count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'decision' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'released' IS NOT NULL "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4)"};
inline constexpr StatementText kCountDisputes{
    "count the disputes",
    "SELECT appeal_of IS NOT NULL, count(*) FROM disputes JOIN cases ON cases.id = in_case "
    "WHERE disputes.opened_at_us >= ?1 AND disputes.opened_at_us < ?2 "
    "AND (?3 = 0 OR cases.tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
/// appeal or not, outcome, how long it took, whether it was late.
inline constexpr StatementText kListDisputeOutcomes{
    "list the outcomes of disputes",
    "SELECT appeal_of IS NOT NULL, disputes.state, decided_at_us - disputes.opened_at_us, "
    "decided_at_us > due_at_us FROM disputes JOIN cases ON cases.id = in_case "
    "WHERE decided_at_us > 0 AND decided_at_us >= ?1 AND decided_at_us < ?2 "
    "AND (?3 = 0 OR cases.tenant = ?3) AND (?4 = 0 OR holder = ?4)"};
/// Of any time before ?1, and of tenant ?2 and holder ?3 unless they are 0.
inline constexpr StatementText kCountOpenDisputes{
    "count the disputes that were open at the end",
    "SELECT appeal_of IS NOT NULL, count(*) FROM disputes JOIN cases ON cases.id = in_case "
    "WHERE disputes.opened_at_us < ?1 AND (decided_at_us = 0 OR decided_at_us >= ?1) "
    "AND (?2 = 0 OR cases.tenant = ?2) AND (?3 = 0 OR holder = ?3) GROUP BY 1"};
inline constexpr StatementText kCountNoticesSent{
    "count the notices that were sent",
    "SELECT kind, state, count(*) FROM notices WHERE sent_at_us > 0 AND sent_at_us >= ?1 "
    "AND sent_at_us < ?2 AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1, 2"};

}  // namespace reelprint::store::statements
