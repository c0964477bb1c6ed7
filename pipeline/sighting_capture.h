// A copy that was found, kept as it was: page and media as WARC, with a screenshot where that can be had.
#pragma once

#include <filesystem>

#include "core/sighting.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/task.h"
#include "store/crawl_exchanges.h"

namespace reelprint::pipeline {

/// Where a data folder has its captures: store::Capture::file is a name in it.
[[nodiscard]] std::filesystem::path captures_folder(const std::filesystem::path& data);

/// Of a copy that was just seen: written from the exchanges that led to it; asked for is only what was not
/// kept, the page of a video that a feed named for one. Then they are let go of, also when the capture could
/// not be written: the next look asks anew. Throws Error: cancelled, io, corrupt.
[[nodiscard]] Task<void> write_capture(CrawlDesk& desk, store::CaptureDue due);

/// Of any other: asks for page and media once more, politely, for the content as it is (not compressed),
/// redirects and all, and stores the capture; nothing when there is no answer at all: then the next look
/// tries again. Throws Error{cancelled, io}.
[[nodiscard]] Task<void> capture_sighting(CrawlDesk& desk, Sighting sighting);

}  // namespace reelprint::pipeline
