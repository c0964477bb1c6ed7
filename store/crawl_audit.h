// How long the audit of the crawl's requests is kept, and which of it for good.
#pragma once

#include <cstddef>

#include "core/clock.h"
#include "core/sighting.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// The crawl audit's part of Store, with its contract. Sums of days and rounds know nothing of it.
class CrawlAudit {
 public:
  explicit CrawlAudit(Database& database) : database_(database) {}

  /// Keeps for good what was asked for the video of a sighting, and for the pages that led to it. Nothing
  /// where it is not of the frontier (a watched folder).
  void keep(const Sighting& sighting);
  /// One step: of the `most` oldest requests not looked at before, those made before `before` are removed,
  /// but for kept ones, captures, takedown checks, and robots.txt of hosts with a sighting in a case. Returns
  /// how many were looked at: less than `most`, and there is nothing more to do for now.
  std::size_t prune(WallTime before, std::size_t most);

 private:
  Database& database_;
};

}  // namespace reelprint::store
