// The parts of reading an HTML page. Internal to discovery.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crawler/discovery.h"
#include "crawler/finding_list.h"
#include "crawler/html_tree.h"

namespace reelprint::crawler {

/// One page as it is read.
struct HtmlReading {
  const HtmlTree& tree;
  FindingList& list;
  Discovery& discovery;
  bool is_nofollow = false;  ///< of the whole page
  int depth = 0;             ///< of documents within documents
};

/// A <link> of a page, or what its Link header says.
struct PageLink {
  std::string_view rel{};
  std::string_view href{};
  std::string type{};  ///< in lower case
};
/// All but rel=canonical, which is about the page and leads nowhere.
void read_page_link(const PageLink& link, bool is_nofollow, FindingList& list);
/// "next.html" of "5; url='next.html'"; "" when it only loads the page anew.
[[nodiscard]] std::string_view refresh_target(std::string_view content);

/// Base, title, robots, refresh, <link>, OpenGraph and Twitter cards; sets page.is_nofollow.
void read_head(HtmlReading& page);
/// <video>, <iframe>, <object>, <embed>, and attributes of any element that name media.
void read_media_element(const HtmlReading& page, std::size_t position);
/// schema.org in microdata and RDFa Lite.
void read_microdata(const HtmlReading& page);
/// schema.org in JSON-LD, also when it is not quite JSON.
void read_json_ld(std::string_view text, FindingList& list);

/// Whether one of the words of `list` (separated by blanks or commas) is `word`, case aside.
[[nodiscard]] bool has_word(std::string_view list, std::string_view word);

}  // namespace reelprint::crawler
