// Screenings and decisions: what platforms ask, and what holders learn.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

/// To ask for screenings, and to follow them.
void add_screening_routes(Router& router, const Backend& backend);
/// To look at decisions and to take them back, and to put references into quarantine.
void add_decision_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
