// The source of a path or a parameter, as the crawl's routes find it.
#pragma once

#include "api/answers.h"
#include "store/crawl_sources.h"

namespace reelprint::api {

/// Throws not_found unless the principal may know of it.
[[nodiscard]] inline CrawlSource known_source(Context& context, std::int64_t id) {
  auto source = store::CrawlSources(context.store.database()).find(CrawlSourceId{id});
  if (!source || !context.principal.may_see(source->tenant))
    throw not_found("crawl_source", std::to_string(id));
  return *std::move(source);
}

/// The one that the pattern's {crawl_source} names.
[[nodiscard]] inline CrawlSource source_in(Context& context) {
  return known_source(context, id_in(context, "crawl_source"));
}

}  // namespace reelprint::api
