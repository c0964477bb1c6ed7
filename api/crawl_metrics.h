// What a crawl counts, for /metrics.
#pragma once

#include "api/metrics.h"
#include "pipeline/crawl.h"
#include "pipeline/store_pool.h"

namespace reelprint::api {

/// `crawl` and `stores` must outlive the metrics' last text().
void collect_crawl_metrics(Metrics& metrics, pipeline::StorePool& stores, const pipeline::Crawl& crawl);

}  // namespace reelprint::api
