#include <gtest/gtest.h>

#include "samples.h"
#include "store/schema.h"
#include "store/statements.h"

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
                                    kRemoveNegative,     kReadNegative}) {
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

TEST_F(QueryPlan, NarrowsAListingByNameOrIdThroughIndexes) {
  for (const std::string_view condition : {kOfHolder, kOfSeries, kOfReference}) {
    std::string sql(kEntries);
    sql += condition;
    sql += kEntriesOrder;
    expect_no_scan(sql);
  }
}

TEST_F(QueryPlan, HasAnIndexBehindEveryForeignKey) {
  for (const char* sql :
       {"SELECT 1 FROM series WHERE holder = ?1", "SELECT 1 FROM episodes WHERE series = ?1",
        "SELECT 1 FROM reference_cuts WHERE episode = ?1", "SELECT 1 FROM fingerprints WHERE reference = ?1",
        "SELECT 1 FROM matches WHERE screening = ?1", "SELECT 1 FROM matches WHERE reference = ?1"}) {
    expect_no_scan(sql);
  }
}

}  // namespace
}  // namespace reelprint::store
