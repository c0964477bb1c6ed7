// What the visits of a crawl share.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "pipeline/crawl_figures.h"
#include "pipeline/crawl_loop.h"
#include "pipeline/crawl_settings.h"
#include "pipeline/polite_requests.h"
#include "pipeline/scratch_file.h"
#include "pipeline/screen_job.h"
#include "pipeline/video_hints.h"
#include "pipeline/visit_exchanges.h"
#include "store/crawl_sources.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// Used by the loop's thread alone, but for what says otherwise.
struct CrawlDesk {
  CrawlLoop& loop;
  store::Store& store;
  PoliteRequests& requests;
  const CrawlSettings& settings;
  const ScreenTools& tools;
  CrawlFigures& figures;  ///< thread-safe
  KeptFiles& kept;
  std::filesystem::path scratch;
  std::uint64_t last_file = 0;
  VideoHints hints{store, tools};

  [[nodiscard]] WallTime now() const { return loop.now(); }
  /// A name that nobody else has, of this crawl or of one before.
  [[nodiscard]] std::filesystem::path new_file() { return scratch / std::to_string(++last_file); }
  /// Adds to the round of the source.
  void count(CrawlSourceId source, const store::CrawlRound& more) {
    store::CrawlSources(store.database()).count(source, more, now());
  }
};

}  // namespace reelprint::pipeline
