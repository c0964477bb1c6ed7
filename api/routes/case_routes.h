// Cases, what is said against them, notices about them, and what they come to.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

void add_case_routes(Router& router, const Backend& backend);
void add_dispute_routes(Router& router, const Backend& backend);
void add_notice_routes(Router& router, const Backend& backend);
/// Bundles of cases, and the transparency report.
void add_evidence_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
