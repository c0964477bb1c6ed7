// What the crawl has cost and brought, over any days.
#pragma once

#include <cstddef>
#include <vector>

#include "store/crawl_sources.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// Zeros do not narrow; days are UTC, and those of `from` and `until` are counted whole.
struct CrawlReportQuestion {
  TenantId tenant{};
  CrawlSourceId source{};
  WallTime from{};
  WallTime until = WallTime::max();
};

/// Of one source, or of all together (source zero).
struct CrawlReportRow {
  CrawlSourceId source{};
  std::size_t hosts = 0;  ///< that were asked then
  CrawlRound figures{};   ///< number, times and stopped_by are empty
};

struct CrawlReport {
  CrawlReportRow whole{};
  std::vector<CrawlReportRow> sources{};  ///< by id; also those that are gone
};

[[nodiscard]] CrawlReport crawl_report(Database& database, const CrawlReportQuestion& question);

}  // namespace reelprint::store
