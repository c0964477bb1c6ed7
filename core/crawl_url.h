// One address of the frontier: what we know of it, and when it is to be asked again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/ids.h"
#include "core/sha256.h"

namespace reelprint {

/// What an address is expected to answer with; what comes is sniffed all the same.
enum class CrawlUrlKind : std::uint8_t {
  page,
  player,  ///< an iframe's page, or an embedUrl
  feed,
  sitemap,
  list,
  oembed,
  media,     ///< a file
  playlist,  ///< HLS or DASH
  image,     ///< a thumbnail: a hint
};

[[nodiscard]] std::string_view to_string(CrawlUrlKind kind);
[[nodiscard]] std::optional<CrawlUrlKind> crawl_url_kind_of(std::string_view name);

enum class CrawlUrlState : std::uint8_t {
  waiting,  ///< for its time
  taken,    ///< somebody fetches it; its lease ends at `due_at`
  settled,  ///< done for good, or until something makes it due again
  refused,  ///< by robots.txt, scope, address or budget: not asked for
  gone,     ///< 404, 410, or failed too often
};

[[nodiscard]] std::string_view to_string(CrawlUrlState state);
[[nodiscard]] std::optional<CrawlUrlState> crawl_url_state_of(std::string_view name);

/// Why an address is asked for: what the audit row of the request says.
enum class CrawlPurpose : std::uint8_t {
  discover,
  hint,
  sample,
  whole,
  robots,
  capture,
  takedown_check,
  revisit
};

[[nodiscard]] std::string_view to_string(CrawlPurpose purpose);
[[nodiscard]] std::optional<CrawlPurpose> crawl_purpose_of(std::string_view name);

struct CrawlUrl {
  CrawlUrlId id{};
  CrawlSourceId source{};
  std::string url{};   ///< normalised (crawler/normal_url.h)
  std::string host{};  ///< scheme, host and port: "https://videos.example": what politeness goes by
  CrawlUrlKind kind = CrawlUrlKind::page;
  CrawlPurpose purpose = CrawlPurpose::discover;
  CrawlUrlId parent{};  ///< that named it; zero: the source did
  int depth = 0;
  double yield = 0;  ///< expected: matches an address of its like has led to, 0..1
  CrawlUrlState state = CrawlUrlState::waiting;
  WallTime due_at{};
  int failures = 0;  ///< in a row
  int visits = 0;
  int changes = 0;  ///< visits that found other content than the one before
  std::string etag{};
  std::string last_modified{};
  Sha256 content{};     ///< of the last visit's content; zero: none yet
  int status = 0;       ///< of the last answer
  std::string note{};   ///< why it is refused or gone
  std::string hints{};  ///< a JSON object: what the parent said of it (title, duration_s, uploader …)
  WallTime first_visited_at{};  ///< answered; with visited_at what crawler/revisit.h goes by
  WallTime visited_at{};        ///< or tried, last

  friend bool operator==(const CrawlUrl&, const CrawlUrl&) = default;
};

}  // namespace reelprint
