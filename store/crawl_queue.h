// The frontier's heap: which address of a lane, which lane of a host, which host comes first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/crawl_url.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// A lane: the addresses of one source, host, kind and path shape (core/path_shape.h). Every call belongs
/// into a write transaction of the caller's.
class CrawlQueue {
 public:
  explicit CrawlQueue(Database& database) : database_(database) {}

  /// Makes what is new. A host of 200 lanes or more puts further shapes into one lane, so that its paths
  /// cannot be used to make the tables grow.
  [[nodiscard]] std::int64_t host_of(std::string_view key);
  [[nodiscard]] std::int64_t lane_of(CrawlSourceId source, std::int64_t host, CrawlUrlKind kind,
                                     std::string_view shape);

  /// Reckons again which address leads each lane, and which lane each of their hosts.
  void rank(const std::set<std::int64_t>& lanes);
  /// The host's lanes alone have changed.
  void rank_host(std::int64_t host);
  /// One visit or match more, for the lane, its host and its source; reckons the yield of the lane again, and
  /// with a match that of all lanes of the host that wait.
  void count(std::int64_t lane, int visits, int matches);

  /// Lets what is due be taken, at most some thousand at once: the rest the next time.
  void wake(WallTime now);
  /// The source's priority or state has changed; one that is gone is not active.
  void follow(CrawlSourceId source, int priority, bool is_active);
  /// Removes some of what is left of sources that are gone; false when there was nothing.
  bool tidy(std::size_t most);

 private:
  void rank_lane(std::int64_t lane);
  void reckon(std::int64_t lane);
  [[nodiscard]] std::int64_t host_of_lane(std::int64_t lane);

  Database& database_;
};

/// Of the addresses of a kind, how many lead to a match: Laplace's rule at each level, the level above it as
/// two visits of what is not known yet. A source that nothing is known of has 0.5, so what is new is tried.
struct YieldCounts {
  std::int64_t visits = 0;
  std::int64_t matches = 0;
};
[[nodiscard]] double expected_yield(YieldCounts lane, YieldCounts host, YieldCounts source);

}  // namespace reelprint::store
