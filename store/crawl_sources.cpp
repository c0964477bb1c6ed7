#include "store/crawl_sources.h"

#include <algorithm>

#include "store/columns.h"
#include "store/crawl_columns.h"
#include "store/crawl_queue.h"
#include "store/crawl_sources_statements.h"
#include "store/frontier.h"

namespace reelprint::store {
namespace {

using namespace statements;

/// One a line.
std::string lines_of(const std::vector<std::string>& texts) {
  std::string lines;
  for (const std::string& text : texts) {
    if (text.empty() || text.find('\n') != std::string::npos)
      throw Error(ErrorCode::invalid_input, "store a source: a text of a list is empty or has a line break");
    if (!lines.empty()) lines += '\n';
    lines += text;
  }
  return lines;
}

std::vector<std::string> texts_of(std::string_view lines) {
  std::vector<std::string> texts;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    texts.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return texts;
}

/// What `add` and `update` write, from parameter 2 on.
void bind_source(Statement& row, const CrawlSource& source) {
  int at = 1;
  const auto next = [&](const auto& value) { row.bind(++at, value); };
  next(source.name);
  next(to_string(source.kind));
  for (const auto* list : {&source.start_urls, &source.scope.hosts, &source.scope.path_prefixes,
                           &source.scope.excluded_prefixes})
    next(lines_of(*list));
  next(source.scope.most_depth);
  next(source.budget.pages);
  next(source.budget.bytes);
  next(source.budget.time.count());
  next(source.budget.host_pages);
  next(source.budget.host_bytes);
  next(source.every.count());
  next(source.at ? source.at->count() : -1);
  next(source.priority);
  next(to_string(source.depth));
  next(source.obeys_nofollow);
  next(source.obeys_noindex);
  next(source.uses_extractor);
  next(source.territory);
  next(to_string(source.state));
  next(microseconds_of(source.next_round_at));
}

CrawlScope scope_in(const Statement& row) {
  return {.hosts = texts_of(row.text(5)),
          .path_prefixes = texts_of(row.text(6)),
          .excluded_prefixes = texts_of(row.text(7)),
          .most_depth = row.integer<int>(8)};
}

CrawlBudget budget_in(const Statement& row) {
  return {.pages = row.integer<std::uint64_t>(9),
          .bytes = row.integer<std::uint64_t>(10),
          .time = std::chrono::seconds{row.integer(11)},
          .host_pages = row.integer<std::uint64_t>(12),
          .host_bytes = row.integer<std::uint64_t>(13)};
}

CrawlSource source_in(const Statement& row) {
  CrawlSource source;
  source.id = CrawlSourceId{row.integer(0)};
  source.tenant = TenantId{row.integer(1)};
  source.name = row.text(2);
  source.kind = named_in(row, crawl_source_kind_of(row.text(3)), "a kind of source");
  source.start_urls = texts_of(row.text(4));
  source.scope = scope_in(row);
  source.budget = budget_in(row);
  source.every = std::chrono::minutes{row.integer(14)};
  if (row.integer(15) >= 0) source.at = std::chrono::minutes{row.integer(15)};
  source.priority = row.integer<int>(16);
  source.depth = named_in(row, fetch_depth_of(row.text(17)), "a depth");
  source.obeys_nofollow = row.flag(18);
  source.obeys_noindex = row.flag(19);
  source.uses_extractor = row.flag(20);
  source.territory = row.text(21);
  source.state = named_in(row, crawl_source_state_of(row.text(22)), "a source's state");
  source.next_round_at = wall_time_in(row, 23);
  source.version = row.integer(24);
  source.created_at = wall_time_in(row, 25);
  return source;
}

std::string select(std::string_view condition) {
  return std::string(kSelectCrawlSources).append(condition);
}

std::vector<CrawlSource> sources_in(Statement row) {
  std::vector<CrawlSource> sources;
  while (row.step()) sources.push_back(source_in(row));
  return sources;
}

void follow(Database& database, const CrawlSource& source) {
  CrawlQueue(database).follow(source.id, source.priority, source.state == CrawlSourceState::active);
}

}  // namespace

CrawlSourceId CrawlSources::add(const CrawlSource& source) {
  Statement row = database_.statement(kInsertCrawlSource, source.tenant.value);
  bind_source(row, source);
  row.bind(24, microseconds_of(source.created_at));
  row.run();
  return CrawlSourceId{database_.last_key()};
}

bool CrawlSources::update(const CrawlSource& source) {
  Transaction change(database_, Transaction::Kind::write);
  const auto before = find(source.id);
  if (!before || before->version != source.version) return false;
  {
    Statement row = database_.statement(kUpdateCrawlSource, source.version);
    bind_source(row, source);
    row.bind(24, source.id.value);
    row.run();
  }
  if (before->priority != source.priority || before->state != source.state) follow(database_, source);
  change.commit();
  return true;
}

bool CrawlSources::remove(CrawlSourceId id) {
  Transaction change(database_, Transaction::Kind::write);
  if (database_.run(kRemoveCrawlSource, id.value) == 0) return false;
  CrawlQueue(database_).follow(id, 0, false);
  database_.run(kMarkRemoved, id.value);
  change.commit();
  return true;
}

std::optional<CrawlSource> CrawlSources::find(CrawlSourceId id) {
  const std::string sql = select(kCrawlSourceOfId);
  Statement row = database_.statement({"read a source", sql}, id.value);
  if (!row.step()) return std::nullopt;
  return source_in(row);
}

std::optional<CrawlSource> CrawlSources::find(TenantId tenant, std::string_view name) {
  const std::string sql = select(kCrawlSourceOfName);
  Statement row = database_.statement({"find a source", sql}, tenant.value, name);
  if (!row.step()) return std::nullopt;
  return source_in(row);
}

std::vector<CrawlSource> CrawlSources::list(TenantId tenant, CrawlSourceId after, std::size_t limit) {
  const bool of_tenant = tenant != TenantId{};
  const std::string sql = select(of_tenant ? kCrawlSourcesOfTenant : kAllCrawlSources);
  Statement row = database_.statement({"list the sources", sql}, after.value, limit);
  if (of_tenant) row.bind(3, tenant.value);
  return sources_in(std::move(row));
}

std::vector<CrawlSource> CrawlSources::due(WallTime now) {
  const std::string sql = select(kDueCrawlSources);
  return sources_in(database_.statement({"list the sources that are due", sql}, microseconds_of(now)));
}

}  // namespace reelprint::store
