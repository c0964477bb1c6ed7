// Sitemaps (sitemaps.org 0.9, Google's video extension) and feeds (RSS 0.9x, 1.0, 2.0, Atom, Media RSS).
#include <string>

#include "crawler/document_readers.h"
#include "crawler/media_address.h"
#include "crawler/metadata_values.h"
#include "crawler/plain_text.h"
#include "crawler/xml_items.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostTitle = 500;
constexpr std::size_t kMostDescription = 4096;

/// The first of the children that has text.
std::string_view first_text(const XmlElement& element, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const std::string_view text = element.text_of(name); !text.empty()) return text;
  return {};
}

/// The text of a child, or else its attribute.
std::string_view text_or_attribute(const XmlElement& element, std::string_view name,
                                   std::string_view attribute) {
  const XmlElement* child = element.child(name);
  if (child == nullptr) return {};
  const std::string_view text = trimmed(child->text);
  return text.empty() ? child->attribute(attribute) : text;
}

template <typename Value>
void set_if(std::optional<Value>& to, std::optional<Value> value) {
  if (!to) to = value;
}

/// <video:video> of a sitemap.
void read_sitemap_video(const XmlElement& video, std::string_view page, FindingList& list) {
  VideoMetadata metadata;
  metadata.title = without_markup(video.text_of("video:title"), kMostTitle);
  metadata.description = without_markup(video.text_of("video:description"), kMostDescription);
  metadata.duration = duration_from(video.text_of("video:duration"));
  metadata.published_at = date_from(video.text_of("video:publication_date"));
  metadata.views = count_from(video.text_of("video:view_count"));
  if (const XmlElement* uploader = video.child("video:uploader")) {
    metadata.uploader = squeezed(uploader->text, kMostTitle);
    metadata.uploader_url = std::string(cut(uploader->attribute("info"), 2000));
  }
  if (const XmlElement* show = video.child("video:tvshow")) {
    metadata.series = squeezed(show->text_of("video:show_title"), kMostTitle);
    metadata.episode = episode_from(show->text_of("video:episode_number"));
  }
  const VideoHandle handle = list.add_video(VideoOrigin::statement, std::move(metadata));
  bool has_way = false;
  for (const XmlElement& child : video.children) {
    const std::string_view address = trimmed(child.text);
    if (child.name == "video:content_loc")
      has_way |= list.add_way(
          handle, address,
          kind_by_name(address) == CrawlUrlKind::playlist ? CrawlUrlKind::playlist : CrawlUrlKind::media);
    if (child.name == "video:player_loc") has_way |= list.add_way(handle, address, CrawlUrlKind::player);
    if (child.name == "video:thumbnail_loc") list.add_thumbnail(handle, address);
  }
  if (!has_way) list.add(page, {.kind = CrawlUrlKind::page, .video = handle.number});
  if (!is_media_name(page)) list.set_page_of(handle, page);
}

void read_sitemap_url(const XmlElement& url, FindingList& list) {
  const std::string page(url.text_of("loc"));
  const auto kind = kind_by_name(page);
  const bool is_media = kind == CrawlUrlKind::media || kind == CrawlUrlKind::playlist;
  if (is_media)
    list.add_way(list.add_video(VideoOrigin::link), page, *kind);
  else if (!page.empty())
    list.add(page, {.kind = CrawlUrlKind::page});
  for (const XmlElement& child : url.children) {
    if (child.name == "video:video") read_sitemap_video(child, page, list);
    if (child.name == "xhtml:link") list.add(child.attribute("href"), {.kind = CrawlUrlKind::page});
  }
}

/// What Media RSS says of one video, in <media:group>, <media:content> or the item itself.
void read_media_metadata(const XmlElement& at, VideoMetadata& metadata) {
  if (metadata.title.empty()) metadata.title = without_markup(at.text_of("media:title"), kMostTitle);
  if (metadata.description.empty())
    metadata.description = without_markup(at.text_of("media:description"), kMostDescription);
  if (metadata.uploader.empty()) metadata.uploader = squeezed(at.text_of("media:credit"), kMostTitle);
  const XmlElement* community = at.child("media:community");
  if (community == nullptr) return;
  if (const XmlElement* statistics = community->child("media:statistics"))
    set_if(metadata.views, count_from(statistics->attribute("views")));
  if (const XmlElement* rating = community->child("media:starRating"))
    set_if(metadata.likes, count_from(rating->attribute("count")));
}

/// Whether a <media:content> or an <enclosure> may be a video.
bool may_be_video(const XmlElement& content, std::string_view address) {
  const std::string medium = lower(content.attribute("medium"));
  const auto type = kind_by_type(content.attribute("type"));
  if (medium == "image" || medium == "audio" || medium == "document" || type == CrawlUrlKind::image)
    return false;
  if (starts_with_ignoring_case(content.attribute("type"), "audio/") && type != CrawlUrlKind::playlist)
    return false;
  const bool is_unsaid = medium.empty() && content.attribute("type").empty();
  return medium == "video" || type.has_value() || is_media_name(address) ||
         (is_unsaid && kind_by_name(address) == CrawlUrlKind::page);
}

CrawlUrlKind kind_of_content(const XmlElement& content, std::string_view address) {
  const auto type = kind_by_type(content.attribute("type"));
  const auto name = kind_by_name(address);
  if (type == CrawlUrlKind::playlist || name == CrawlUrlKind::playlist) return CrawlUrlKind::playlist;
  return type == CrawlUrlKind::player && name != CrawlUrlKind::media ? CrawlUrlKind::player
                                                                     : CrawlUrlKind::media;
}

/// Gives whether there was a way to the video.
bool read_media(const XmlElement& at, VideoHandle handle, FindingList& list, int depth) {
  VideoMetadata* metadata = list.metadata_of(handle);
  if (metadata == nullptr || depth > 3) return false;
  read_media_metadata(at, *metadata);
  bool has_way = false;
  for (const XmlElement& child : at.children) {
    const std::string_view address = trimmed(child.attribute(child.name == "link" ? "href" : "url"));
    const bool is_content = child.name == "media:content" || child.name == "enclosure" ||
                            child.name == "media:peerLink" ||
                            (child.name == "link" && child.attribute("rel") == "enclosure");
    if (is_content && !address.empty() && may_be_video(child, address)) {
      has_way |= list.add_way(handle, address, kind_of_content(child, address));
      set_if(list.metadata_of(handle)->duration, duration_from(child.attribute("duration")));
      if (metadata->language.empty()) metadata->language = std::string(child.attribute("lang"));
    }
    if (child.name == "media:player") has_way |= list.add_way(handle, address, CrawlUrlKind::player);
    if (child.name == "media:embed") has_way |= list.add_way(handle, address, CrawlUrlKind::player);
    if (child.name == "media:thumbnail" || child.name == "itunes:image")
      list.add_thumbnail(handle, address.empty() ? child.attribute("href") : address);
    const bool is_first_group = child.name == "media:group" && &child == at.child("media:group");
    if (is_first_group || child.name == "media:content")
      has_way |= read_media(child, handle, list, depth + 1);
  }
  return has_way;
}

/// RSS has the address as the text of <link>, Atom in its href.
std::string page_of_item(const XmlElement& item) {
  for (const XmlElement& child : item.children) {
    if (child.name != "link") continue;
    const std::string_view rel = child.attribute("rel");
    if (!trimmed(child.text).empty()) return std::string(trimmed(child.text));
    if ((rel.empty() || rel == "alternate") && !child.attribute("href").empty())
      return std::string(child.attribute("href"));
  }
  const XmlElement* guid = item.child("guid");
  if (guid != nullptr && guid->attribute("isPermaLink") != "false" &&
      guid->text.find("://") != std::string::npos)
    return std::string(trimmed(guid->text));
  return std::string(item.attribute("rdf:about"));
}

VideoMetadata metadata_of_item(const XmlElement& item) {
  VideoMetadata metadata;
  metadata.title = without_markup(first_text(item, {"title", "itunes:title", "dc:title"}), kMostTitle);
  metadata.description = without_markup(
      first_text(item, {"description", "summary", "itunes:summary", "content:encoded", "content"}),
      kMostDescription);
  metadata.published_at = date_from(first_text(item, {"pubDate", "published", "dc:date", "updated"}));
  metadata.duration = duration_from(text_or_attribute(item, "itunes:duration", "seconds"));
  metadata.episode = episode_from(item.text_of("itunes:episode"));
  metadata.uploader = squeezed(first_text(item, {"itunes:author", "dc:creator"}), kMostTitle);
  if (const XmlElement* author = item.child("author")) {
    if (metadata.uploader.empty())
      metadata.uploader = squeezed(
          author->children.empty() ? std::string_view(author->text) : author->text_of("name"), kMostTitle);
    metadata.uploader_url = std::string(cut(author->text_of("uri"), 2000));
  }
  return metadata;
}

/// What XHTML within an item, or a format that we do not know, names: elements with an address of media.
void read_elements(const XmlElement& at, FindingList& list) {
  for (const XmlElement& child : at.children) {
    const std::string_view local = std::string_view(child.name).substr(child.name.find(':') + 1);
    const std::string_view text = trimmed(child.text);
    if (local == "iframe")
      list.add_way(list.add_video(VideoOrigin::frame), child.attribute("src"), CrawlUrlKind::player);
    if (local == "video" && !is_media_name(child.attribute("src")))
      list.add_way(list.add_video(VideoOrigin::element), child.attribute("src"), CrawlUrlKind::media);
    for (const auto& [name, value] : child.attributes)
      if (is_media_name(value))
        list.add_way(list.add_video(VideoOrigin::element), value, *kind_by_name(value));
    if (text.size() < 2000 && is_media_name(text) && text.find(' ') == std::string_view::npos)
      list.add_way(list.add_video(VideoOrigin::element), text, *kind_by_name(text));
    read_elements(child, list);
  }
}

/// A group is one video in several renditions; further ones are further videos.
void read_further_groups(const XmlElement& item, const std::string& page, FindingList& list) {
  const XmlElement* const first = item.child("media:group");
  for (const XmlElement& child : item.children) {
    if (child.name != "media:group" || &child == first) continue;
    VideoMetadata metadata = metadata_of_item(item);
    if (!child.text_of("media:title").empty()) metadata.title.clear();
    const VideoHandle handle = list.add_video(VideoOrigin::statement, std::move(metadata));
    read_media(child, handle, list, 1);
    if (!page.empty() && !is_media_name(page)) list.set_page_of(handle, page);
  }
}

void read_feed_item(const XmlElement& item, FindingList& list) {
  const std::string page = page_of_item(item);
  const VideoHandle handle = list.add_video(VideoOrigin::statement, metadata_of_item(item));
  bool has_way = read_media(item, handle, list, 0);
  read_further_groups(item, page, list);
  const auto kind = kind_by_name(page);
  if (!page.empty() && is_media_name(page)) {
    has_way |= list.add_way(handle, page, *kind);
  } else if (!page.empty()) {
    list.add(page, {.kind = CrawlUrlKind::page,
                    .video = has_way ? -1 : handle.number,
                    .text = squeezed(item.text_of("title"), 300)});
    list.set_page_of(handle, page);
  }
  for (const std::string_view name : {"content", "summary", "description"})
    if (const XmlElement* markup = item.child(name)) read_elements(*markup, list);
  // What an item shows in its HTML: players and files within the description.
  for (const std::string_view name : {"content:encoded", "description", "content", "summary"}) {
    const std::string_view html = item.text_of(name);
    if (html.find("<iframe") == std::string_view::npos && html.find("<video") == std::string_view::npos &&
        html.find("<a ") == std::string_view::npos && html.find("<embed") == std::string_view::npos)
      continue;
    read_scrap(html, has_way ? VideoHandle{} : handle, list);
    break;
  }
}

/// Paging and the feed's own fields: RFC 5005's next, what links to the site.
void read_channel(const XmlElement& root, FindingList& list, Discovery& discovery) {
  const XmlElement* channel = root.child("channel");
  const XmlElement& at = channel == nullptr ? root : *channel;
  discovery.title = without_markup(at.text_of("title"), kMostTitle);
  discovery.text =
      without_markup(first_text(at, {"description", "subtitle", "itunes:summary"}), kMostDescription);
  for (const XmlElement& child : at.children) {
    if (child.name != "link") continue;
    const std::string_view rel = child.attribute("rel");
    const std::string_view address = child.attribute("href");
    if (rel == "next" || rel == "next-archive" || rel == "prev-archive")
      list.add(address, {.kind = CrawlUrlKind::feed, .is_pagination = true});
    else if (address.empty())
      list.add(trimmed(child.text), {.kind = CrawlUrlKind::page});
    else if (rel == "alternate" || rel.empty())
      list.add(address, {.kind = CrawlUrlKind::page});
  }
}

bool is_item(std::string_view name) {
  return name == "item" || name == "entry" || name == "url" || name == "sitemap" || name == "oembed";
}

void read_oembed(const XmlElement& oembed, FindingList& list) {
  VideoMetadata metadata;
  metadata.title = squeezed(oembed.text_of("title"), kMostTitle);
  metadata.uploader = squeezed(oembed.text_of("author_name"), kMostTitle);
  metadata.uploader_url = std::string(cut(oembed.text_of("author_url"), 2000));
  metadata.duration = duration_from(oembed.text_of("duration"));
  const VideoHandle handle = list.add_video(VideoOrigin::statement, std::move(metadata));
  list.add_thumbnail(handle, oembed.text_of("thumbnail_url"));
  read_scrap(oembed.text_of("html"), handle, list);
  if (const std::string_view url = oembed.text_of("url"); is_media_name(url))
    list.add_way(handle, url, *kind_by_name(url));
}

}  // namespace

void read_xml_document(std::string_view utf8, FindingList& list, Discovery& discovery) {
  std::string kind = "other";
  const std::string document_base = list.base();
  const auto enter = [&](const XmlElement& element) {
    for (const auto& [name, value] : element.attributes)
      if (name == "xml:base") list.set_base(value);
  };
  const auto on_item = [&](const XmlElement& item) {
    enter(item);
    if (item.name == "oembed") {
      kind = "oembed";
      read_oembed(item, list);
    } else if (item.name == "sitemap") {
      kind = "sitemap_index";
      list.add(item.text_of("loc"), {.kind = CrawlUrlKind::sitemap});
    } else if (item.name == "url") {
      kind = "sitemap";
      read_sitemap_url(item, list);
    } else {
      kind = "feed";
      read_feed_item(item, list);
    }
    list.set_base(document_base);
  };
  const XmlReading reading = read_xml(utf8, is_item, on_item);
  if (!reading.problem.empty()) list.add_problem("not well-formed XML: " + reading.problem);
  if (kind == "other") {
    const std::string& root = reading.root.name;
    if (root == "urlset") kind = "sitemap";
    if (root == "sitemapindex") kind = "sitemap_index";
    if (root == "rss" || root == "feed" || root == "rdf:RDF") kind = "feed";
  }
  enter(reading.root);
  if (kind == "feed") read_channel(reading.root, list, discovery);
  discovery.kind = kind;
  if (kind != "other") return;
  read_elements(reading.root, list);
  read_script(utf8, list);
}

}  // namespace reelprint::crawler
