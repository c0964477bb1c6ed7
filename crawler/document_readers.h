// The readers of the kinds of documents: each puts what it finds into a list. Internal to discovery.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.h"
#include "crawler/discovery.h"
#include "crawler/finding_list.h"

namespace reelprint::crawler {

/// HTML as browsers parse it. `depth`: of documents within documents (srcdoc), 0 at first.
void read_html(std::string_view utf8, FindingList& list, Discovery& discovery, int depth = 0);
/// What the Link header of a page names (RFC 8288): feeds, oEmbed, next pages, sitemaps.
void read_link_header(std::string_view header, FindingList& list);
/// A piece of HTML within a feed's item or an oEmbed answer: when it shows one video, that is `video`.
void read_scrap(std::string_view html, VideoHandle video, FindingList& list);
/// Sitemaps, feeds and oEmbed in XML, told apart by their root; sets discovery.kind.
void read_xml_document(std::string_view utf8, FindingList& list, Discovery& discovery);
/// JSON Feed, oEmbed and whatever JSON names media; sets discovery.kind.
void read_json_document(std::string_view utf8, FindingList& list, Discovery& discovery);
/// The state of a page in a script of JSON: what read_json_document does with what is neither feed nor
/// oEmbed.
void read_json_script(std::string_view text, FindingList& list);
/// The same with the JSON that a program assigns: `window.__INITIAL_STATE__ = {"…": …};`.
void read_assigned_state(std::string_view script, FindingList& list);
/// One URL a line, '#' begins a comment; sets discovery.kind to "list" when there is any.
void read_url_list(std::string_view utf8, FindingList& list, Discovery& discovery);
/// A plain M3U, each of whose entries is a video of its own; false for HLS, which has tags of its own.
bool read_m3u(std::string_view utf8, FindingList& list);
/// The Sitemap lines of a robots.txt; whether it is one.
bool read_robots_sitemaps(std::string_view utf8, FindingList& list);
/// Media, playlists and players that a program's text names.
void read_script(std::string_view script, FindingList& list);

/// What "noindex, nofollow" of a robots meta or an X-Robots-Tag asks of us.
struct RobotsWishes {
  bool is_noindex = false;
  bool is_nofollow = false;
  std::optional<WallTime> unavailable_after{};
};
/// `text`: of a header, in which "reelprint: noindex" speaks to us alone and "otherbot: …" does not.
[[nodiscard]] RobotsWishes robots_wishes(std::string_view text);

}  // namespace reelprint::crawler
