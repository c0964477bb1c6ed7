// The crawl's only way out: robots.txt obeyed, one request at a time per host, each followed by a pause, and
// each written down, also those that are not sent.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "core/exchange.h"
#include "crawler/fetch_pool.h"
#include "crawler/guarded_proxy.h"
#include "crawler/politeness.h"
#include "crawler/robots_policy.h"
#include "pipeline/crawl_figures.h"
#include "pipeline/crawl_loop.h"
#include "pipeline/host_gate.h"
#include "pipeline/task.h"
#include "store/frontier.h"
#include "store/store.h"

namespace reelprint::pipeline {

class VisitExchanges;

/// A request that somebody wants.
struct CrawlAsk {
  CrawlSourceId source{};
  CrawlUrlId url_id{};  ///< that it is made for
  CrawlPurpose purpose = CrawlPurpose::discover;
  crawler::FetchOrder order{};  ///< its URL is normalised; its ticket is not looked at
  /// Of the visit: what they have is not asked again, and what is asked is kept with them. None: nothing is.
  VisitExchanges* kept = nullptr;
  /// The beginning of a range, cut off, is kept and comes back too.
  bool is_resumable = false;
  /// A host that is busy (429, 503) but names so near a time (Retry-After) is asked again then.
  std::chrono::seconds patience{0};
};

struct CrawlAnswer {
  std::string url{};                 ///< that was asked in the end, redirects followed
  Exchange exchange{};               ///< the last one
  std::string refused{};             ///< why it was not sent: "robots: Disallow: /private/"; "" when it was
  std::optional<WallTime> try_at{};  ///< refused or failed for now only: not before then

  [[nodiscard]] bool is_ok() const {
    return refused.empty() && exchange.error_code.empty() && exchange.status >= 200 && exchange.status < 300;
  }
  /// What a person is told of it.
  [[nodiscard]] std::string words() const;
};

struct PoliteSettings {
  crawler::PolitenessSettings politeness{};
  std::string crawler = "crawler";         ///< in whose name hosts are taken
  std::string product = "reelprint";       ///< that robots.txt speaks to
  crawler::FetchSettings fetch{};          ///< which addresses may be asked at all
  std::filesystem::path scratch{};         ///< a folder for robots.txt
  std::chrono::seconds longest_wait{300};  ///< for a host; beyond, the answer is "try later"
  /// Of a host that is taken for one request: a killed crawl's hosts are free so soon. The gate keeps others
  /// of this crawl out for longer, and crawl.lock other crawls.
  std::chrono::seconds lease{20};
  std::size_t most_redirects = 5;
};

/// Of one loop, whose thread it is used by.
class PoliteRequests {
 public:
  PoliteRequests(CrawlLoop& loop, store::Store& store, CrawlFigures& figures, PoliteSettings settings);
  PoliteRequests(const PoliteRequests&) = delete;
  PoliteRequests& operator=(const PoliteRequests&) = delete;

  /// One request; a redirect comes back as it is.
  [[nodiscard]] Task<CrawlAnswer> ask(CrawlAsk ask);
  /// Follows redirects, each asked for politely; `refusal` says why an address is not to be followed, "" when
  /// it is.
  using Refusal = std::function<std::string(const std::string& url)>;
  [[nodiscard]] Task<CrawlAnswer> follow(CrawlAsk ask, Refusal refusal);
  /// Writes down a request that was not sent.
  void refuse(const CrawlAsk& ask, const std::string& url, const std::string& why);

  /// Writes down a request that a program of others made by way of our proxy.
  void note_of_others(const CrawlAsk& ask, const crawler::ProxiedRequest& request);
  /// What a host's robots.txt says; nothing when it is not remembered just now.
  [[nodiscard]] std::shared_ptr<const crawler::RobotsRules> remembered_rules(const std::string& host) const;

  /// A visit has taken the host in the store: requests there need not take it once more.
  void lend(const std::string& host) { ++lent_[host]; }
  /// It is about to be freed in the store. Requests that wait for it, or are under way, go on.
  void take_back(const std::string& host);
  /// When the host may be asked next.
  [[nodiscard]] WallTime next_at(const std::string& host);
  [[nodiscard]] std::size_t busy_hosts() const { return gate_.busy(); }

 private:
  /// What applies at a host, until it is to be asked again.
  struct Rules {
    crawler::RobotsMemory memory{};
    std::shared_ptr<const crawler::RobotsRules> rules{};
  };

  /// Whether a request may go to the host now.
  struct Turn {
    bool is_ours = false;              ///< taken in the store for this one request
    std::optional<WallTime> try_at{};  ///< not now: that would take too long
  };

  [[nodiscard]] Task<Turn> wait_for_turn(std::string host);
  [[nodiscard]] Task<Rules> rules_of(CrawlAsk ask, std::string host);
  void heed_delay(const std::string& key, const crawler::RobotsRules& rules);
  [[nodiscard]] Task<crawler::RobotsMemory> fetch_robots(CrawlAsk ask, std::string host,
                                                         crawler::RobotsMemory before);
  [[nodiscard]] Task<crawler::RobotsAnswer> ask_robots(CrawlAsk ask, std::string url);
  [[nodiscard]] crawler::RobotsMemory stored_robots(const std::string& host) const;
  void store_robots(const std::string& host, const crawler::RobotsMemory& memory);
  [[nodiscard]] Task<CrawlAnswer> ask_gated(CrawlAsk ask, std::string host);
  void record(const CrawlAsk& ask, const Exchange& exchange);
  WallTime note(const std::string& host, const Exchange& exchange);

  CrawlLoop& loop_;
  store::Store& store_;
  CrawlFigures& figures_;
  PoliteSettings settings_;
  HostGate gate_;    ///< one request at a time
  HostGate robots_;  ///< one robots.txt at a time: it may be redirected to another host
  std::map<std::string, int> lent_;
  std::uint64_t robots_number_ = 0;
  std::map<std::string, Rules> rules_;  ///< a few thousand hosts'; the store has them all
};

}  // namespace reelprint::pipeline
