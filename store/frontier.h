// Which addresses are to be asked, when, and by whom just now: durable, each once, however many there are.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/crawl_url.h"
#include "core/exchange.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// What is known of a host, across sources and processes: scheme, name and port are its key.
struct CrawlHost {
  std::string key{};
  WallTime next_at{};                  ///< not asked before then
  std::chrono::milliseconds delay{0};  ///< between two requests, as it adapted
  int failures = 0;                    ///< in a row
  WallTime closed_until{};             ///< the circuit breaker is open until then
  std::string robots{};                ///< text of robots.txt; "" when there is none
  int robots_status = 0;               ///< of the last answer; 0: never fetched, -1: could not be reached
  WallTime robots_at{};                ///< when it was fetched
  WallTime robots_unreachable_since{};
  WallTime robots_again_at{};  ///< not fetched again before then
  std::string taken_by{};      ///< the crawler that has a request at it under way
  WallTime taken_until{};
};

/// A request that was made or refused: what a court may want to see.
struct CrawlRequest {
  std::int64_t id = 0;
  CrawlSourceId source{};
  CrawlUrlId url_id{};
  std::string url{};
  CrawlPurpose purpose = CrawlPurpose::discover;
  std::string refused{};  ///< why it was not sent: "robots: Disallow: /private/"; "" when it was
  int status = 0;
  std::string address{};
  std::uint64_t bytes = 0;  ///< over the wire
  std::chrono::milliseconds took{0};
  std::string error_code{};
  Sha256 content{};
  WallTime at{};
};

/// What a visit led to. `state` is shown until it is due again; then it waits.
struct CrawlVisit {
  CrawlUrlState state = CrawlUrlState::settled;
  std::optional<WallTime> due_at{};  ///< again then; nothing: not of itself (but `waiting`: now)
  int status = 0;
  std::string etag{};
  std::string last_modified{};
  Sha256 content{};  ///< zero: as before (304)
  std::string note{};
  bool failed = false;
};

struct CrawlCount {
  CrawlSourceId source{};
  CrawlUrlKind kind = CrawlUrlKind::page;
  CrawlUrlState state = CrawlUrlState::waiting;
  std::size_t urls = 0;
};

/// Narrows a listing of requests; zeros do not narrow, and of both only the source does.
struct CrawlRequestFilter {
  CrawlSourceId source{};
  TenantId tenant{};
};

/// The frontier's part of Store, with its contract. What a call costs does not depend on how many addresses
/// wait, nor on how many of them are of one host (bench/frontier_bench.cpp).
class Frontier {
 public:
  explicit Frontier(Database& database) : database_(database) {}

  /// Adds what is new; what is known already keeps its state, but for a better yield or depth. Returns how
  /// many were new. One that waits is due at its `due_at`, 0 being now; any other state is kept as given.
  /// `host` is taken from the URL.
  /// `yield` is what its parent makes one expect: it counts where it is better than what the addresses of its
  /// source, host and path shape have brought (`led_to_match`).
  std::size_t add(std::span<const CrawlUrl> urls, WallTime now);
  /// At most `most`, each of another host that is free and may be asked now, the best first: by priority of
  /// the source, then yield, then how long it is due. Each is taken, and so is its host, until `lease_until`.
  /// Sources that are paused are left out. `crawler` names one thread of one process. An address of which
  /// the lease ended is due again, its failures one more; after ten it is gone.
  [[nodiscard]] std::vector<CrawlUrl> take(std::string_view crawler, std::size_t most, WallTime now,
                                           WallTime lease_until);
  /// When `take` would next give something; nothing when nothing waits at all.
  [[nodiscard]] std::optional<WallTime> next_due(WallTime now);
  /// Puts off the end of the lease, of the host's too; false when it was lost.
  bool hold(CrawlUrlId id, std::string_view crawler, WallTime lease_until);
  /// Ends a visit, frees the host, which is not asked before `host_next_at`. False when the lease was lost:
  /// then nothing is changed.
  bool settle(CrawlUrlId id, std::string_view crawler, const CrawlVisit& visit, WallTime host_next_at,
              WallTime now);
  /// Gives it back as if it had not been taken; frees its host.
  void hand_back(CrawlUrlId id, std::string_view crawler, WallTime now);
  /// More of it is had, and kept: one failure less, for a visit that may be lost begins further on the next
  /// time.
  void note_progress(CrawlUrlId id);
  /// Makes it due at `at`, whatever its state; false when it is taken just now, or not known.
  bool make_due(CrawlUrlId id, CrawlPurpose purpose, WallTime at);
  /// What it led to was a match: addresses of its like, and of its ancestors' like, come sooner from now on.
  /// Each counts once.
  void led_to_match(CrawlUrlId id);
  [[nodiscard]] std::optional<CrawlUrl> find(CrawlUrlId id);
  [[nodiscard]] std::optional<CrawlUrl> find(CrawlSourceId source, std::string_view url);

  [[nodiscard]] CrawlHost host(std::string_view key);  ///< a fresh one when it is not known
  void put_host(const CrawlHost& host);                ///< but for taken_by and taken_until
  /// Takes a host for a request that is no address of the frontier's (a segment, a capture); false when it is
  /// taken or may not be asked yet.
  bool take_host(std::string_view key, std::string_view crawler, WallTime now, WallTime lease_until);
  /// Frees a host that was so taken; nothing when the lease was lost.
  void free_host(std::string_view key, std::string_view crawler, WallTime next_at);
  /// Whether anything of the source is taken or could be taken once its host is free. What waits for its time
  /// does not count.
  [[nodiscard]] bool has_work(CrawlSourceId source, WallTime now);

  void record(const CrawlRequest& request);
  [[nodiscard]] std::vector<CrawlRequest> requests(CrawlSourceId source, std::int64_t before,
                                                   std::size_t limit);
  [[nodiscard]] std::vector<CrawlRequest> requests(const CrawlRequestFilter& filter, std::int64_t before,
                                                   std::size_t limit);
  /// Of all sources: zero.
  [[nodiscard]] std::vector<CrawlCount> counts(CrawlSourceId source);

 private:
  Database& database_;
};

}  // namespace reelprint::store
