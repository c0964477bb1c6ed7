// What of the service is measured.
#pragma once

#include <string_view>

#include "api/http/server.h"
#include "api/metrics.h"
#include "pipeline/store_pool.h"

namespace reelprint::api {

/// Counts a request and its time, by route.
void observe_request(Metrics& metrics, const http::Done& done, std::string_view pattern);

/// Has the queue, the webhooks, the catalog, the server's load and the process measured at each reading.
/// `stores` and `server` must outlive the metrics' use.
void collect_service_metrics(Metrics& metrics, pipeline::StorePool& stores, const http::Server& server);

}  // namespace reelprint::api
