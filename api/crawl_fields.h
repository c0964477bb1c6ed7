// A source of the crawl as a request or a file gives it.
#pragma once

#include "api/fields.h"
#include "core/crawl_source.h"
#include "pipeline/crawl_source_rules.h"

namespace reelprint::api {

/// Takes over what is given, and leaves the rest of `source` as it is; then holds it against the rules. What
/// is wrong is noted in `fields`.
void read_source(Fields& fields, CrawlSource& source, const pipeline::CrawlSourceRules& rules);

}  // namespace reelprint::api
