#include <gtest/gtest.h>

#include "samples.h"
#include "store/events_statements.h"
#include "store/jobs_statements.h"
#include "store/schema.h"

namespace reelprint::store {
namespace {

using namespace statements;

class ServiceQueryPlan : public testing::Test {
 protected:
  ServiceQueryPlan() { bring_up_to_date(database_, migrations()); }

  std::string plan_of(std::string_view sql, std::string_view condition = {}) {
    const std::string explain = "EXPLAIN QUERY PLAN " + std::string(sql).append(condition);
    Statement row = database_.statement({"explain", explain});
    std::string plan;
    while (row.step()) {
      if (row.text(3) != "SCAN CONSTANT ROW") plan += row.text(3) + "\n";
    }
    return plan;
  }
  /// Every table is entered through an index or its key, and nothing is sorted.
  void expect_direct(std::string_view sql, std::string_view condition = {}) {
    const std::string plan = plan_of(sql, condition);
    EXPECT_EQ(plan.find("SCAN"), std::string::npos) << sql << condition << "\n" << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << sql << condition << "\n" << plan;
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
};

TEST_F(ServiceQueryPlan, EntersTheQueueThroughIndexesAlone) {
  for (const StatementText& text :
       {kLookForJobs, kReadyJobs, kRequeueJobs, kSetAbandonedJobAside, kNextJob, kTakeJob, kHoldJob,
        kFinishJob, kFailJob, kHandBackJob, kCancelJob, kRetryJob, kForgetEndedJobs}) {
    expect_direct(text.sql);
  }
  for (const std::string_view condition : {kJobOfId, kJobsOfTenant, kJobsOfState, kJobsOfTenantAndState}) {
    expect_direct(kSelectJobs, condition);
  }
}

TEST_F(ServiceQueryPlan, CountsJobsWithoutReadingThem) {
  EXPECT_NE(plan_of(kCountJobs.sql).find("COVERING INDEX"), std::string::npos) << plan_of(kCountJobs.sql);
}

TEST_F(ServiceQueryPlan, EntersTheOutboxThroughIndexesAlone) {
  for (const StatementText& text :
       {kReadEvent, kEventsAfter, kEventsOfTenantAfter, kForgetEvents, kUpdateEndpoint, kRemoveEndpoint,
        kTakeDelivery, kOccupyEndpoint, kSettleDelivery, kReplayDelivery}) {
    expect_direct(text.sql);
  }
  for (const std::string_view condition :
       {kDeliveryOfId, kDeliveriesOfEndpoint, kDeliveriesOfEndpointAndState}) {
    expect_direct(kSelectDeliveries, condition);
  }
  expect_direct(kSelectEndpoints, kEndpointsOfTenant);
}

TEST_F(ServiceQueryPlan, FindsWhatIsDueByEndpointAndNotByDelivery) {
  const std::string plan = plan_of(kDueDeliveries.sql);
  EXPECT_NE(plan.find("SCAN endpoint\n"), std::string::npos) << plan;
  EXPECT_NE(plan.find("SEARCH webhook_deliveries USING INDEX webhook_deliveries_waiting"), std::string::npos)
      << plan;
}

TEST_F(ServiceQueryPlan, HasAnIndexBehindEveryForeignKeyOfTheOutbox) {
  expect_direct("SELECT 1 FROM webhook_deliveries WHERE event = ?1");
  expect_direct("SELECT 1 FROM webhook_deliveries WHERE endpoint = ?1");
}

}  // namespace
}  // namespace reelprint::store
