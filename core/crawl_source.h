// Where a rights holder has us look for uploads.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/ids.h"

namespace reelprint {

enum class CrawlSourceKind : std::uint8_t {
  site,     ///< pages from the start URLs on, within the scope
  sitemap,  ///< sitemaps and sitemap indexes; the pages they name, and no links of those
  feed,     ///< RSS, Atom; the pages and media they name
  channel,  ///< pages that list one account's uploads: pagination is followed, and the uploads' pages
  list,     ///< a plain text of URLs of videos, one a line
  videos,   ///< the start URLs are the videos, or the pages that show one
  folder,   ///< a folder of this machine, watched
};

[[nodiscard]] std::string_view to_string(CrawlSourceKind kind);
[[nodiscard]] std::optional<CrawlSourceKind> crawl_source_kind_of(std::string_view name);

/// Which pages belong to a source. Media, playlists and players that a page of it shows may lie anywhere.
struct CrawlScope {
  std::vector<std::string>
      hosts{};  ///< "videos.example", or "*.example" for all below; none: those of the start URLs
  std::vector<std::string> path_prefixes{};  ///< "/drama/"; none: all paths
  std::vector<std::string> excluded_prefixes{};
  int most_depth = 5;  ///< links away from a start URL

  friend bool operator==(const CrawlScope&, const CrawlScope&) = default;
};

/// For one round of a source, and for one host in it; 0: no limit.
struct CrawlBudget {
  std::uint64_t pages = 10'000;
  std::uint64_t bytes = std::uint64_t{20} << 30;
  std::chrono::seconds time{0};
  std::uint64_t host_pages = 0;
  std::uint64_t host_bytes = 0;

  friend bool operator==(const CrawlBudget&, const CrawlBudget&) = default;
};

/// How much of a video is fetched before it is decided.
enum class FetchDepth : std::uint8_t {
  sample,  ///< its start and a few ranges; the whole when those are suspicious
  whole,
};

[[nodiscard]] std::string_view to_string(FetchDepth depth);
[[nodiscard]] std::optional<FetchDepth> fetch_depth_of(std::string_view name);

enum class CrawlSourceState : std::uint8_t { active, paused };

[[nodiscard]] std::string_view to_string(CrawlSourceState state);
[[nodiscard]] std::optional<CrawlSourceState> crawl_source_state_of(std::string_view name);

struct CrawlSource {
  CrawlSourceId id{};
  TenantId tenant{};  ///< that has us look; zero: of the service itself
  std::string name{};
  CrawlSourceKind kind = CrawlSourceKind::site;
  std::vector<std::string> start_urls{};  ///< of a folder: its absolute path
  CrawlScope scope{};
  CrawlBudget budget{};
  std::chrono::minutes every{24 *
                             60};  ///< a round begins this long after the last one began; 0: one round only
  /// UTC, since midnight: rounds begin at this time of the day, and `every` is in whole days.
  std::optional<std::chrono::minutes> at{};
  int priority = 0;  ///< -100..100, the higher the sooner
  FetchDepth depth = FetchDepth::sample;
  bool obeys_nofollow = true;   ///< links with rel=nofollow and pages with robots meta nofollow
  bool obeys_noindex = false;   ///< media of pages with robots meta noindex are left alone
  bool uses_extractor = false;  ///< an external extractor may be asked about its pages
  std::string territory{};  ///< where its videos are shown, for licences: ISO 3166-1 alpha-2; "": not known
  CrawlSourceState state = CrawlSourceState::active;
  WallTime next_round_at{};
  std::int64_t version = 1;
  WallTime created_at{};

  friend bool operator==(const CrawlSource&, const CrawlSource&) = default;
};

/// `next_round_at` of a source that has had its only round.
inline constexpr WallTime kNoMoreRounds = WallTime::max();

/// When the round after the one that began then begins.
[[nodiscard]] WallTime next_round_after(const CrawlSource& source, WallTime began_at);

}  // namespace reelprint
