#include <gtest/gtest.h>

#include "samples.h"
#include "store/crawl_audit_statements.h"
#include "store/crawl_exchanges_statements.h"
#include "store/crawl_queue_statements.h"
#include "store/crawl_sources_statements.h"
#include "store/frontier_statements.h"
#include "store/schema.h"
#include "store/sightings_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

class CrawlQueryPlan : public testing::Test {
 protected:
  CrawlQueryPlan() { bring_up_to_date(database_, migrations()); }

  std::string plan_of(std::string_view sql) {
    const std::string explain = "EXPLAIN QUERY PLAN " + std::string(sql);
    Statement row = database_.statement({"explain", explain});
    std::string plan;
    while (row.step()) plan += row.text(3) + "\n";
    return plan;
  }
  /// Every table is entered through an index or its key, and nothing is sorted.
  void expect_direct(std::string_view sql) {
    const std::string plan = plan_of(sql);
    for (std::size_t at = plan.find("SCAN"); at != std::string::npos; at = plan.find("SCAN", at + 1)) {
      const std::string step = plan.substr(at, plan.find('\n', at) - at);
      // A partial index is walked from its end: what one looks for is what it lists, in order.
      EXPECT_TRUE(step == "SCAN CONSTANT ROW" || step == "SCAN r" ||
                  step.find(" USING ") != std::string::npos)
          << sql << "\n"
          << plan;
    }
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << sql << "\n" << plan;
  }
  void expect_index(std::string_view sql, std::string_view index) {
    const std::string plan = plan_of(sql);
    EXPECT_NE(plan.find(index), std::string::npos) << sql << "\n" << plan;
  }

  TemporaryFolder folder_;
  Database database_{folder_.database(), {}};
};

std::string urls(std::string_view condition) {
  return std::string(kSelectUrls).append(condition);
}

TEST_F(CrawlQueryPlan, TakesTheBestByOneWalkAlongTheOpenHosts) {
  expect_direct(urls(kBestUrls));
  expect_index(urls(kBestUrls), "SCAN h USING INDEX crawl_hosts_open");
  expect_index(urls(kBestUrls), "SEARCH l USING INTEGER PRIMARY KEY");
  expect_index(urls(kBestUrls), "SEARCH u USING INTEGER PRIMARY KEY");
}

TEST_F(CrawlQueryPlan, FindsKeptExchangesThroughIndexes) {
  for (const StatementText& text :
       {kExchangesOfUrl, kExchangesOfSighting, kDropUrlUses, kDropSightingUses, kRemoveUnusedExchange,
        kUseForCapture, kListCapturesDue, kFindCaptureDue, kRemoveCaptureDue, kFindBody, kListStrayUses})
    expect_direct(text.sql);
  expect_index(kExchangesOfUrl.sql, "crawl_exchange_uses_of_url (url_id=?)");
  expect_index(kListStrayUses.sql, "crawl_exchange_uses_of_url");
}

TEST_F(CrawlQueryPlan, KeepsTheHeapThroughIndexes) {
  for (const StatementText& text :
       {kFindCrawlHost, kFindLane,     kCountLanes,       kCountLane,          kReadLaneCounts,
        kSetLaneYield,  kCountOfLane,  kCountOfLanesHost, kCountOfLanesSource, kFindBestUrl,
        kSetLaneBest,   kFindTopLane,  kSetHostTop,       kFindHostOfLane,     kFindDueUrls,
        kReadyUrl,      kReadyLostUrl, kPutOffLostUrl,    kAbandonUrl,         kOpenHosts,
        kTakeHost,      kLeaseHost,    kFreeHost,         kHoldHost,           kFindNextHost,
        kHasOpenHost,   kFindNextUrl,  kFollowSource,     kListHostsOfSource,  kSourceHasReady,
        kRemoveUrls,    kRemoveLanes,  kRemoveCounts,     kForgetRemoved,      kListLanesOfHost})
    expect_direct(text.sql);
  expect_index(kFindBestUrl.sql, "crawl_urls_ready (lane=?)");
  expect_index(kFindTopLane.sql, "crawl_lanes_of_host (host=?)");
  expect_index(kFindDueUrls.sql, "crawl_urls_later (due_at_us>? AND due_at_us<?)");
  expect_index(kOpenHosts.sql, "crawl_hosts_shut (free_at_us<?)");
}

TEST_F(CrawlQueryPlan, FindsAndSettlesAddressesThroughIndexes) {
  for (const StatementText& text :
       {kInsertUrl, kImproveUrl, kTakeUrl, kHoldUrl, kSettleUrl, kHandBackUrl, kMakeDue, kLeadUrl,
        kFindParent, kReadCrawlHost, kUpdateCrawlHost, kPutRobots, kInsertCrawlRequest, kCountUrlsOfSource})
    expect_direct(text.sql);
  expect_direct(urls(kUrlOfId));
  expect_direct(urls(kUrlOfDigest));
}

TEST_F(CrawlQueryPlan, ListsRequestsByKeyWhateverTheFilter) {
  for (const std::string_view condition : {kAllCrawlRequests, kCrawlRequestsOfSource, kCrawlRequestsOfTenant})
    expect_direct(std::string(kSelectCrawlRequests).append(condition));
}

TEST_F(CrawlQueryPlan, PrunesRequestsByKeyAndLooksUpWhatIsKept) {
  for (const StatementText& text : {kReadPruned, kSetPruned, kListNextRequests, kPruneRequests})
    expect_direct(text.sql);
  expect_index(kKeepRequestsOf.sql, "SEARCH u USING INTEGER PRIMARY KEY");
  expect_index(kPruneRequests.sql, "sightings_of_page (tenant=? AND page_url>? AND page_url<?)");
  expect_index(kPruneRequests.sql, "(tenant=? AND location>? AND location<?)");
}

TEST_F(CrawlQueryPlan, ReachesSourcesAndRoundsThroughIndexes) {
  for (const std::string_view condition :
       {kCrawlSourceOfId, kCrawlSourceOfName, kAllCrawlSources, kCrawlSourcesOfTenant, kDueCrawlSources})
    expect_direct(std::string(kSelectCrawlSources).append(condition));
  for (const StatementText& text :
       {kUpdateCrawlSource, kRemoveCrawlSource, kSetNextRound, kInsertRound, kEndRound, kCountInRound,
        kCountInDay, kCountOfSourceHost, kReadSourceHost})
    expect_direct(text.sql);
  expect_direct(std::string(kSelectRounds).append(kRoundsOfSource));
}

TEST_F(CrawlQueryPlan, ReachesSightingsThroughIndexes) {
  for (const std::string_view condition :
       {kSightingOfId, kSightingAt, kSightingOfRequest, kSightingsOfCase, kAllSightings, kSightingsOfTenant,
        kSightingsOfSource, kSightingsOfUploader, kSightingsOfMedia, kSightingsDue})
    expect_direct(std::string(kSelectSightings).append(condition));
  for (const StatementText& text :
       {kSetSightingCase, kSetSightingRequest, kFollowCheck, kListSightingChecks, kListCaptures})
    expect_direct(text.sql);
}

}  // namespace
}  // namespace reelprint::store
