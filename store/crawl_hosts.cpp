// The frontier's hosts, requests and counts.

#include <limits>

#include "store/columns.h"
#include "store/crawl_columns.h"
#include "store/crawl_queue.h"
#include "store/crawl_queue_statements.h"
#include "store/frontier.h"
#include "store/frontier_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

CrawlRequest request_in(const Statement& row) {
  CrawlRequest request;
  request.id = row.integer(0);
  request.source = CrawlSourceId{row.integer(1)};
  request.url_id = CrawlUrlId{row.integer(2)};
  request.url = row.text(3);
  request.purpose = crawl_purpose_in(row, 4);
  request.refused = row.text(5);
  request.status = row.integer<int>(6);
  request.address = row.text(7);
  request.bytes = row.integer<std::uint64_t>(8);
  request.took =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{row.integer(9)});
  request.error_code = row.text(10);
  request.content = sha256_or_none_in(row, 11);
  request.at = wall_time_in(row, 12);
  return request;
}

std::int64_t microseconds_of(std::chrono::milliseconds time) {
  return std::chrono::microseconds{time}.count();
}

}  // namespace

CrawlHost Frontier::host(std::string_view key) {
  Statement row = database_.statement(kReadCrawlHost, key);
  CrawlHost host{.key = std::string(key)};
  if (!row.step()) return host;
  host.next_at = wall_time_in(row, 1);
  host.delay =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{row.integer(2)});
  host.failures = row.integer<int>(3);
  host.closed_until = wall_time_in(row, 4);
  host.robots = row.text(5);
  host.robots_status = row.integer<int>(6);
  host.robots_at = wall_time_in(row, 7);
  host.robots_unreachable_since = wall_time_in(row, 8);
  host.robots_again_at = wall_time_in(row, 9);
  host.taken_by = row.text(10);
  host.taken_until = wall_time_in(row, 11);
  return host;
}

void Frontier::put_host(const CrawlHost& host) {
  Transaction change(database_, Transaction::Kind::write);
  const std::int64_t id = CrawlQueue(database_).host_of(host.key);
  database_.run(kUpdateCrawlHost, id, store::microseconds_of(host.next_at), microseconds_of(host.delay),
                host.failures, store::microseconds_of(host.closed_until));
  database_.run(kPutRobots, id, host.robots, host.robots_status, store::microseconds_of(host.robots_at),
                store::microseconds_of(host.robots_unreachable_since),
                store::microseconds_of(host.robots_again_at));
  change.commit();
}

bool Frontier::take_host(std::string_view key, std::string_view crawler, WallTime now, WallTime lease_until) {
  Transaction change(database_, Transaction::Kind::write);
  (void)CrawlQueue(database_).host_of(key);
  const bool is_taken = database_.run(kLeaseHost, key, crawler, store::microseconds_of(lease_until),
                                      store::microseconds_of(now)) > 0;
  change.commit();
  return is_taken;
}

void Frontier::free_host(std::string_view key, std::string_view crawler, WallTime next_at) {
  Transaction change(database_, Transaction::Kind::write);
  database_.run(kFreeHost, CrawlQueue(database_).host_of(key), crawler, std::int64_t{0},
                store::microseconds_of(next_at));
  change.commit();
}

bool Frontier::has_work(CrawlSourceId source, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  CrawlQueue(database_).wake(now);
  bool has = false;
  {
    Statement row = database_.statement(kSourceHasReady, source.value);
    has = row.step() && row.flag(0);
  }
  change.commit();
  return has;
}

void Frontier::record(const CrawlRequest& request) {
  database_.run(kInsertCrawlRequest, request.source.value, request.url_id.value, request.url,
                to_string(request.purpose), request.refused, request.status, request.address, request.bytes,
                microseconds_of(request.took), request.error_code, bytes_or_none(request.content),
                store::microseconds_of(request.at));
}

std::vector<CrawlRequest> Frontier::requests(CrawlSourceId source, std::int64_t before, std::size_t limit) {
  return requests(CrawlRequestFilter{.source = source}, before, limit);
}

std::vector<CrawlRequest> Frontier::requests(const CrawlRequestFilter& filter, std::int64_t before,
                                             std::size_t limit) {
  const bool of_source = filter.source != CrawlSourceId{};
  const bool of_tenant = !of_source && filter.tenant != TenantId{};
  std::string sql(kSelectCrawlRequests);
  sql += of_source ? kCrawlRequestsOfSource : of_tenant ? kCrawlRequestsOfTenant : kAllCrawlRequests;
  Statement row = database_.statement({"list requests", sql},
                                      before == 0 ? std::numeric_limits<std::int64_t>::max() : before, limit);
  if (of_source) row.bind(3, filter.source.value);
  if (of_tenant) row.bind(3, filter.tenant.value);
  std::vector<CrawlRequest> requests;
  while (row.step()) requests.push_back(request_in(row));
  return requests;
}

std::vector<CrawlCount> Frontier::counts(CrawlSourceId source) {
  Statement row = source == CrawlSourceId{} ? database_.statement(kCountUrls)
                                            : database_.statement(kCountUrlsOfSource, source.value);
  std::vector<CrawlCount> counts;
  while (row.step())
    counts.push_back({CrawlSourceId{row.integer(0)}, crawl_url_kind_in(row, 1), crawl_url_state_in(row, 2),
                      row.integer<std::size_t>(3)});
  return counts;
}

}  // namespace reelprint::store
