// What an HTML page plays: media elements, frames, and attributes that name media.
#include <string>
#include <utility>

#include "crawler/document_readers.h"
#include "crawler/html_readers.h"
#include "crawler/media_address.h"
#include "crawler/metadata_values.h"
#include "crawler/normal_url.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostTitle = 500;
constexpr std::size_t kContextText = 1024;
constexpr std::size_t kLongestValue = 1024 * 1024;

/// Attributes that players and lazy loaders give an address in.
constexpr std::string_view kSourceAttributes[] = {
    "src",         "data-src",       "data-video",     "data-url",      "data-hls",    "data-mp4",
    "data-file",   "data-dash",      "data-video-src", "data-lazy-src", "data-source", "data-original",
    "data-stream", "data-video-url", "data-m3u8",      "data-webm"};

bool is_video_tag(std::string_view tag) {
  return tag == "video" || tag == "amp-video" || tag == "video-js" || tag == "media-player" ||
         tag == "hls-video" || tag == "mux-player" || tag == "dash-video" || tag == "vm-player" ||
         tag == "plyr-video";
}

bool is_frame_tag(std::string_view tag) {
  return tag == "iframe" || tag == "frame" || tag == "amp-iframe" || tag == "amp-video-iframe";
}

/// The text around an element: of the nearest ancestor that has some, and the heading in it.
struct Context {
  std::string heading{};
  std::string text{};
};

Context context_of(const HtmlReading& page, std::size_t position) {
  constexpr int kMostSteps = 6;
  constexpr int kLargest = 3000;
  const auto& nodes = page.tree.nodes();
  Context context;
  int at = nodes[position].parent;
  for (int step = 0; step < kMostSteps && at >= 0; ++step, at = nodes[static_cast<std::size_t>(at)].parent) {
    const auto place = static_cast<std::size_t>(at);
    if (nodes[place].end - at > kLargest || nodes[place].tag == "body" || nodes[place].tag == "html") break;
    context.text = page.tree.text_of(place, kContextText);
    for (auto i = place; context.heading.empty() && i < static_cast<std::size_t>(nodes[place].end); ++i) {
      const std::string_view tag = nodes[i].tag;
      const bool is_heading =
          (tag.size() == 2 && tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') || tag == "figcaption";
      if (is_heading) context.heading = page.tree.text_of(i, kMostTitle);
    }
    if (context.text.size() >= 40) break;
  }
  return context;
}

VideoMetadata metadata_around(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  VideoMetadata metadata;
  for (const std::string_view name : {"data-title", "title", "aria-label", "data-name"})
    if (metadata.title.empty()) metadata.title = squeezed(page.tree.attribute(node, name), kMostTitle);
  Context context = context_of(page, position);
  if (metadata.title.empty()) metadata.title = std::move(context.heading);
  metadata.description = std::move(context.text);
  metadata.duration = duration_from(page.tree.attribute(node, "data-duration"));
  return metadata;
}

void add_source(const HtmlReading& page, VideoHandle video, const HtmlNode& node) {
  const auto type = kind_by_type(page.tree.attribute(node, "type"));
  for (const std::string_view name : kSourceAttributes) {
    const std::string_view value = trimmed(page.tree.attribute(node, name));
    if (value.empty() || value.front() == '{' || value.front() == '[' || value.starts_with("blob:") ||
        value.starts_with("data:"))
      continue;
    auto kind = is_media_name(value) ? kind_by_name(value) : type;
    if (kind != CrawlUrlKind::playlist)
      kind = name == "data-hls" || name == "data-m3u8" || name == "data-dash" ? CrawlUrlKind::playlist
                                                                              : CrawlUrlKind::media;
    page.list.add_way(video, value, *kind);
  }
}

void read_video(const HtmlReading& page, std::size_t position) {
  const auto& nodes = page.tree.nodes();
  const HtmlNode& node = nodes[position];
  const VideoHandle video = page.list.add_video(VideoOrigin::element, metadata_around(page, position));
  add_source(page, video, node);
  for (auto i = position + 1; i < static_cast<std::size_t>(node.end); ++i) {
    if (nodes[i].tag == "source") add_source(page, video, nodes[i]);
    // What browsers show that cannot play it: a link to the same.
    const std::string_view href = trimmed(page.tree.attribute(nodes[i], "href"));
    if (nodes[i].tag == "a" && is_media_name(href)) page.list.add_way(video, href, *kind_by_name(href), 1);
  }
  for (const std::string_view name : {"poster", "data-poster", "data-thumbnail"})
    if (const std::string_view poster = trimmed(page.tree.attribute(node, name)); !poster.empty())
      page.list.add_thumbnail(video, poster);
}

void add_frame(const HtmlReading& page, VideoHandle video, std::string_view address) {
  address = trimmed(address);
  if (address.empty() || address.starts_with("about:") || address.starts_with("javascript:")) return;
  page.list.add_way(video, address, is_media_name(address) ? *kind_by_name(address) : CrawlUrlKind::player);
  if (const auto media = media_in_query(address))
    page.list.add_way(video, *media, kind_by_name(*media).value_or(CrawlUrlKind::media));
}

/// A <frame> of the site is the page itself, in parts: its links count. Another site's may be the player.
bool is_part_of_page(const HtmlReading& page, const HtmlNode& node) {
  const std::string_view address = trimmed(page.tree.attribute(node, "src"));
  if (node.tag != "frame" || address.empty() || kind_by_name(address) != CrawlUrlKind::page) return false;
  const auto url = resolve_url(page.list.base(), address);
  return url && host_key(*url) == host_key(page.list.base());
}

void read_frame(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  if (is_part_of_page(page, node)) {
    page.list.add(page.tree.attribute(node, "src"), {.kind = CrawlUrlKind::page, .is_refresh = true});
    return;
  }
  const VideoHandle video = page.list.add_video(VideoOrigin::frame, metadata_around(page, position));
  for (const std::string_view name :
       {"src", "data-src", "data-lazy-src", "data-url", "data-original", "data-iframe", "data-litespeed-src"})
    add_frame(page, video, page.tree.attribute(node, name));
  if (const std::string_view inner = page.tree.attribute(node, "srcdoc"); !inner.empty())
    read_html(inner, page.list, page.discovery, page.depth + 1);
}

/// <object data>, <embed src>, and the parameters of Flash players, which name files to this day.
void read_object(const HtmlReading& page, std::size_t position) {
  const auto& nodes = page.tree.nodes();
  const HtmlNode& node = nodes[position];
  const VideoHandle video = page.list.add_video(VideoOrigin::element, metadata_around(page, position));
  const auto type = kind_by_type(page.tree.attribute(node, "type"));
  const auto add = [&](std::string_view address) {
    address = trimmed(address);
    const auto named = is_media_name(address) ? kind_by_name(address) : type;
    if (named == CrawlUrlKind::image) return;
    if (named && named != CrawlUrlKind::player)
      page.list.add_way(video, address, *named);
    else
      add_frame(page, video, address);
  };
  add(page.tree.attribute(node, node.tag == "object" ? "data" : "src"));
  for (auto i = position + 1; i < static_cast<std::size_t>(node.end); ++i) {
    if (nodes[i].tag != "param") continue;
    const std::string name = lower(page.tree.attribute(nodes[i], "name"));
    if (name == "movie" || name == "src" || name == "filename" || name == "url")
      add(page.tree.attribute(nodes[i], "value"));
  }
}

/// Whether a value may hold more than one address, or one that is hidden in something.
bool is_worth_scanning(std::string_view value) {
  if (value.size() < 5 || value.size() > kLongestValue) return false;
  for (const std::string_view hidden : {"aHR0c", "eyJ", "W3si"})
    if (value.find(hidden) != std::string_view::npos) return true;
  for (const std::string_view tag : {"<iframe", "<video"})
    if (contains_ignoring_case(value, tag)) return true;
  for (const std::string_view suffix : {".mp4", ".m3u8", ".webm", ".mpd", ".m4v", ".mkv", ".mov", ".flv"})
    if (contains_ignoring_case(value, suffix)) return true;
  return value.front() == '{' || value.front() == '[';
}

/// Any attribute of any element: data-setup, data-config, flashvars, onclick, whatever a theme calls it.
void read_attributes(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  for (const HtmlAttribute& attribute : page.tree.attributes(node)) {
    const std::string_view value = trimmed(attribute.value);
    const bool is_link =
        attribute.name == "href" && (node.tag == "a" || node.tag == "area" || node.tag == "link");
    const bool is_read = attribute.name == "srcdoc" || (attribute.name == "src" && is_frame_tag(node.tag)) ||
                         is_link || (node.tag == "meta" && attribute.name != "content");
    const bool is_name = attribute.name == "download" || attribute.name == "title" ||
                         attribute.name == "alt" || attribute.name == "id" || attribute.name == "class" ||
                         attribute.name == "name";
    if (is_read || is_name || !is_worth_scanning(value)) continue;
    if (is_media_name(value) && value.find_first_of(" \"'{<,") == std::string_view::npos) {
      page.list.add_way(page.list.add_video(VideoOrigin::guess, metadata_around(page, position)), value,
                        *kind_by_name(value), 3);
      continue;
    }
    if (value.find('<') != std::string_view::npos &&
        (contains_ignoring_case(value, "<video") || contains_ignoring_case(value, "<iframe")))
      read_html(value, page.list, page.discovery, page.depth + 1);
    else if (value.find('=') != std::string_view::npos &&
             value.find_first_of("{ \"'") == std::string_view::npos &&
             media_in_query("?" + std::string(value)))
      page.list.add_way(page.list.add_video(VideoOrigin::guess), *media_in_query("?" + std::string(value)),
                        CrawlUrlKind::media, 5);
    else
      read_script("\"" + std::string(value) + "\"", page.list);
  }
}

/// contentUrl and embedUrl say what they are wherever they stand, also outside any item.
void read_stray_property(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  const std::string_view name = page.tree.attribute(node, "itemprop");
  const bool is_player = equal_ignoring_case(name, "embedUrl");
  if (!is_player && !equal_ignoring_case(name, "contentUrl")) return;
  const VideoHandle video = page.list.add_video(VideoOrigin::guess);
  for (const std::string_view attribute : {"content", "href", "src"}) {
    const std::string_view value = trimmed(page.tree.attribute(node, attribute));
    const auto named = is_media_name(value) ? kind_by_name(value) : std::nullopt;
    page.list.add_way(video, value, named.value_or(is_player ? CrawlUrlKind::player : CrawlUrlKind::media),
                      3);
  }
}

/// Attributes that are named after what they hold, on elements that become players: no suffix is needed.
void read_player_attributes(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  for (const std::string_view name :
       {"data-video-src", "data-video-url", "data-hls", "data-mp4", "data-m3u8", "data-hls-url"}) {
    const std::string_view value = trimmed(page.tree.attribute(node, name));
    const bool is_address = value.starts_with('/') || value.starts_with("./") || value.starts_with("../") ||
                            starts_with_ignoring_case(value, "http://") ||
                            starts_with_ignoring_case(value, "https://");
    if (!is_address || is_media_name(value) || kind_by_name(value) != CrawlUrlKind::page) continue;
    const bool is_list = name.find("hls") != std::string_view::npos || name == "data-m3u8";
    page.list.add_way(page.list.add_video(VideoOrigin::guess, metadata_around(page, position)), value,
                      is_list ? CrawlUrlKind::playlist : CrawlUrlKind::media, 3);
  }
}

/// Plyr's players of others: the page has no address of theirs, but what it is made of.
void read_provider(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  const std::string_view id = page.tree.attribute(node, "data-plyr-embed-id");
  if (id.empty() || id.size() > 200) return;
  const std::string_view provider = page.tree.attribute(node, "data-plyr-provider");
  const bool is_plain = std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
  std::string address(id);
  if (is_plain && provider == "youtube") address.insert(0, "https://www.youtube.com/embed/");
  if (is_plain && provider == "vimeo") address.insert(0, "https://player.vimeo.com/video/");
  if (address.find("://") != std::string::npos)
    page.list.add_way(page.list.add_video(VideoOrigin::frame, metadata_around(page, position)), address,
                      CrawlUrlKind::player);
}

}  // namespace

void read_media_element(const HtmlReading& page, std::size_t position) {
  const std::string_view tag = page.tree.nodes()[position].tag;
  if (is_video_tag(tag))
    read_video(page, position);
  else
    read_player_attributes(page, position);
  read_provider(page, position);
  if (is_frame_tag(tag)) read_frame(page, position);
  if (tag == "object" || tag == "embed") read_object(page, position);
  read_stray_property(page, position);
  read_attributes(page, position);
}

}  // namespace reelprint::crawler
