// What a source of the crawl may be.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/crawl_source.h"
#include "crawler/guarded_fetch.h"

namespace reelprint::pipeline {

struct CrawlSourceRules {
  crawler::FetchSettings fetch{};                ///< whether addresses of this machine or network are welcome
  std::vector<std::filesystem::path> folders{};  ///< below which folders may be watched; none: nowhere
};

struct CrawlSourceFault {
  std::string where;  ///< JSON pointer: "/start_urls/2", "/scope/hosts/0"
  std::string reason;
};

/// Brings the source's URLs, hosts and folder into the form in which they are kept and tells everything that
/// is wrong with it, as far as one can tell without the network. A folder has to be there; links in its path
/// are followed, so that it cannot lead out.
[[nodiscard]] std::vector<CrawlSourceFault> normalise(CrawlSource& source, const CrawlSourceRules& rules);

}  // namespace reelprint::pipeline
