#include <gtest/gtest.h>

#include "samples.h"
#include "store/access_statements.h"
#include "store/audit_statements.h"
#include "store/catalog_changes_statements.h"
#include "store/idempotency_statements.h"
#include "store/references_statements.h"
#include "store/schema.h"
#include "store/statements.h"
#include "store/tenants_statements.h"
#include "store/uploads_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

class QueryPlan : public testing::Test {
 protected:
  QueryPlan() { bring_up_to_date(database_, migrations()); }

  /// One line for each step of SQLite's plan.
  std::string plan_of(std::string_view sql) {
    const std::string explain = "EXPLAIN QUERY PLAN " + std::string(sql);
    Statement row = database_.statement({"explain", explain});
    std::string plan;
    while (row.step()) {
      if (row.text(3) != "SCAN CONSTANT ROW") plan += row.text(3) + "\n";  // a SELECT without a table
    }
    return plan;
  }
  /// Every table is entered through an index or its key.
  void expect_no_scan(std::string_view sql) {
    const std::string plan = plan_of(sql);
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << sql << "\n" << plan;
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
};

TEST_F(QueryPlan, FindsAReferenceThroughIndexesAlone) {
  expect_no_scan(kFindReference.sql);
  EXPECT_NE(plan_of(kFindReference.sql).find("SEARCH reference_cuts USING COVERING INDEX"),
            std::string::npos);
}

TEST_F(QueryPlan, EntersEveryTableOfAPointQueryOrChangeThroughAnIndex) {
  for (const StatementText& text : {kFindHolder,         kFindSeries,        kFindEpisode,
                                    kDescribeEpisode,    kMoveReferenceFile, kRemoveReference,
                                    kRemoveEmptyEpisode, kRemoveEmptySeries, kRemoveEmptyHolder,
                                    kReplaceFingerprint, kReadFingerprint,   kReadScreening,
                                    kReadMatches,        kListFingerprinted, kCountOtherFingerprints,
                                    kInsertMatch,        kFindNegative,      kReplaceNegative,
                                    kRemoveNegative,     kReadNegative,      kSetReferenceState,
                                    kReviveReference,    kRemoveExcluded,    kReadExcluded}) {
    expect_no_scan(text.sql);
  }
}

TEST_F(QueryPlan, ReadsReasonsByTheKeyOfTheirScreening) {
  const std::string plan = plan_of(kReadReasons.sql);
  EXPECT_NE(plan.find("SEARCH screenings USING INTEGER PRIMARY KEY"), std::string::npos) << plan;
}

TEST_F(QueryPlan, SortsNeitherMatchesNorFingerprintsNorNegatives) {
  EXPECT_EQ(plan_of(kReadMatches.sql).find("TEMP B-TREE"), std::string::npos) << plan_of(kReadMatches.sql);
  EXPECT_EQ(plan_of(kListFingerprinted.sql).find("TEMP B-TREE"), std::string::npos);
  EXPECT_EQ(plan_of(kListNegatives.sql).find("TEMP B-TREE"), std::string::npos);
}

TEST_F(QueryPlan, FollowsTheCatalogThroughIndexes) {
  for (const StatementText& text :
       {kListCatalogChanges, kListReferencesOfEpisode, kListReferencesOfSeries, kListReferencesOfHolder})
    expect_no_scan(text.sql);
}

TEST_F(QueryPlan, NarrowsAListingByNameOrIdThroughIndexes) {
  for (const std::string_view condition : {kOfHolder, kOfSeries, kOfReference}) {
    std::string sql(kEntries);
    sql += condition;
    sql += kEntriesOrder;
    expect_no_scan(sql);
  }
}

TEST_F(QueryPlan, FindsUploadsThroughIndexesAlone) {
  for (const StatementText& text :
       {kReadUpload, kMoveUpload, kRemoveUpload, kSumUploads, kListExpiredUploads, kFindSpooled})
    expect_no_scan(text.sql);
  const std::string plan = plan_of(kListUnneededUploads.sql);
  EXPECT_NE(plan.find("SCAN uploads USING INDEX uploads_claimed"), std::string::npos) << plan;
  EXPECT_NE(plan.find("SEARCH screening_requests USING"), std::string::npos) << plan;
  EXPECT_NE(plan.find("SEARCH reference_sources USING COVERING INDEX"), std::string::npos) << plan;
}

TEST_F(QueryPlan, HasAnIndexBehindEveryForeignKey) {
  for (const char* sql :
       {"SELECT 1 FROM series WHERE holder = ?1", "SELECT 1 FROM episodes WHERE series = ?1",
        "SELECT 1 FROM reference_cuts WHERE episode = ?1", "SELECT 1 FROM fingerprints WHERE reference = ?1",
        "SELECT 1 FROM matches WHERE screening = ?1", "SELECT 1 FROM matches WHERE reference = ?1",
        "SELECT 1 FROM holders WHERE tenant = ?1", "SELECT 1 FROM users WHERE tenant = ?1",
        "SELECT 1 FROM api_keys WHERE tenant = ?1", "SELECT 1 FROM api_keys WHERE rotated_from = ?1",
        "SELECT 1 FROM sessions WHERE user = ?1"}) {
    expect_no_scan(sql);
  }
}

TEST_F(QueryPlan, WalksTheAuditLogThroughTheIndexOfItsFilterWithoutSorting) {
  for (const std::string_view condition :
       {std::string_view{}, kAuditOfTenant, kAuditOfActor, kAuditOfAction, kAuditOfTopic, kAuditOfObject}) {
    std::string sql(kAuditEntries);
    sql += condition;
    sql += kAuditOrder;
    expect_no_scan(sql);
    EXPECT_EQ(plan_of(sql).find("TEMP B-TREE"), std::string::npos) << plan_of(sql);
    EXPECT_NE(plan_of(sql).find(condition.empty() ? "PRIMARY KEY" : "audit_by_"), std::string::npos)
        << plan_of(sql);
  }
}

TEST_F(QueryPlan, ChecksWhoAsksThroughIndexesAlone) {
  for (const StatementText& text :
       {kUpdateUser,       kUpdatePassword,    kReadUser,     kFindUser,       kListUsers,
        kListTenantsUsers, kReadApiKey,        kFindApiKey,   kListApiKeys,    kListTenantsApiKeys,
        kRevokeApiKey,     kExpireApiKey,      kTouchApiKey,  kFindSession,    kTouchSession,
        kEndSession,       kEndSessionsOfUser, kKnowsAddress, kForgetSessions, kFindAttempts,
        kForgetAttemptsOf, kForgetAttempts}) {
    expect_no_scan(text.sql);
    EXPECT_EQ(plan_of(text.sql).find("TEMP B-TREE"), std::string::npos) << text.sql;
  }
}

TEST_F(QueryPlan, FindsTenantsByIdAndName) {
  for (const StatementText& text : {kReadTenant, kFindTenant, kListTenants, kUpdateTenant})
    expect_no_scan(text.sql);
}

TEST_F(QueryPlan, FindsAndForgetsKeptAnswersThroughIndexes) {
  for (const StatementText& text : {kFindKeptAnswer, kForgetKeptAnswers}) expect_no_scan(text.sql);
}

}  // namespace
}  // namespace reelprint::store
