// The exchanges of a visit, kept beside what they brought: nothing is fetched twice, neither after a kill nor
// for the capture of a copy.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/crawl_url.h"
#include "core/exchange.h"
#include "crawler/fetch_pool.h"
#include "store/crawl_exchanges.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// The folder that has the contents of kept exchanges. Used by the loop's thread alone.
class KeptFiles {
 public:
  /// What no exchange of the store uses any more is removed. Throws Error{io}.
  KeptFiles(store::Store& store, std::filesystem::path folder, WallTime now);

  /// A name that nobody else has, of this crawl or of one before.
  [[nodiscard]] std::filesystem::path new_file();
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  void remove(const store::UnneededBodies& unneeded);
  void count(std::uint64_t bytes) { bytes_ += bytes; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  ///< of all exchanges that are kept

 private:
  std::filesystem::path folder_;
  std::string prefix_;
  std::uint64_t last_ = 0;
  std::uint64_t bytes_ = 0;
};

struct KeptExchange {
  std::int64_t id = 0;  ///< in the store; 0: it is not kept yet
  CrawlPurpose purpose = CrawlPurpose::discover;
  bool is_of_page = false;  ///< of a page that named the address
  Exchange exchange{};      ///< its body is a file of the folder
};

/// What the store has of an exchange; one of no sense is left out.
[[nodiscard]] std::vector<KeptExchange> kept_exchanges(const std::vector<store::CrawlExchange>& stored,
                                                       const KeptFiles& files);

/// Of one visit to an address. Used by the loop's thread alone, but for `is_intact`.
class VisitExchanges {
 public:
  enum class Keeps : std::uint8_t {
    at_once,  ///< in the transaction that has the request's row
    later,    ///< when `bequeath` or `keep` says so; else they go with the object
  };
  /// Begins with what an interrupted visit has left, unless that is older than a day.
  VisitExchanges(store::Store& store, KeptFiles& files, CrawlUrlId url, Keeps keeps, WallTime now);
  ~VisitExchanges();
  VisitExchanges(const VisitExchanges&) = delete;
  VisitExchanges& operator=(const VisitExchanges&) = delete;

  /// The answer to such a request, if there was one: the same range of the same address, or all of it;
  /// `also_cut`: or a beginning of the range. Valid until the next `add`.
  [[nodiscard]] const Exchange* answer_to(const crawler::FetchOrder& order, bool also_cut = false) const;
  [[nodiscard]] std::filesystem::path new_file() { return files_.new_file(); }
  /// Keeps it when it is of use: an answer with content, or a redirect; `also_cut`: or a range of which the
  /// connection was cut.
  void add(CrawlPurpose purpose, const Exchange& exchange, bool also_cut = false);
  /// Of the address itself, before anything was asked in this visit.
  [[nodiscard]] bool has_own() const;
  /// Whether all contents are as they came; any thread. Throws Error{cancelled}.
  [[nodiscard]] bool is_intact(const std::stop_token& stop) const;
  /// Over the wire, of all that was added and of what an interrupted visit has left.
  [[nodiscard]] std::uint64_t wire_bytes() const { return wire_bytes_; }
  /// They are of no use any more.
  void forget();
  /// Also for the visits of these addresses, which it named.
  void bequeath(std::span<const CrawlUrlId> heirs);

 private:
  void keep(KeptExchange& kept);

  store::Store& store_;
  KeptFiles& files_;
  CrawlUrlId url_;
  Keeps keeps_;
  std::vector<KeptExchange> kept_;
  std::uint64_t wire_bytes_ = 0;
  bool is_progress_ = false;  ///< the next that is kept: more is had than by visits before
};

}  // namespace reelprint::pipeline
