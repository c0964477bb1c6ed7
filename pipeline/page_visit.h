// A visit to a document: fetched, read, and what it leads to put into the frontier.
#pragma once

#include <span>
#include <string>

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "pipeline/crawl_desk.h"
#include "pipeline/task.h"
#include "store/frontier.h"

namespace reelprint::pipeline {

struct Visited {
  store::CrawlVisit visit{};
  bool is_video = false;  ///< it turned out to be a video: not a page
  bool is_page = false;   ///< the other way round
};

/// Of a page, player, feed, sitemap, list or oEmbed document. Throws Error{cancelled}.
[[nodiscard]] Task<Visited> visit_page(CrawlDesk& desk, CrawlUrl url, CrawlSource source);

/// `from` has named these videos: its exchanges are kept until they are done, as far as there is room.
void bequeath(CrawlDesk& desk, VisitExchanges& exchanges, const CrawlUrl& from,
              std::span<const CrawlUrl> videos);

/// What becomes of an address that did not answer as hoped: again later and later, or gone.
[[nodiscard]] store::CrawlVisit visit_of_failure(const CrawlUrl& url, const CrawlAnswer& answer,
                                                 WallTime now);
/// The same in words, when something else than an answer was the matter.
[[nodiscard]] store::CrawlVisit visit_of_failure(const CrawlUrl& url, std::string why, WallTime now);

}  // namespace reelprint::pipeline
