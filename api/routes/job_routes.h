// /v1/jobs: what is still to be done, and what became of it.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

void add_job_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
