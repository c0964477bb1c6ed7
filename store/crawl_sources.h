// The sources that are crawled, and their rounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crawl_source.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// What a round has cost and brought so far; one row a source and round. A budget is held against it by
/// crawler/budget.h.
struct CrawlRound {
  CrawlSourceId source{};
  std::int64_t number = 0;  ///< from 1
  WallTime began_at{};
  WallTime ended_at{};  ///< zero: it goes on
  std::uint64_t requests = 0;
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;          ///< over the wire
  std::uint64_t bytes_offered = 0;  ///< that the media found would have been whole
  std::uint64_t videos_found = 0;
  std::uint64_t videos_screened = 0;
  std::uint64_t videos_fetched_whole = 0;
  std::uint64_t matched = 0;  ///< that were not clear
  std::uint64_t refused = 0;  ///< by robots.txt, scope or address
  std::uint64_t failed = 0;
  double media_s = 0;             ///< of video that was looked at
  double cpu_s = 0;               ///< of screening
  std::uint64_t video_bytes = 0;  ///< over the wire, of the videos screened
  double video_s = 0;             ///< of wall time, from the first request for a video to its decision
  std::string stopped_by{};       ///< "budget: pages" …; "" when it was done
};

/// What the current round of a source has asked of one host.
struct CrawlHostUse {
  std::uint64_t pages = 0;
  std::uint64_t bytes = 0;

  friend bool operator==(const CrawlHostUse&, const CrawlHostUse&) = default;
};

/// The sources' part of Store, with its contract. A text of a list (start URL, host, prefix) has no line
/// break: invalid_input.
class CrawlSources {
 public:
  explicit CrawlSources(Database& database) : database_(database) {}

  /// Throws invalid_input when the tenant has one of that name, or the priority is beyond -100..100.
  CrawlSourceId add(const CrawlSource& source);
  /// False when there is none of that id and version.
  bool update(const CrawlSource& source);
  /// With its frontier, of which nothing is taken any more; its rows go bit by bit (Frontier::take).
  /// Sightings, requests and the figures of days stay.
  bool remove(CrawlSourceId id);
  [[nodiscard]] std::optional<CrawlSource> find(CrawlSourceId id);
  [[nodiscard]] std::optional<CrawlSource> find(TenantId tenant, std::string_view name);
  /// By id, of `tenant` (zero: all).
  [[nodiscard]] std::vector<CrawlSource> list(TenantId tenant, CrawlSourceId after, std::size_t limit);
  /// Those active whose round is due.
  [[nodiscard]] std::vector<CrawlSource> due(WallTime now);
  /// Begins a round: start URLs become due, next_round_at moves on; a round that goes on is ended by it. In
  /// one transaction.
  CrawlRound begin_round(const CrawlSource& source, WallTime now);
  /// Adds the figures of `more` to the source's newest round and to the day of `now`.
  void count(CrawlSourceId source, const CrawlRound& more, WallTime now);
  /// The part of them that was asked of one host (CrawlUrl::host).
  void count_host(CrawlSourceId source, std::string_view host, const CrawlHostUse& more, WallTime now);
  [[nodiscard]] CrawlHostUse host_use(CrawlSourceId source, std::string_view host);
  void end_round(CrawlSourceId source, const std::string& stopped_by, WallTime now);
  /// Nothing when none goes on.
  [[nodiscard]] std::optional<CrawlRound> current_round(CrawlSourceId source);
  /// The newest first.
  [[nodiscard]] std::vector<CrawlRound> rounds(CrawlSourceId source, std::size_t limit);
  /// Those with a smaller number than `before` (0: the newest).
  [[nodiscard]] std::vector<CrawlRound> rounds(CrawlSourceId source, std::int64_t before, std::size_t limit);
  /// The next round is due at `at`, whatever the schedule says.
  void set_next_round(CrawlSourceId source, WallTime at);

 private:
  Database& database_;
};

}  // namespace reelprint::store
