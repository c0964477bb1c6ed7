// What an address says by its name alone, before anything is asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/crawl_url.h"

namespace reelprint::crawler {

/// By the suffix of its path (query and fragment aside): media, playlist, image, feed, sitemap; page for what
/// may be a document; nothing for what leads nowhere (archives, style sheets, sound alone). `reference` may
/// be relative.
[[nodiscard]] std::optional<CrawlUrlKind> kind_by_name(std::string_view reference);
/// Whether the suffix is that of a video file or a playlist.
[[nodiscard]] bool is_media_name(std::string_view reference);
/// "video/mp4", "application/x-mpegURL", "text/html" …: media, playlist, player, image; nothing for others.
[[nodiscard]] std::optional<CrawlUrlKind> kind_by_type(std::string_view content_type);
/// The address of a media file that a query parameter of `reference` holds ("/player?url=https%3A%2F%2F…"),
/// decoded; nothing when there is none.
[[nodiscard]] std::optional<std::string> media_in_query(std::string_view reference);
/// The better way to fetch little of a video has the lower: files 10, HLS 20, DASH 30, players 50, pages 90.
[[nodiscard]] int way_rank(CrawlUrlKind kind, std::string_view url);
/// What two renditions of one video share on one site: site, path and query without suffix, quality and
/// delivery words; "" when nothing tells. `url` is normalised.
[[nodiscard]] std::string rendition_key(std::string_view url);

}  // namespace reelprint::crawler
