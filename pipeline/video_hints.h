// What is said of a video before its first byte is asked for: its title, its length, its thumbnail. A hint
// decides nothing: it says which video comes first, and that one is worth its bytes.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/crawl_url.h"
#include "core/sighting.h"
#include "pipeline/screen_job.h"
#include "pipeline/series_titles.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What speaks for a copy.
struct VideoHint {
  std::string words{};       ///< "its title names the series 'The Oath'"; "": nothing does
  bool wants_whole = false;  ///< enough of it that the whole is fetched at once
};

/// Of one crawl, whose thread it is used by, but for what says otherwise.
class VideoHints {
 public:
  VideoHints(store::Store& store, const ScreenTools& tools) : store_(store), tools_(tools) {}

  /// By title, series and length alone. A name that says little by itself asks for the whole only together
  /// with the length of one of the series' episodes: within 1 %, at least a second.
  [[nodiscard]] VideoHint of_words(const VideoMetadata& video);
  /// Videos of which the title names a series come before others.
  void raise(std::vector<CrawlUrl>& urls);
  /// By a thumbnail, which is decoded as media are; of its first pictures the nearest, searched as it is and
  /// mirrored. No hint when it cannot be decoded, is blank or text, is a known card, or resembles several
  /// series. Thread-safe; throws Error{cancelled}.
  [[nodiscard]] VideoHint of_picture(const std::filesystem::path& file, const std::stop_token& stop) const;

 private:
  void refresh();
  [[nodiscard]] bool has_episode_as_long(const std::string& series, Duration length) const;

  store::Store& store_;
  const ScreenTools& tools_;
  SeriesTitles titles_;
  std::optional<std::int64_t> change_;  ///< of the catalog, that `titles_` has
  WallTime look_at_{};
};

}  // namespace reelprint::pipeline
