// Takes a complete upload for a job.
#pragma once

#include <optional>

#include "api/context.h"
#include "store/uploads.h"

namespace reelprint::api {

/// Claims it in the request's transaction; nothing when the principal sees no such complete upload, or its
/// time is over, or somebody has claimed it.
[[nodiscard]] std::optional<store::Upload> claimed_upload(const Context& context, UploadId id);

}  // namespace reelprint::api
