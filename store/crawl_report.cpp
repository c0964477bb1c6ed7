#include "store/crawl_report.h"

#include <limits>

#include "store/columns.h"
#include "store/crawl_sources_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

std::int64_t day_of(WallTime time) {
  return std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
}

CrawlRound figures_in(const Statement& row) {
  CrawlRound figures;
  int column = 0;
  for (std::uint64_t* figure :
       {&figures.requests, &figures.pages, &figures.bytes, &figures.bytes_offered, &figures.videos_found,
        &figures.videos_screened, &figures.videos_fetched_whole, &figures.matched, &figures.refused,
        &figures.failed})
    *figure = row.integer<std::uint64_t>(++column);
  figures.media_s = row.real(11);
  figures.cpu_s = row.real(12);
  figures.video_bytes = row.integer<std::uint64_t>(13);
  figures.video_s = row.real(14);
  return figures;
}

void add_to(CrawlRound& sum, const CrawlRound& more) {
  sum.requests += more.requests;
  sum.pages += more.pages;
  sum.bytes += more.bytes;
  sum.bytes_offered += more.bytes_offered;
  sum.videos_found += more.videos_found;
  sum.videos_screened += more.videos_screened;
  sum.videos_fetched_whole += more.videos_fetched_whole;
  sum.matched += more.matched;
  sum.refused += more.refused;
  sum.failed += more.failed;
  sum.media_s += more.media_s;
  sum.cpu_s += more.cpu_s;
  sum.video_bytes += more.video_bytes;
  sum.video_s += more.video_s;
}

}  // namespace

CrawlReport crawl_report(Database& database, const CrawlReportQuestion& question) {
  const Transaction look(database, Transaction::Kind::read);
  CrawlReport report;
  std::string sql(kSumDays);
  if (question.source != CrawlSourceId{})
    sql += kDaysOfSource;
  else if (question.tenant != TenantId{})
    sql += kDaysOfTenant;
  sql += kSumDaysOrder;
  {
    Statement row =
        database.statement({"sum up days of the crawl", sql}, day_of(question.from), day_of(question.until));
    if (question.source != CrawlSourceId{})
      row.bind(3, question.source.value);
    else if (question.tenant != TenantId{})
      row.bind(3, question.tenant.value);
    while (row.step()) report.sources.push_back({CrawlSourceId{row.integer(0)}, 0, figures_in(row)});
  }
  const auto from = microseconds_of(question.from);
  const auto until = microseconds_of(question.until);
  for (CrawlReportRow& source : report.sources) {
    Statement row = database.statement(kCountHostsOfSource, source.source.value, from, until);
    if (row.step()) source.hosts = row.integer<std::size_t>(0);
    add_to(report.whole.figures, source.figures);
  }
  // Of all together each host counts once.
  if (question.source != CrawlSourceId{}) {
    report.whole.hosts = report.sources.empty() ? 0 : report.sources[0].hosts;
  } else {
    Statement row = database.statement(kCountHosts, question.tenant.value, from, until);
    if (row.step()) report.whole.hosts = row.integer<std::size_t>(0);
  }
  return report;
}

}  // namespace reelprint::store
