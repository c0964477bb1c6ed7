#include "store/crawl_queue.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "store/columns.h"
#include "store/crawl_queue_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::int64_t kMostLanes = 200;
constexpr std::string_view kOtherShapes = "*";
/// So that one call stays short, whatever becomes due at once.
constexpr int kMostWoken = 2'000;
/// An address with which crawlers were lost so often is suspected of being the cause; with this many more it
/// is. Whoever was only in flight when crawlers were killed comes through in between.
constexpr int kSuspectedLosses = 10;
constexpr int kMoreLosses = 8;

/// How long a suspect waits, so that not all of them are in flight at once again: 1, 4, 16 … minutes, a day.
std::chrono::minutes delay_of_suspect(int losses_more) {
  return std::min(std::chrono::minutes{1} * (1 << (2 * losses_more)),
                  std::chrono::duration_cast<std::chrono::minutes>(std::chrono::days{1}));
}

double laplace(YieldCounts counts, double above) {
  return (static_cast<double>(counts.matches) + 2 * above) / (static_cast<double>(counts.visits) + 2);
}

}  // namespace

double expected_yield(YieldCounts lane, YieldCounts host, YieldCounts source) {
  return std::clamp(laplace(lane, laplace(host, laplace(source, 0.5))), 0.0, 1.0);
}

std::int64_t CrawlQueue::host_of(std::string_view key) {
  {
    Statement row = database_.statement(kFindCrawlHost, key);
    if (row.step()) return row.integer(0);
  }
  database_.run(kInsertCrawlHost, key);
  return database_.last_key();
}

std::int64_t CrawlQueue::lane_of(CrawlSourceId source, std::int64_t host, CrawlUrlKind kind,
                                 std::string_view shape) {
  {
    Statement row = database_.statement(kFindLane, source.value, host, to_string(kind), shape);
    if (row.step()) return row.integer(0);
  }
  bool is_full = false;
  {
    Statement row = database_.statement(kCountLanes, host);
    is_full = row.step() && row.integer(0) >= kMostLanes;
  }
  if (is_full && shape != kOtherShapes) return lane_of(source, host, kind, kOtherShapes);
  database_.run(kInsertLane, source.value, host, to_string(kind), shape);
  const std::int64_t lane = database_.last_key();
  database_.run(kCountLane, host);
  reckon(lane);
  return lane;
}

std::int64_t CrawlQueue::host_of_lane(std::int64_t lane) {
  Statement row = database_.statement(kFindHostOfLane, lane);
  if (!row.step()) row.refuse(ErrorCode::corrupt, "there is no such lane");
  return row.integer(0);
}

void CrawlQueue::rank(const std::set<std::int64_t>& lanes) {
  std::set<std::int64_t> hosts;
  for (const std::int64_t lane : lanes) {
    rank_lane(lane);
    hosts.insert(host_of_lane(lane));
  }
  for (const std::int64_t host : hosts) rank_host(host);
}

void CrawlQueue::rank_lane(std::int64_t lane) {
  std::int64_t url = 0;
  double yield = 0;
  std::int64_t due = 0;
  {
    Statement row = database_.statement(kFindBestUrl, lane);
    if (row.step()) {
      url = row.integer(0);
      yield = row.real(1);
      due = row.integer(2);
    }
  }
  database_.run(kSetLaneBest, lane, url, yield, due);
}

void CrawlQueue::rank_host(std::int64_t host) {
  std::int64_t lane = 0;
  std::int64_t priority = 0;
  double rank = 0;
  std::int64_t due = 0;
  {
    Statement row = database_.statement(kFindTopLane, host);
    if (row.step()) {
      lane = row.integer(0);
      priority = row.integer(1);
      rank = row.real(2);
      due = row.integer(3);
    }
  }
  database_.run(kSetHostTop, host, lane, priority, rank, due);
}

void CrawlQueue::reckon(std::int64_t lane) {
  double yield = 0;
  {
    Statement row = database_.statement(kReadLaneCounts, lane);
    if (!row.step()) row.refuse(ErrorCode::corrupt, "there is no such lane");
    yield = expected_yield({row.integer(0), row.integer(1)}, {row.integer(2), row.integer(3)},
                           {row.integer(4), row.integer(5)});
  }
  database_.run(kSetLaneYield, lane, yield);
}

void CrawlQueue::count(std::int64_t lane, int visits, int matches) {
  for (const StatementText& text : {kCountOfLane, kCountOfLanesHost, kCountOfLanesSource})
    database_.run(text, lane, visits, matches);
  std::set<std::int64_t> lanes{lane};
  if (matches > 0) {
    Statement row = database_.statement(kListLanesOfHost, host_of_lane(lane));
    while (row.step()) lanes.insert(row.integer(0));
  }
  for (const std::int64_t changed : lanes) reckon(changed);
  rank(lanes);
}

void CrawlQueue::wake(WallTime now) {
  struct Due {
    std::int64_t url = 0;
    std::int64_t lane = 0;
    bool is_lost = false;
    int failures = 0;
  };
  std::vector<Due> due;
  {
    Statement row = database_.statement(kFindDueUrls, microseconds_of(now), kMostWoken);
    while (row.step()) due.push_back({row.integer(0), row.integer(1), row.flag(2), row.integer<int>(3)});
  }
  std::set<std::int64_t> lanes;
  for (const Due& url : due) {
    const int more = url.failures + 1 - kSuspectedLosses;
    if (url.is_lost && more >= 0 && more < kMoreLosses)
      database_.run(kPutOffLostUrl, url.url, microseconds_of(now + delay_of_suspect(more)));
    else if (url.is_lost)
      database_.run(more < 0 ? kReadyLostUrl : kAbandonUrl, url.url);
    else
      database_.run(kReadyUrl, url.url);
    lanes.insert(url.lane);
  }
  rank(lanes);
  database_.run(kOpenHosts, microseconds_of(now), kMostWoken);
}

void CrawlQueue::follow(CrawlSourceId source, int priority, bool is_active) {
  database_.run(kFollowSource, source.value, priority, is_active);
  std::vector<std::int64_t> hosts;
  {
    Statement row = database_.statement(kListHostsOfSource, source.value);
    while (row.step()) hosts.push_back(row.integer(0));
  }
  for (const std::int64_t host : hosts) rank_host(host);
}

bool CrawlQueue::tidy(std::size_t most) {
  std::int64_t source = 0;
  {
    Statement row = database_.statement(kFindRemovedSource);
    if (!row.step()) return false;
    source = row.integer(0);
  }
  if (database_.run(kRemoveUrls, source, most) > 0) return true;
  for (const StatementText& text : {kRemoveLanes, kRemoveCounts, kForgetRemoved}) database_.run(text, source);
  return true;
}

}  // namespace reelprint::store
