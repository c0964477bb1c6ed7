// What a screening's followers are sent while it is done.
#pragma once

#include <memory>

#include "api/http/message.h"
#include "core/ids.h"
#include "pipeline/store_pool.h"

namespace reelprint::api {

/// Events "state" and "progress" whenever either has changed, then "done" with the state, and the end. The
/// pool must outlive it.
[[nodiscard]] std::shared_ptr<http::EventStream> follow_screening(pipeline::StorePool& stores, RequestId id);

}  // namespace reelprint::api
