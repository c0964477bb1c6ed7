// What a source may still ask in a round.
#pragma once

#include <optional>

#include "core/clock.h"
#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "store/frontier.h"
#include "store/store.h"

namespace reelprint::pipeline {

/// What becomes of an address that is beyond the budget of its round or host: it waits for the next round, or
/// is refused where there is none. Nothing when it may be asked. A round that has used its budget up is
/// ended.
[[nodiscard]] std::optional<store::CrawlVisit> refusal_by_budget(store::Store& store, const CrawlUrl& url,
                                                                 const CrawlSource& source, WallTime now);

}  // namespace reelprint::pipeline
