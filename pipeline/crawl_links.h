// Which of the addresses that a document names belong to the crawl. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/crawl_source.h"
#include "core/crawl_url.h"
#include "core/sighting.h"
#include "crawler/discovery.h"

namespace reelprint::pipeline {

/// Whether a page of this address belongs to the source; `url` is normalised.
[[nodiscard]] bool is_in_scope(const CrawlSource& source, std::string_view url);

struct CrawlLinks {
  std::vector<CrawlUrl> urls{};  ///< for Frontier::add
  std::size_t videos = 0;        ///< among them
  std::size_t out_of_scope = 0;  ///< links that were left alone
};

/// The page of the account that a copy is of, before everything else of its source; nothing when it lies out
/// of the scope. Its links lead one page further. `from`: the copy.
[[nodiscard]] std::optional<CrawlUrl> channel_of(const VideoMetadata& video, const CrawlUrl& from,
                                                 const CrawlSource& source);

/// The sitemaps that the robots.txt of a site names, on hosts of the source, whatever its path prefixes are;
/// nothing of other kinds of sources. `from`: a start URL of that host.
[[nodiscard]] std::vector<CrawlUrl> sitemaps_of(std::string_view robots_txt, const CrawlUrl& from,
                                                const CrawlSource& source);

/// What `from`, an address of `source`, leads to: of each video the best way alone, the others as its hints;
/// pages as the kind of the source has it. `yield`: 0..1, the share of the source's videos that matched.
[[nodiscard]] CrawlLinks links_of(const crawler::Discovery& found, const CrawlUrl& from,
                                  const CrawlSource& source, double yield);

}  // namespace reelprint::pipeline
