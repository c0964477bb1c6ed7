// What the crawl does just now, and what it waits for.
#pragma once

#include <boost/json/object.hpp>

#include "core/clock.h"
#include "core/crawl_source.h"
#include "store/sqlite.h"

namespace reelprint::api {

/// {"source", "name", "state", "round", "pages_per_s", "urls", "waits_for"}: "waits_for" is "resume" when it
/// is paused, "round" between two rounds, "answers" while requests are under way, "hosts" when addresses wait
/// for their hosts, "nothing" else.
[[nodiscard]] boost::json::object crawl_status(store::Database& database, const CrawlSource& source,
                                               WallTime now);

}  // namespace reelprint::api
