#include "store/frontier.h"

#include <algorithm>
#include <set>

#include "core/path_shape.h"
#include "store/columns.h"
#include "store/crawl_columns.h"
#include "store/crawl_queue.h"
#include "store/crawl_queue_statements.h"
#include "store/frontier_statements.h"
#include "store/url_digest.h"

namespace reelprint::store {
namespace {

using namespace statements;

/// How many are removed of a source that is gone, whenever something is taken.
constexpr std::size_t kMostTidied = 200;
/// Ancestors that share in a match.
constexpr int kMostAncestors = 16;

struct Row {
  CrawlUrl url{};
  std::int64_t lane = 0;
  std::int64_t host = 0;
  std::string taken_by{};
};

Row row_in(const Statement& row) {
  Row found;
  CrawlUrl& url = found.url;
  url.id = CrawlUrlId{row.integer(0)};
  url.source = CrawlSourceId{row.integer(1)};
  url.url = row.text(2);
  url.host = row.text(3);
  url.kind = crawl_url_kind_in(row, 4);
  url.purpose = crawl_purpose_in(row, 5);
  url.parent = CrawlUrlId{row.integer(6)};
  url.depth = row.integer<int>(7);
  url.yield = row.real(8);
  url.state = crawl_url_state_in(row, 9);
  url.due_at = wall_time_in(row, 10);
  url.failures = row.integer<int>(11);
  url.visits = row.integer<int>(12);
  url.changes = row.integer<int>(13);
  url.etag = row.text(14);
  url.last_modified = row.text(15);
  url.content = sha256_or_none_in(row, 16);
  url.status = row.integer<int>(17);
  url.note = row.text(18);
  url.hints = row.text(19);
  url.visited_at = wall_time_in(row, 20);
  url.first_visited_at = wall_time_in(row, 24);
  found.lane = row.integer(21);
  found.host = row.integer(22);
  found.taken_by = row.text(23);
  return found;
}

std::string select(std::string_view condition) {
  return std::string(kSelectUrls).append(condition);
}

std::optional<Row> row_of(Database& database, CrawlUrlId id) {
  const std::string sql = select(kUrlOfId);
  Statement row = database.statement({"read an address of the frontier", sql}, id.value);
  if (!row.step()) return std::nullopt;
  return row_in(row);
}

/// Nothing unless `crawler` has it.
std::optional<Row> taken_row_of(Database& database, CrawlUrlId id, std::string_view crawler) {
  auto row = row_of(database, id);
  if (row && (row->url.state != CrawlUrlState::taken || row->taken_by != crawler)) row.reset();
  return row;
}

/// Nothing when it was known.
std::optional<std::int64_t> lane_of_new(Database& database, const CrawlUrl& url, WallTime now) {
  CrawlQueue queue(database);
  const UrlDigest digest = url_digest(url.url);
  const std::int64_t host = queue.host_of(url_host(url.url));
  const std::int64_t lane = queue.lane_of(url.source, host, url.kind, path_shape(url.url));
  const bool waits = url.state == CrawlUrlState::waiting;
  const WallTime due = waits && url.due_at == WallTime{} ? now : url.due_at;
  const bool is_new = database.run(kInsertUrl, url.source.value, std::span<const std::byte>(digest), lane,
                                   to_string(url.kind), to_string(url.state), waits && due <= now,
                                   microseconds_of(due), url.yield, to_string(url.purpose), url.parent.value,
                                   url.depth, url.url, url.hints, url.note, host) > 0;
  if (is_new) return lane;
  return std::nullopt;
}

std::optional<std::int64_t> lane_of_improved(Database& database, const CrawlUrl& url) {
  const UrlDigest digest = url_digest(url.url);
  const std::int64_t host = CrawlQueue(database).host_of(url_host(url.url));
  Statement row = database.statement(kImproveUrl, url.source.value, std::span<const std::byte>(digest),
                                     url.depth, url.yield, host);
  std::optional<std::int64_t> lane;
  while (row.step()) lane = row.integer(0);
  return lane;
}

}  // namespace

std::size_t Frontier::add(std::span<const CrawlUrl> urls, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  std::size_t added = 0;
  std::set<std::int64_t> lanes;
  for (const CrawlUrl& url : urls) {
    auto lane = lane_of_new(database_, url, now);
    if (lane)
      ++added;
    else
      lane = lane_of_improved(database_, url);
    if (lane) lanes.insert(*lane);
  }
  CrawlQueue(database_).rank(lanes);
  change.commit();
  return added;
}

std::vector<CrawlUrl> Frontier::take(std::string_view crawler, std::size_t most, WallTime now,
                                     WallTime lease_until) {
  Transaction change(database_, Transaction::Kind::write);
  CrawlQueue queue(database_);
  queue.tidy(kMostTidied);
  queue.wake(now);
  std::vector<Row> rows;
  {
    const std::string sql = select(kBestUrls);
    Statement row = database_.statement({"find the best addresses", sql}, most);
    while (row.step()) rows.push_back(row_in(row));
  }
  std::vector<CrawlUrl> taken;
  std::set<std::int64_t> lanes;
  for (Row& row : rows) {
    database_.run(kTakeUrl, row.url.id.value, crawler, microseconds_of(lease_until));
    database_.run(kTakeHost, row.host, crawler, row.url.id.value, microseconds_of(lease_until));
    lanes.insert(row.lane);
    row.url.state = CrawlUrlState::taken;
    row.url.due_at = lease_until;
    taken.push_back(std::move(row.url));
  }
  queue.rank(lanes);
  change.commit();
  return taken;
}

std::optional<WallTime> Frontier::next_due(WallTime now) {
  const Transaction look(database_, Transaction::Kind::read);
  {
    Statement row = database_.statement(kHasOpenHost);
    if (row.step() && row.flag(0)) return now;
  }
  std::optional<WallTime> next;
  for (const StatementText& text : {kFindNextHost, kFindNextUrl}) {
    Statement row = database_.statement(text);
    if (row.step()) next = std::min(next.value_or(WallTime::max()), wall_time_in(row, 0));
  }
  if (next) next = std::max(*next, now);
  return next;
}

bool Frontier::hold(CrawlUrlId id, std::string_view crawler, WallTime lease_until) {
  Transaction change(database_, Transaction::Kind::write);
  const auto row = taken_row_of(database_, id, crawler);
  if (!row) return false;
  database_.run(kHoldUrl, id.value, crawler, microseconds_of(lease_until));
  database_.run(kHoldHost, row->host, crawler, id.value, microseconds_of(lease_until));
  change.commit();
  return true;
}

bool Frontier::settle(CrawlUrlId id, std::string_view crawler, const CrawlVisit& visit, WallTime host_next_at,
                      WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const auto row = taken_row_of(database_, id, crawler);
  if (!row) return false;
  const WallTime otherwise = visit.state == CrawlUrlState::waiting ? now : WallTime{};
  database_.run(kSettleUrl, id.value, crawler, to_string(visit.state),
                microseconds_of(visit.due_at.value_or(otherwise)), visit.failed, visit.status, visit.etag,
                visit.last_modified, bytes_or_none(visit.content), visit.note, microseconds_of(now));
  database_.run(kFreeHost, row->host, crawler, id.value, microseconds_of(host_next_at));
  if (!visit.failed && row->url.visits == 0) CrawlQueue(database_).count(row->lane, 1, 0);
  change.commit();
  return true;
}

void Frontier::hand_back(CrawlUrlId id, std::string_view crawler, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const auto row = taken_row_of(database_, id, crawler);
  if (!row) return;
  database_.run(kHandBackUrl, id.value, crawler);
  database_.run(kFreeHost, row->host, crawler, id.value, std::int64_t{-1});
  CrawlQueue queue(database_);
  queue.rank({row->lane});
  queue.wake(now);
  change.commit();
}

void Frontier::note_progress(CrawlUrlId id) {
  database_.run(kNoteProgress, id.value);
}

bool Frontier::make_due(CrawlUrlId id, CrawlPurpose purpose, WallTime at) {
  Transaction change(database_, Transaction::Kind::write);
  std::set<std::int64_t> lanes;
  {
    Statement row = database_.statement(kMakeDue, id.value, to_string(purpose), microseconds_of(at));
    while (row.step()) lanes.insert(row.integer(0));
  }
  CrawlQueue(database_).rank(lanes);
  change.commit();
  return !lanes.empty();
}

void Frontier::led_to_match(CrawlUrlId id) {
  Transaction change(database_, Transaction::Kind::write);
  CrawlQueue queue(database_);
  for (int ancestor = 0; ancestor < kMostAncestors && id != CrawlUrlId{}; ++ancestor) {
    std::optional<std::int64_t> lane;
    {
      Statement row = database_.statement(kLeadUrl, id.value);
      while (row.step()) lane = row.integer(0);
    }
    if (!lane) break;  // it has led to one before, and so have those above it
    queue.count(*lane, 0, 1);
    Statement parent = database_.statement(kFindParent, id.value);
    id = parent.step() ? CrawlUrlId{parent.integer(0)} : CrawlUrlId{};
  }
  change.commit();
}

std::optional<CrawlUrl> Frontier::find(CrawlUrlId id) {
  auto row = row_of(database_, id);
  if (!row) return std::nullopt;
  return std::move(row->url);
}

std::optional<CrawlUrl> Frontier::find(CrawlSourceId source, std::string_view url) {
  const UrlDigest digest = url_digest(url);
  const std::string sql = select(kUrlOfDigest);
  Statement row = database_.statement({"find an address of the frontier", sql}, source.value,
                                      std::span<const std::byte>(digest), url_host(url));
  if (!row.step()) return std::nullopt;
  return row_in(row).url;
}

}  // namespace reelprint::store
