// A copy that was found, kept as it was: page and media as WARC, with a screenshot where that can be had.
#pragma once

#include <filesystem>

#include "core/sighting.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/task.h"

namespace reelprint::pipeline {

/// Where a data folder has its captures: store::Capture::file is a name in it.
[[nodiscard]] std::filesystem::path captures_folder(const std::filesystem::path& data);

/// Asks for page and media once more, politely, for the content as it is (not compressed), redirects and all,
/// and stores the capture; nothing when there is no answer at all: then the next look tries again. Throws
/// Error{cancelled, io}.
[[nodiscard]] Task<void> capture_sighting(CrawlDesk& desk, Sighting sighting);

}  // namespace reelprint::pipeline
