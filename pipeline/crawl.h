// The crawl: sources → rounds → addresses → visits → sightings. Read this recipe first of all that crawls.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string_view>

#include "core/clock.h"
#include "pipeline/crawl_figures.h"
#include "pipeline/crawl_settings.h"
#include "pipeline/screen_job.h"

namespace reelprint::pipeline {

struct CrawlRun {
  bool ends_when_idle = false;      ///< nothing is under way, due, or soon due
  std::optional<WallTime> until{};  ///< not longer
  /// Told about every second what has been done, from the thread that runs.
  std::function<void(const CrawlNumbers&)> report{};
};

/// Crawls whatever the data folder's sources name. One crawl at a time for a data folder, whoever runs it:
/// the others wait. What was killed goes on where it stood: only what was under way is asked again.
class Crawl {
 public:
  /// What `tools` refers to must outlive it, as must the clock within. Makes the folders it needs; throws
  /// Error{invalid_input} when the settings make no sense.
  Crawl(CrawlSettings settings, const ScreenTools& tools);
  ~Crawl();
  Crawl(const Crawl&) = delete;
  Crawl& operator=(const Crawl&) = delete;

  /// On the calling thread, until it is over or `stop` comes; then what was taken is handed back. Throws
  /// Error{busy} when `ends_when_idle` and another process crawls here.
  void run(const CrawlRun& how, const std::stop_token& stop);
  /// Thread-safe.
  [[nodiscard]] CrawlNumbers numbers() const { return figures_.read(); }

 private:
  class Parts;
  CrawlSettings settings_;
  ScreenTools tools_;
  CrawlFigures figures_;
};

}  // namespace reelprint::pipeline
