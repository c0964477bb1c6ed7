// What the transparency report asks of the database: from ?1, before ?2, of tenant ?3 and holder ?4 unless
// they are 0.
#pragma once

#include "store/sqlite.h"

namespace reelprint::store::statements {

inline constexpr StatementText kCountOpened{
    "count the cases that were opened",
    "SELECT count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'from' IS NULL "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4)"};
inline constexpr StatementText kCountClaims{
    "count the claims",
    "SELECT count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'decision' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'decision' IS NOT NULL "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4)"};
inline constexpr StatementText kCountReleased{
    "count the claims that were taken back",
    "SELECT count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'decision' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'released' IS NOT NULL "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4)"};
inline constexpr StatementText kCountSteps{
    "count the steps of cases",
    "SELECT detail ->> 'to', count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND (?3 = 0 OR tenant = ?3) "
    "AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountConfirmations{
    "count the confirmations",
    "SELECT detail ->> 'reason', count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'to' = 'confirmed' "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountDismissals{
    "count the dismissals",
    "SELECT detail ->> 'reason', count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'to' = 'dismissed' "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountClosings{
    "count the closings",
    "SELECT detail ->> 'reason', count(*) FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'to' = 'closed' "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountDisputes{
    "count the disputes",
    "SELECT iif(appeal_of IS NULL, 'opened', 'appealed'), count(*) FROM disputes "
    "JOIN cases ON cases.id = in_case WHERE disputes.opened_at_us >= ?1 AND disputes.opened_at_us < ?2 "
    "AND (?3 = 0 OR cases.tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountDisputeOutcomes{
    "count the outcomes of disputes",
    "SELECT disputes.state, count(*) FROM disputes JOIN cases ON cases.id = in_case "
    "WHERE decided_at_us > 0 AND decided_at_us >= ?1 AND decided_at_us < ?2 "
    "AND (?3 = 0 OR cases.tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountNoticesSent{
    "count the notices that were sent",
    "SELECT kind, count(*) FROM notices WHERE sent_at_us > 0 AND sent_at_us >= ?1 AND sent_at_us < ?2 "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kCountNoticeOutcomes{
    "count what became of notices",
    "SELECT state, count(*) FROM notices WHERE sent_at_us > 0 AND sent_at_us >= ?1 AND sent_at_us < ?2 "
    "AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4) GROUP BY 1"};
inline constexpr StatementText kListTimesToDecision{
    "list the times to a decision",
    "SELECT at_us - opened_at_us FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'from' = 'open' "
    "AND detail ->> 'to' IN ('confirmed', 'dismissed') AND (?3 = 0 OR tenant = ?3) "
    "AND (?4 = 0 OR holder = ?4)"};
inline constexpr StatementText kListTimesToRemoval{
    "list the times to a removal",
    "SELECT at_us - (SELECT max(earlier.at_us) FROM case_events AS earlier "
    "WHERE earlier.in_case = case_events.in_case AND earlier.id < case_events.id "
    "AND earlier.what = 'state' AND earlier.detail ->> 'to' = 'noticed') "
    "FROM case_events JOIN cases ON cases.id = in_case "
    "WHERE what = 'state' AND at_us >= ?1 AND at_us < ?2 AND detail ->> 'from' = 'noticed' "
    "AND detail ->> 'to' = 'removed' AND (?3 = 0 OR tenant = ?3) AND (?4 = 0 OR holder = ?4)"};
inline constexpr StatementText kListTimesToOutcome{
    "list the times to an outcome of disputes",
    "SELECT decided_at_us - disputes.opened_at_us FROM disputes JOIN cases ON cases.id = in_case "
    "WHERE decided_at_us > 0 AND decided_at_us >= ?1 AND decided_at_us < ?2 "
    "AND (?3 = 0 OR cases.tenant = ?3) AND (?4 = 0 OR holder = ?4)"};

}  // namespace reelprint::store::statements
