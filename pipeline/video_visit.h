// A visit to a video: sampled, screened, fetched whole where that raises suspicion, written down.
#pragma once

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/page_visit.h"
#include "pipeline/task.h"

namespace reelprint::pipeline {

/// The recipe: the ways to the video in their order → a sample → is it known? → screen → the whole when the
/// sample is suspicious → screen that → record. Throws Error{cancelled}.
[[nodiscard]] Task<Visited> visit_video(CrawlDesk& desk, CrawlUrl url, CrawlSource source);

/// A new file of a watched folder: `path` is its location. Throws Error{cancelled}.
[[nodiscard]] Task<void> visit_file(CrawlDesk& desk, std::filesystem::path path, CrawlSource source);

}  // namespace reelprint::pipeline
