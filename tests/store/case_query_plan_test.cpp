#include <gtest/gtest.h>

#include "samples.h"
#include "store/case_exports_statements.h"
#include "store/cases_statements.h"
#include "store/disputes_statements.h"
#include "store/evidence_statements.h"
#include "store/notices_statements.h"
#include "store/schema.h"
#include "store/transparency_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

/// What the legal team's tables are asked, where there are 100,000 cases.
class CaseQueryPlan : public testing::Test {
 protected:
  CaseQueryPlan() { bring_up_to_date(database_, migrations()); }

  std::vector<std::string> plan_of(const std::string& sql) {
    const std::string explain = "EXPLAIN QUERY PLAN " + sql;
    Statement row = database_.statement({"explain", explain});
    std::vector<std::string> steps;
    while (row.step()) steps.push_back(row.text(3));
    return steps;
  }
  /// Every table is entered through an index or its key.
  void expect_no_scan(std::string_view sql) {
    for (const std::string& step : plan_of(std::string(sql)))
      EXPECT_FALSE(step.starts_with("SCAN") && step != "SCAN CONSTANT ROW" &&
                   step.find("subquery") == std::string::npos)
          << sql << "\n"
          << step;
  }
  /// And nothing is sorted.
  void expect_direct(std::string_view sql) {
    expect_no_scan(sql);
    for (const std::string& step : plan_of(std::string(sql)))
      EXPECT_EQ(step.find("ORDER BY"), std::string::npos) << sql << "\n" << step;
  }
  void expect_direct_listings(std::string_view columns, const std::vector<std::string_view>& conditions,
                              std::string_view order) {
    for (const std::string_view condition : conditions)
      expect_direct(std::string(columns).append(condition).append(order));
  }
  void expect_index(const std::string& sql, const std::string& index) {
    const auto steps = plan_of(sql);
    EXPECT_TRUE(std::ranges::any_of(
        steps, [&](const std::string& step) { return step.find(index) != std::string::npos; }))
        << sql << "\n"
        << (steps.empty() ? "" : steps.front());
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
};

TEST_F(CaseQueryPlan, ListsCasesByKeyWhateverTheFilter) {
  expect_direct_listings(kCases,
                         {{},
                          kCasesOfTenant,
                          kCasesOfHolder,
                          kCasesInState,
                          kCasesOfPlatform,
                          kCasesOfAccount,
                          kCasesFrom,
                          kCasesUntil,
                          kCasesOfAssignee},
                         kCasesOrder);
  for (const auto& [condition, index] :
       {std::pair{kCasesOfTenant, "cases_by_tenant"}, std::pair{kCasesOfHolder, "cases_by_holder"},
        std::pair{kCasesInState, "cases_by_state"}, std::pair{kCasesOfPlatform, "cases_by_platform"},
        std::pair{kCasesOfAccount, "cases_by_account"}, std::pair{kCasesOfAssignee, "cases_by_assignee"}})
    expect_index(std::string(kCases).append(condition).append(kCasesOrder), index);
}

TEST_F(CaseQueryPlan, FindsWhatACaseRestsOnThroughIndexes) {
  for (const StatementText& text : {kReadCase,
                                    kMoveCase,
                                    kProposeForCase,
                                    kAssignCase,
                                    kSetRetractionDue,
                                    kTouchCase,
                                    kReadUploadOfDecision,
                                    kFindCaseOfDecision,
                                    kFindCaseOfSighting,
                                    kFindCaseWithSighting,
                                    kListCaseSightings,
                                    kListCaseDecisions,
                                    kCountCaseUploads,
                                    kCountCaseSightings,
                                    kListCaseEvents,
                                    kMoveDecisions,
                                    kMoveSightings,
                                    kHasUpload,
                                    kFindLastChange,
                                    kCountNotNoticed,
                                    kLearnChannel})
    expect_direct(text.sql);
  for (const auto& [text, index] :
       {std::pair{kFindCaseOfRequest, "case_decisions_by_request"},
        std::pair{kJoinByRequest, "case_decisions_by_request"}, std::pair{kJoinBySighting, "case_sightings"},
        std::pair{kJoinByLocation, "case_decisions_by_location"}, std::pair{kJoinByAccount, "cases_to_join "},
        std::pair{kJoinByChannel, "cases_to_join_by_channel"},
        std::pair{kListCasesAlike, "case_decisions_by_media"},
        std::pair{kListCasesAlike, "case_decisions_by_location"}}) {
    expect_index(std::string(text.sql), index);
    expect_no_scan(text.sql);
  }
}

TEST_F(CaseQueryPlan, LearnsAndUnlearnsThroughIndexes) {
  for (const StatementText& text :
       {kSettleMedia, kSettleMediaOfAccount, kListUploadsAlike, kSettleLocations, kSettleAccount, kUnsettle,
        kNoteVerdicts, kForgetVerdicts, kFindSettled, kCountVerdicts})
    expect_no_scan(text.sql);
}

TEST_F(CaseQueryPlan, ListsDisputesAndNoticesByKeyWhateverTheFilter) {
  expect_direct_listings(kDisputes,
                         {{}, kDisputesOfTenant, kDisputesOfHoldersTenant, kDisputesOfCase, kDisputesInState},
                         kDisputesOrder);
  for (const StatementText& text :
       {kReadDispute, kReadAppeal, kDecideDispute, kListOverdueDisputes, kTellOverdueDispute})
    expect_direct(text.sql);
  const auto notices = std::string(kNoticeColumns).append(kNoticesBefore);
  expect_direct_listings(notices, {{}, kNoticesOfTenant, kNoticesInState, kNoticesOfCase}, kNoticesOrder);
  expect_direct(std::string(kNoticeColumns).append(kNoticeById));
  expect_direct(std::string(kNoticeColumns).append(kNoticesOverdue));
  for (const StatementText& text :
       {kUpdateNotice, kTellOverdueNotice, kForgetNoticeCases, kForgetNoticeDecisions, kListNoticeCases,
        kListNoticeDecisions, kNamesDecision})
    expect_direct(text.sql);
}

TEST_F(CaseQueryPlan, ListsExportsByKeyWhateverTheFilter) {
  const auto exports = std::string(kExportColumns).append(kExportsBefore);
  expect_direct_listings(exports, {{}, kExportsOfTenant, kExportsOfCase, kExportsOfRun}, kExportsOrder);
  expect_direct(std::string(kExportColumns).append(kExportById));
  expect_direct(std::string(kExportColumns).append(kExportsMadeBefore));
  for (const StatementText& text : {kExportIsAlone, kGiveExportItsJob, kCountExports, kFinishExport,
                                    kFailExport, kForgetExportFile, kFindExport, kFindTimeStamp})
    expect_direct(text.sql);
}

TEST_F(CaseQueryPlan, ReportsAMonthThroughTheIndexOfItsTime) {
  for (const StatementText& text : {kListSteps, kCountClaims, kCountReleased})
    expect_index(std::string(text.sql), "case_events_by_time (what=? AND at_us>? AND at_us<?)");
  expect_direct(kListSteps.sql);
  expect_direct(kFindEarlierStep.sql);
  expect_index(std::string(kCountDisputes.sql), "disputes_by_time (opened_at_us>? AND opened_at_us<?)");
  expect_index(std::string(kCountOpenDisputes.sql), "disputes_by_time (opened_at_us<?)");
  expect_index(std::string(kListDisputeOutcomes.sql),
               "disputes_by_outcome (decided_at_us>? AND decided_at_us<?)");
  expect_index(std::string(kCountNoticesSent.sql), "notices_by_sending (sent_at_us>? AND sent_at_us<?)");
}

}  // namespace
}  // namespace reelprint::store
