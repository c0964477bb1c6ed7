// /v1/webhooks, /v1/deliveries, /v1/events: who is told what happened, and who asks.
#pragma once

#include "api/backend.h"
#include "api/router.h"

namespace reelprint::api {

void add_webhook_routes(Router& router, const Backend& backend);
/// Deliveries and events.
void add_event_routes(Router& router, const Backend& backend);

}  // namespace reelprint::api
