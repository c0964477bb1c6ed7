// Fetches the media of uploads through the crawler's guards.
#pragma once

#include <cstdint>

#include "crawler/guarded_fetch.h"
#include "pipeline/screen_job.h"

namespace reelprint::pipeline {

/// At most `most_bytes` a file. What throws besides what crawler::fetch throws: Error{io}, to be tried again,
/// for answers 408, 425, 429 and 5xx; Error{not_found} for any other that is not 2xx.
[[nodiscard]] FetchUpload guarded_upload_fetch(crawler::FetchSettings settings, std::uint64_t most_bytes);

}  // namespace reelprint::pipeline
