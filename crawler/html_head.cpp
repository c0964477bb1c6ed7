// The head of an HTML page: what it says of itself, and OpenGraph (ogp.me), Twitter cards, oEmbed discovery.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "crawler/document_readers.h"
#include "crawler/html_readers.h"
#include "crawler/media_address.h"
#include "crawler/metadata_values.h"
#include "crawler/normal_url.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostTitle = 500;
constexpr std::size_t kMostDescription = 4096;

struct Meta {
  std::string name{};
  std::string_view content{};
};

std::string_view content_of(const std::vector<Meta>& metas, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    for (const Meta& meta : metas)
      if (meta.name == name && !trimmed(meta.content).empty()) return trimmed(meta.content);
  return {};
}

}  // namespace

std::string_view refresh_target(std::string_view content) {
  const std::size_t at = content.find_first_of(";,");
  if (at == std::string_view::npos) return {};
  content = trimmed(content.substr(at + 1));
  if (starts_with_ignoring_case(content, "url")) content = trimmed(content.substr(3));
  if (content.starts_with('=')) content = trimmed(content.substr(1));
  if (content.starts_with('"') || content.starts_with('\'')) {
    const char quote = content.front();
    content.remove_prefix(1);
    content = content.substr(0, content.find(quote));
  }
  return trimmed(content);
}

void read_page_link(const PageLink& link, bool is_nofollow, FindingList& list) {
  if (link.href.empty()) return;
  if (link.type.find("oembed") != std::string::npos) {
    list.add(link.href, {.kind = CrawlUrlKind::oembed});
  } else if (has_word(link.rel, "alternate")) {
    const bool is_feed =
        link.type.find("rss") != std::string::npos || link.type.find("atom") != std::string::npos ||
        link.type.find("feed+json") != std::string::npos || link.type == "application/json" ||
        link.type == "application/rdf+xml" || link.type == "text/xml" || link.type == "application/xml";
    if (is_feed || kind_by_name(link.href) == CrawlUrlKind::page)
      list.add(link.href,
               {.kind = is_feed ? CrawlUrlKind::feed : CrawlUrlKind::page, .is_nofollow = is_nofollow});
  } else if (has_word(link.rel, "next") || has_word(link.rel, "prev")) {
    list.add(link.href, {.kind = CrawlUrlKind::page, .is_nofollow = is_nofollow, .is_pagination = true});
  } else if (has_word(link.rel, "amphtml")) {
    list.add(link.href, {.kind = CrawlUrlKind::page, .is_nofollow = is_nofollow});
  } else if (has_word(link.rel, "sitemap")) {
    list.add(link.href, {.kind = CrawlUrlKind::sitemap});
  } else if (has_word(link.rel, "video_src") ||
             ((has_word(link.rel, "preload") || has_word(link.rel, "prefetch")) &&
              is_media_name(link.href))) {
    const auto kind = is_media_name(link.href) ? kind_by_name(link.href).value_or(CrawlUrlKind::player)
                                               : CrawlUrlKind::player;
    list.add_way(list.add_video(VideoOrigin::guess), link.href, kind, 5);
  }
}

namespace {

void read_link_element(HtmlReading& page, const HtmlNode& node) {
  const PageLink link{page.tree.attribute(node, "rel"), trimmed(page.tree.attribute(node, "href")),
                      lower(page.tree.attribute(node, "type"))};
  if (!has_word(link.rel, "canonical")) return read_page_link(link, page.is_nofollow, page.list);
  if (link.href.empty() || page.depth > 0) return;
  if (const auto url = resolve_url(page.list.base(), link.href)) page.discovery.canonical = *url;
}

/// What the page as a whole says of its video.
VideoMetadata card_metadata(const std::vector<Meta>& metas) {
  VideoMetadata metadata;
  metadata.title = squeezed(content_of(metas, {"og:title", "twitter:title"}), kMostTitle);
  metadata.description =
      squeezed(content_of(metas, {"og:description", "twitter:description", "description"}), kMostDescription);
  metadata.duration =
      duration_from(content_of(metas, {"video:duration", "og:video:duration", "og:duration", "duration"}));
  metadata.published_at =
      date_from(content_of(metas, {"video:release_date", "og:video:release_date", "ya:ovs:upload_date",
                                   "article:published_time", "uploaddate"}));
  metadata.series = squeezed(content_of(metas, {"video:series", "og:video:series"}), kMostTitle);
  metadata.language = std::string(cut(content_of(metas, {"og:locale"}), 35));
  metadata.uploader = squeezed(content_of(metas, {"author", "twitter:creator"}), kMostTitle);
  metadata.views = count_from(content_of(metas, {"ya:ovs:views_total"}));
  metadata.episode = episode_from(content_of(metas, {"video:episode", "og:video:episode"}));
  return metadata;
}

bool is_card_address(std::string_view name) {
  return name == "og:video" || name == "og:video:url" || name == "og:video:secure_url" ||
         name == "twitter:player:stream" || name == "twitter:player" || name == "og:video:iframe" ||
         name == "ya:ovs:content_url";
}

/// The og:video:type that follows position `at`, before the next og:video.
std::string_view type_after(const std::vector<Meta>& metas, std::size_t at) {
  const bool is_stream = metas[at].name == "twitter:player:stream";
  for (std::size_t i = at + 1; i < metas.size() && metas[i].name != "og:video"; ++i) {
    if (metas[i].name == (is_stream ? "twitter:player:stream:content_type" : "og:video:type"))
      return metas[i].content;
  }
  return {};
}

void read_cards(HtmlReading& page, const std::vector<Meta>& metas) {
  const VideoMetadata metadata = card_metadata(metas);
  VideoMetadata defaults = metadata;
  const std::string_view image = content_of(
      metas, {"og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"});
  if (defaults.title.empty()) defaults.title = page.discovery.title;
  if (const auto url = resolve_url(page.list.base(), image); url && !image.empty())
    defaults.thumbnail_url = *url;
  page.list.set_page(std::move(defaults));
  const bool is_video_page = starts_with_ignoring_case(content_of(metas, {"og:type"}), "video");
  VideoHandle first;
  bool has_file = false;
  for (std::size_t i = 0; i < metas.size(); ++i) {
    if (!is_card_address(metas[i].name) || trimmed(metas[i].content).empty()) continue;
    const std::string_view address = trimmed(metas[i].content);
    const auto named = is_media_name(address) ? kind_by_name(address) : kind_by_type(type_after(metas, i));
    const bool is_file = named == CrawlUrlKind::media || named == CrawlUrlKind::playlist ||
                         (!named && metas[i].name == "twitter:player:stream");
    if (first.number < 0) first = page.list.add_video(VideoOrigin::statement, metadata);
    // Two files may be two videos: what shows that they are one is found out later.
    const VideoHandle video = is_file ? page.list.add_video(VideoOrigin::statement, metadata) : first;
    if (is_file && !std::exchange(has_file, true)) page.list.unite(first, video);
    page.list.add_way(video, address, is_file ? named.value_or(CrawlUrlKind::media) : CrawlUrlKind::player);
    if (const auto media = media_in_query(address))
      page.list.add_way(video, *media, kind_by_name(*media).value_or(CrawlUrlKind::media));
  }
  if (first.number < 0 && is_video_page) first = page.list.add_video(VideoOrigin::statement, metadata);
  if (first.number >= 0 && !image.empty()) page.list.add_thumbnail(first, image);
}

/// The date of "unavailable_after: Fri, 02 Jan 2026 10:00:00 GMT", which has a comma of its own.
std::optional<WallTime> unavailable_after(std::string_view text) {
  constexpr std::string_view kName = "unavailable_after:";
  const std::string low = lower(text);
  const std::size_t at = low.find(kName);
  if (at == std::string::npos) return std::nullopt;
  std::string_view rest = text.substr(at + kName.size());
  const std::size_t comma = rest.find_first_of(",\n");
  if (const auto date = date_from(rest.substr(0, comma))) return date;
  if (comma == std::string_view::npos) return std::nullopt;
  return date_from(rest.substr(0, rest.find_first_of(",\n", comma + 1)));
}

}  // namespace

RobotsWishes robots_wishes(std::string_view text) {
  RobotsWishes wishes;
  wishes.unavailable_after = unavailable_after(text);
  std::string agent;
  while (!text.empty()) {
    std::string_view part = text.substr(0, text.find_first_of(",\n"));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    part = trimmed(part);
    // "googlebot: noindex, nofollow": the name holds for what follows it; "max-snippet: 5" is no name.
    const std::size_t colon = part.find(':');
    if (colon != std::string_view::npos) {
      const std::string name = lower(trimmed(part.substr(0, colon)));
      if (name == "unavailable_after" || name.starts_with("max-")) continue;
      agent = name;
      part = trimmed(part.substr(colon + 1));
    }
    if (!agent.empty() && agent != "reelprint" && agent != "*" && agent != "robots") continue;
    const bool is_none = equal_ignoring_case(part, "none");
    wishes.is_noindex = wishes.is_noindex || is_none || equal_ignoring_case(part, "noindex");
    wishes.is_nofollow = wishes.is_nofollow || is_none || equal_ignoring_case(part, "nofollow");
  }
  return wishes;
}

void read_head(HtmlReading& page) {
  const auto& nodes = page.tree.nodes();
  std::vector<Meta> metas;
  bool has_base = false;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const HtmlNode& node = nodes[i];
    if (node.tag == "base" && !has_base && page.tree.has_attribute(node, "href")) {
      page.list.set_base(page.tree.attribute(node, "href"));
      has_base = true;
    }
    if (node.tag == "title" && page.discovery.title.empty() && page.depth == 0)
      page.discovery.title = squeezed(page.tree.raw_text_of(i), kMostTitle);
    if (node.tag != "meta" || metas.size() >= 1000) continue;
    const std::string_view content = page.tree.attribute(node, "content");
    std::string name = lower(trimmed(page.tree.attribute(node, "property")));
    if (name.empty()) name = lower(trimmed(page.tree.attribute(node, "name")));
    if (equal_ignoring_case(page.tree.attribute(node, "http-equiv"), "refresh"))
      page.list.add(refresh_target(content), {.kind = CrawlUrlKind::page, .is_refresh = true});
    if (name == "robots" || name == "reelprint") {
      const RobotsWishes wishes = robots_wishes(content);
      page.discovery.is_noindex = page.discovery.is_noindex || wishes.is_noindex;
      page.is_nofollow = page.is_nofollow || wishes.is_nofollow;
      if (wishes.unavailable_after) page.discovery.unavailable_after = wishes.unavailable_after;
    }
    if (!name.empty()) metas.push_back({std::move(name), content});
  }
  for (const HtmlNode& node : nodes)
    if (node.tag == "link") read_link_element(page, node);
  if (page.depth == 0) read_cards(page, metas);
}

}  // namespace reelprint::crawler
