#include <gtest/gtest.h>

#include "samples.h"
#include "store/decisions_statements.h"
#include "store/schema.h"
#include "store/screening_requests_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

class ScreeningQueryPlan : public testing::Test {
 protected:
  ScreeningQueryPlan() { bring_up_to_date(database_, migrations()); }

  /// Every table is entered through an index or its key, and nothing is sorted.
  void expect_direct(const std::string& sql) {
    const std::string explain = "EXPLAIN QUERY PLAN " + sql;
    Statement row = database_.statement({"explain", explain});
    while (row.step()) {
      EXPECT_FALSE(row.text(3).starts_with("SCAN") && row.text(3) != "SCAN CONSTANT ROW") << sql << "\n"
                                                                                          << row.text(3);
      EXPECT_EQ(row.text(3).find("ORDER BY"), std::string::npos) << sql << "\n" << row.text(3);
    }
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
};

TEST_F(ScreeningQueryPlan, ListsByKeyWhateverTheFilter) {
  for (const std::string_view condition :
       {std::string_view{}, kRequestsOfTenant, kRequestsOfHoldersTenant, kRequestsInState, kRequestsDecided,
        kRequestsOfAccount, kRequestsFrom, kRequestsUntil})
    expect_direct(std::string(kRequests).append(condition).append(kRequestsOrder));
  for (const std::string_view condition :
       {std::string_view{}, kDecisionsOfHolder, kDecisionsOfHoldersTenant, kDecisionsOfTenant,
        kDecisionsInState, kDecisionsDecided, kDecisionsOfReference, kDecisionsOfRequest, kDecisionsFrom,
        kDecisionsUntil})
    expect_direct(std::string(kDecisions).append(condition).append(kDecisionsOrder));
}

TEST_F(ScreeningQueryPlan, EntersTablesThroughIndexes) {
  for (const StatementText& text : {kReadRequest,
                                    kGiveRequestItsJob,
                                    kBeginRequest,
                                    kFinishRequest,
                                    kEndRequest,
                                    kReopenRequest,
                                    kLinkScreening,
                                    kListResults,
                                    kCountRequestsOfTenant,
                                    kCountRequestsOfKey,
                                    kListMediaDue,
                                    kForgetMedia,
                                    kFindMedia,
                                    kReadUploadFingerprint,
                                    kListUploadFingerprints,
                                    kForgetUploadFingerprints,
                                    kSupersedeDecision,
                                    kReleaseDecision,
                                    kReadDecision,
                                    kReadDecisionReferences,
                                    kReadDecisionSteps,
                                    kReadHolderTenant,
                                    kCountMatchesOf,
                                    kCountScreenedSince,
                                    kIsPardoned})
    expect_direct(std::string(text.sql));
  expect_direct("SELECT 1 FROM screening_requests WHERE screening = ?1");
  expect_direct("SELECT 1 FROM screenings WHERE request = ?1");
  expect_direct("SELECT 1 FROM decisions WHERE screening = ?1");
  expect_direct("SELECT 1 FROM decisions WHERE request = ?1");
}

}  // namespace
}  // namespace reelprint::store
