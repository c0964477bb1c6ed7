// Routes of who may show what: licences, policies, allow lists, ownership, and dry runs of them.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

/// All of the group, which is described in api/openapi/rights.json.
void add_rights_routes(Router& router, const Backend& backend);

// Its parts.
void add_dry_run_routes(Router& router);

}  // namespace reelprint::api
