// What led to a video, kept with its address in the frontier: CrawlUrl::hints.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/crawl_url.h"
#include "core/sighting.h"

namespace reelprint::crawler {

/// One address that is said to lead to a video.
struct MediaWay {
  std::string url{};  ///< normalised
  CrawlUrlKind kind = CrawlUrlKind::media;

  friend bool operator==(const MediaWay&, const MediaWay&) = default;
};

struct MediaHints {
  VideoMetadata video{};
  std::string page_url{};        ///< that shows it; "": none
  std::vector<MediaWay> also{};  ///< other ways to the same video, the better first; at most 8
  bool is_extracted = false;     ///< by an external extractor: nothing more is asked of it

  friend bool operator==(const MediaHints&, const MediaHints&) = default;
};

/// A JSON object; texts are cut to 4 KiB.
[[nodiscard]] std::string to_json(const MediaHints& hints);
/// What `to_json` wrote; what is not there, or makes no sense, is not said.
[[nodiscard]] MediaHints media_hints_of(std::string_view json);
/// `nearer` where it says something, else `farther`: the page that shows a player knows more than the player.
[[nodiscard]] VideoMetadata joined(const VideoMetadata& nearer, const VideoMetadata& farther);

}  // namespace reelprint::crawler
