// What a crawl has fetched and may still need: to go on after a kill, and to write a copy's capture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"
#include "store/sqlite.h"

namespace reelprint::store {

/// One exchange; its content is a file of the crawl's folder.
struct CrawlExchange {
  std::int64_t id = 0;      ///< ascending with time
  std::string facts{};      ///< a JSON object
  std::string body{};       ///< name of the file; "": it has no content
  std::uint64_t bytes = 0;  ///< of the file
  bool is_of_page = false;  ///< of a page that named the address, not of the address itself

  friend bool operator==(const CrawlExchange&, const CrawlExchange&) = default;
};

/// A sighting whose capture is to be written from its exchanges.
struct CaptureDue {
  SightingId sighting{};
  std::string file{};    ///< name of what was put together from them; "": nothing was
  std::string pieces{};  ///< what is where in it, as whoever begins the capture writes it

  friend bool operator==(const CaptureDue&, const CaptureDue&) = default;
};

/// Files that nobody needs any more.
struct UnneededBodies {
  std::vector<std::string> files{};
  std::uint64_t bytes = 0;  ///< of their exchanges
};

/// The kept exchanges' part of Store, with its contract.
class CrawlExchanges {
 public:
  explicit CrawlExchanges(Database& database) : database_(database) {}

  /// Keeps it for the visit of an address. Its id.
  std::int64_t add(const CrawlExchange& exchange, CrawlUrlId used_by);
  /// Keeps it for another one too, as one of its page's.
  void share(std::int64_t exchange, CrawlUrlId also_used_by);
  [[nodiscard]] std::vector<CrawlExchange> of_url(CrawlUrlId id);  ///< in the order of their ids
  /// The visit is over: what nobody else uses goes.
  [[nodiscard]] UnneededBodies drop(CrawlUrlId id);

  /// Keeps the exchanges of an address for a capture; an earlier one of the sighting that was not written yet
  /// must have been ended.
  void begin_capture(CrawlUrlId of, const CaptureDue& due);
  [[nodiscard]] std::vector<CaptureDue> captures_due(SightingId after, std::size_t limit);
  [[nodiscard]] bool is_capture_due(SightingId id);
  [[nodiscard]] std::vector<CrawlExchange> of_sighting(SightingId id);
  /// It is written, or never will be. Its file goes too.
  [[nodiscard]] UnneededBodies end_capture(SightingId id);

  [[nodiscard]] bool has_body(std::string_view file);
  [[nodiscard]] std::uint64_t bytes();  ///< of all files; costs a look at each
  /// Exchanges of addresses that are done or gone; costs a look at each.
  [[nodiscard]] UnneededBodies drop_strays();

 private:
  void remove_unused(const std::vector<std::int64_t>& exchanges, UnneededBodies& unneeded);

  Database& database_;
};

}  // namespace reelprint::store
