// What a document leads to: other pages, players, playlists, media. Pure: bytes in, findings out; bytes are
// hostile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/crawl_url.h"
#include "core/sighting.h"

namespace reelprint::crawler {

/// A document as it came.
struct Document {
  std::string url{};           ///< that it came from, normalised; relative references are resolved against it
  std::string content_type{};  ///< as the server said; it is sniffed all the same
  std::string robots_header{};   ///< X-Robots-Tag
  std::string link_header{};     ///< Link, all of its lines
  std::string refresh_header{};  ///< Refresh
  std::string_view bytes{};      ///< decoded content
};

/// One address that the document names, normalised.
struct Finding {
  std::string url{};
  CrawlUrlKind kind = CrawlUrlKind::page;
  bool is_nofollow = false;    ///< rel=nofollow or the page's own robots meta
  bool is_pagination = false;  ///< rel=next, "page 2"
  bool is_refresh = false;     ///< where the page itself sends whoever opens it
  /// Of media, playlists and players of a video: 1 for the best way to it (a file before HLS before DASH
  /// before a player's page), then 2 …, each once; one of them is enough. 0: is no way to a video.
  int rank = 0;
  /// Of media, playlists, players and thumbnails: position in `videos`. Of a page or feed item: what it was
  /// said to show there, when no way to that was said (hints for what will be found on it). -1: none.
  int video = -1;
  std::string text{};  ///< of a link, up to 300 bytes

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct Discovery {
  std::string kind{};  ///< what it turned out to be: "html", "feed", "sitemap", "sitemap_index", "oembed",
                       ///< "hls", "dash", "media", "list", "robots", "other"
  std::vector<Finding> findings{};      ///< each address once, in the document's order
  std::vector<VideoMetadata> videos{};  ///< each with at least one finding
  std::vector<std::string> pages{};     ///< of each of `videos`, that shows it, as a feed or sitemap says; ""
  std::string canonical{};              ///< rel=canonical; ""
  bool is_noindex = false;
  std::optional<WallTime> unavailable_after{};  ///< from then on it asks to be treated as noindex
  std::string title{};
  std::string text{};                   ///< what a person reads on a page, up to 4 KiB
  std::vector<std::string> problems{};  ///< what was wrong with it, one sentence each, at most 20
};

/// At most `most_findings`; a document of more says so in its problems. Never throws for what the bytes are.
[[nodiscard]] Discovery discover(const Document& document, std::size_t most_findings = 50'000);

/// What bytes begin as, whatever the server called them: "html", "xml", "json", "hls", "dash", "mp4", "webm",
/// "ts", "flv", "avi", "image", "gzip", "text", "other".
[[nodiscard]] std::string_view sniff(std::span<const std::byte> begin, std::string_view content_type);

}  // namespace reelprint::crawler
