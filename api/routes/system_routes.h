// Is the service alive, is it ready, what does it measure, what can it do.
#pragma once

#include <functional>
#include <string>

#include "api/metrics.h"
#include "api/router.h"

namespace reelprint::api {

/// What the routes ask; must outlive them.
struct SystemBackend {
  Metrics& metrics;
  std::string metrics_token;               ///< who has it may read the metrics; "": only this machine
  std::function<std::string()> not_ready;  ///< why not; "" when ready. Thread-safe
};

/// GET /healthz, /readyz, /metrics, /openapi.json.
void add_system_routes(Router& router, const SystemBackend& backend);

}  // namespace reelprint::api
