// Short ways to say what a document should lead to.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/discovery.h"

namespace reelprint::crawler {

using Urls = std::vector<std::string>;

inline Urls sorted(Urls found) {
  std::sort(found.begin(), found.end());
  return found;
}

inline constexpr char kPageUrl[] = "https://site.example/show/1.html";

inline Discovery discovered(std::string_view bytes,
                            const std::string& content_type = "text/html; charset=utf-8") {
  return discover({.url = kPageUrl, .content_type = content_type, .bytes = bytes});
}

/// In the document's order.
inline Urls urls(const Discovery& discovery, CrawlUrlKind kind) {
  Urls found;
  for (const Finding& finding : discovery.findings)
    if (finding.kind == kind) found.push_back(finding.url);
  return found;
}

inline const Finding* finding_at(const Discovery& discovery, std::string_view url) {
  const auto found = std::find_if(discovery.findings.begin(), discovery.findings.end(),
                                  [&](const Finding& finding) { return finding.url == url; });
  return found == discovery.findings.end() ? nullptr : &*found;
}

/// Files and playlists, the best way of each video only.
inline Urls best_ways(const Discovery& discovery) {
  Urls found;
  for (const Finding& finding : discovery.findings)
    if (finding.video >= 0 && finding.rank == 1) found.push_back(finding.url);
  return found;
}

}  // namespace reelprint::crawler
