// Every route of /v1.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

/// One line for each group; the OpenAPI description has a fragment for each too.
void add_all_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
