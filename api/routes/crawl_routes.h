// The crawl: sources and their rounds; what it asked, found and cost.
#pragma once

#include "api/backend.h"

namespace reelprint::api {

/// Sources and rounds.
void add_crawl_routes(Router& router, const Backend& backend);
/// Requests, sightings, report and status.
void add_crawl_result_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
