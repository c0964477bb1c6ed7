// The thumbnail of a video, fetched politely and looked at.
#pragma once

#include <string>

#include "core/crawl_url.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/task.h"
#include "pipeline/video_hints.h"

namespace reelprint::pipeline {

/// One request with the purpose `hint`, redirects followed, of at most `most_thumbnail_bytes`; no hint when
/// it is refused, fails or is no picture. `video`: that it is of. Throws Error{cancelled}.
[[nodiscard]] Task<VideoHint> thumbnail_hint(CrawlDesk& desk, CrawlUrl video, std::string thumbnail_url);

}  // namespace reelprint::pipeline
