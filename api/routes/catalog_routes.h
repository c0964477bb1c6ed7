// The catalog: holders, series, episodes, references, and what goes with them.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

/// All of the following.
void add_catalog_routes(Router& router, const Backend& backend);

void add_holder_routes(Router& router, const Backend& backend);
void add_series_routes(Router& router, const Backend& backend);
void add_episode_routes(Router& router, const Backend& backend);
void add_reference_routes(Router& router, const Backend& backend);
void add_registration_routes(Router& router, const Backend& backend);
void add_conflict_routes(Router& router, const Backend& backend);
void add_import_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
