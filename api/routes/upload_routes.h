// Uploads that survive a broken connection: the tus protocol 1.0 (https://tus.io/protocols/resumable-upload)
// with creation, creation-with-upload, termination and expiration.
#pragma once

#include "api/backend.h"
#include "api/router.h"
#include "store/store.h"

namespace reelprint::api {

/// POST, OPTIONS /v1/uploads; GET (HEAD), PATCH, DELETE /v1/uploads/{upload}.
void add_upload_routes(Router& router, const Backend& backend);

/// Removes the files and rows of uploads whose time is over; returns how many. To be called now and then.
std::size_t sweep_uploads(store::Store& store, const std::filesystem::path& data_folder, WallTime now);

}  // namespace reelprint::api
