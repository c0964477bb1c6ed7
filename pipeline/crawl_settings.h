// How a crawl goes about it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "crawler/extractor.h"
#include "crawler/guarded_fetch.h"
#include "crawler/politeness.h"
#include "pipeline/sample_plan.h"

namespace reelprint::pipeline {

struct CrawlSettings {
  std::filesystem::path data{};        ///< the data folder
  crawler::FetchSettings fetch{};      ///< its user agent too
  std::string product = "reelprint";   ///< that robots.txt speaks to
  std::size_t hosts_at_once = 32;      ///< with a visit under way
  std::size_t screenings_at_once = 1;  ///< each a thread that decodes (in the jail) and searches
  bool fetches_whole = false;          ///< every video, whatever its source says
  SampleSettings sample{};
  bool uses_hints = true;  ///< titles and thumbnails say what comes first, and what is fetched whole at once
  std::uint64_t most_thumbnail_bytes = std::uint64_t{1} << 20;
  std::uint64_t most_page_bytes = std::uint64_t{8} << 20;
  std::uint64_t most_media_bytes = std::uint64_t{4} << 30;
  std::uint64_t most_capture_bytes = std::uint64_t{256} << 20;  ///< of the media kept as evidence
  /// Of pages that named videos, and of visits that are put off; beyond, they are asked for once more.
  std::uint64_t most_kept_bytes = std::uint64_t{8} << 30;
  std::chrono::milliseconds least_delay{1'000};  ///< between two requests at a host
  std::chrono::seconds lease{20};                ///< of what is taken; kept up while it is worked on
  std::chrono::days keeps_requests{90};  ///< in the audit, those of videos in cases always; 0: all, for ever
  bool takes_screenshots = false;        ///< of pages in cases; needs a browser
  crawler::ExtractorSettings extractor{};  ///< of sources that allow it; no program: off
  /// Of tests: called instead of waiting, with the moment that is waited for.
  std::function<void(WallTime until)> pass_time{};
};

/// The user agent of a crawl (crawler/politeness.h), for those above who know no crawler.
[[nodiscard]] inline std::string crawl_user_agent(std::string_view version, std::string_view contact) {
  return crawler::crawler_user_agent(version, contact);
}

}  // namespace reelprint::pipeline
