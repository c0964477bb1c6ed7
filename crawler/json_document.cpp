// JSON documents: JSON Feed 1.1, oEmbed 1.0, and what else names media.
#include "crawler/document_readers.h"

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <optional>
#include <string>
#include <vector>

#include "crawler/address_list.h"
#include "crawler/html_readers.h"
#include "crawler/loose_json.h"
#include "crawler/media_address.h"
#include "crawler/metadata_values.h"
#include "crawler/plain_text.h"
#include "crawler/url_text.h"

namespace reelprint::crawler {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostTitle = 500;

void read_oembed(const json::value& oembed, FindingList& list) {
  VideoMetadata metadata;
  metadata.title = squeezed(text_of(member_of(oembed, "title")), kMostTitle);
  metadata.uploader = squeezed(text_of(member_of(oembed, "author_name")), kMostTitle);
  metadata.uploader_url = std::string(cut(text_of(member_of(oembed, "author_url")), 2000));
  metadata.duration = duration_from(text_of(member_of(oembed, "duration")));
  const VideoHandle video = list.add_video(VideoOrigin::statement, std::move(metadata));
  list.add_thumbnail(video, text_of(member_of(oembed, "thumbnail_url")));
  const std::string url = text_of(member_of(oembed, "url"));
  if (is_media_name(url)) list.add_way(video, url, *kind_by_name(url));
  read_scrap(text_of(member_of(oembed, "html")), video, list);
}

void read_feed_item(const json::value& item, FindingList& list) {
  VideoMetadata metadata;
  metadata.title = squeezed(text_of(member_of(item, "title")), kMostTitle);
  metadata.description = squeezed(text_of(member_of(item, "content_text")), 4096);
  metadata.published_at = date_from(text_of(member_of(item, "date_published")));
  const VideoHandle video = list.add_video(VideoOrigin::statement, metadata);
  bool has_way = false;
  if (const json::value* attachments = member_of(item, "attachments");
      attachments != nullptr && attachments->is_array())
    for (const json::value& attachment : attachments->get_array()) {
      const std::string url = text_of(member_of(attachment, "url"));
      const auto type = kind_by_type(text_of(member_of(attachment, "mime_type")));
      const auto kind = is_media_name(url) ? kind_by_name(url) : type;
      if (!kind || kind == CrawlUrlKind::image) continue;
      has_way |= list.add_way(video, url, *kind);
      if (VideoMetadata* own = list.metadata_of(video); own != nullptr && !own->duration)
        own->duration = duration_from(text_of(member_of(attachment, "duration_in_seconds")));
    }
  list.add_thumbnail(video, text_of(member_of(item, "image")));
  for (const std::string_view name : {"url", "external_url"})
    list.add(text_of(member_of(item, name)),
             {.kind = CrawlUrlKind::page, .video = has_way ? -1 : video.number, .text = metadata.title});
  read_scrap(text_of(member_of(item, "content_html")), has_way ? VideoHandle{} : video, list);
}

void read_feed(const json::value& feed, FindingList& list, Discovery& discovery) {
  discovery.title = squeezed(text_of(member_of(feed, "title")), kMostTitle);
  if (const json::value* next = member_of(feed, "next_url"))
    list.add(text_of(next), {.kind = CrawlUrlKind::feed, .is_pagination = true});
  if (const json::value* home = member_of(feed, "home_page_url"))
    list.add(text_of(home), {.kind = CrawlUrlKind::page});
  const json::value* items = member_of(feed, "items");
  if (items == nullptr || !items->is_array()) return;
  for (const json::value& item : items->get_array()) read_feed_item(item, list);
}

/// Names of members that lead to pages, in answers that programs get instead of pages.
constexpr std::string_view kPageKeys[] = {"url",           "href",         "link",       "permalink",
                                          "page_url",      "pageurl",      "web_url",    "share_url",
                                          "canonical_url", "canonicalurl", "detail_url", "detailurl",
                                          "next",          "next_url",     "path",       "watch_url"};

/// "https%3A%2F%2F…" is an address in disguise.
std::string plain_address(std::string_view value) {
  for (const std::string_view begin : {"http%3a", "https%3a", "%2f"})
    if (starts_with_ignoring_case(value, begin)) return percent_decoded(value);
  return std::string(value);
}

/// "/api/feed?page=2" is named like a feed, and may be an answer like this one.
bool is_document(std::optional<CrawlUrlKind> kind) {
  return kind == CrawlUrlKind::page || kind == CrawlUrlKind::feed;
}

/// One object of the answer: media and pages, with the title beside them.
void read_json_object(const json::object& object, FindingList& list) {
  VideoMetadata metadata;
  for (const std::string_view name : {"title", "name", "headline"})
    if (const json::value* title = object.if_contains(name);
        title != nullptr && title->is_string() && metadata.title.empty())
      metadata.title = squeezed(text_of(title), kMostTitle);
  for (const json::object::value_type& member : object) {
    const auto* text = member.value().if_string();
    if (text == nullptr || text->size() > 2000) continue;
    const std::string value = plain_address({text->data(), text->size()});
    const std::string key = lower({member.key().data(), member.key().size()});
    const bool is_list = listed_address(value, value.size()).size() < value.size();
    if (is_media_name(value) && !is_list && value.find(' ') == std::string::npos)
      list.add_way(list.add_video(VideoOrigin::guess, metadata), value, *kind_by_name(value), 5);
    else if (std::find(std::begin(kPageKeys), std::end(kPageKeys), key) != std::end(kPageKeys) &&
             (value.starts_with('/') || value.starts_with("http")) && is_document(kind_by_name(value)) &&
             list.has_room_for_links())
      list.add(
          value,
          {.kind = *kind_by_name(value), .is_pagination = key.starts_with("next"), .text = metadata.title});
  }
}

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= 0x20;
}

/// Where the object that begins at `begin` ends; nothing when it does not, or is too long.
std::optional<std::size_t> end_of_object(std::string_view text, std::size_t begin) {
  constexpr std::size_t kLongest = std::size_t{8} << 20;
  int depth = 0;
  bool is_string = false;
  for (std::size_t i = begin; i < text.size() && i - begin < kLongest; ++i) {
    const char c = text[i];
    if (is_string) {
      if (c == '\\') ++i;
      is_string = c != '"';
    } else if (c == '"') {
      is_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return std::nullopt;
}

/// Every object of an answer, the outer before the inner.
void read_json_state(const json::value& root, FindingList& list) {
  std::vector<const json::value*> open = {&root};
  for (std::size_t seen = 0; !open.empty() && seen < 500'000 && !list.is_full(); ++seen) {
    const json::value& value = *open.back();
    open.pop_back();
    if (const auto* array = value.if_array())
      for (std::size_t i = array->size(); i > 0; --i)
        if ((*array)[i - 1].is_structured()) open.push_back(&(*array)[i - 1]);
    const auto* object = value.if_object();
    if (object == nullptr) continue;
    read_json_object(*object, list);
    for (const json::object::value_type& member : *object)
      if (member.value().is_structured()) open.push_back(&member.value());
  }
}

}  // namespace

void read_json_script(std::string_view text, FindingList& list) {
  json::monotonic_resource memory;
  if (const auto value = parse_loosely(text, &memory)) read_json_state(*value, list);
  read_script(text, list);
}

void read_assigned_state(std::string_view script, FindingList& list) {
  constexpr int kMostStates = 20;
  int states = 0;
  for (std::size_t at = script.find('='); at != std::string_view::npos && states < kMostStates;
       at = script.find('=', at)) {
    do ++at;
    while (at < script.size() && is_blank(script[at]));
    if (at >= script.size() || (script[at] != '{' && script[at] != '[')) continue;
    // Only JSON has its names in double quotes; other literals are read as strings of a script.
    std::size_t first = at + 1;
    while (first < script.size() && (is_blank(script[first]) || script[first] == '{')) ++first;
    if (first >= script.size() || script[first] != '"') continue;
    ++states;
    const auto end = end_of_object(script, at);
    if (!end) continue;
    json::monotonic_resource memory;
    if (const auto value = parse_loosely(script.substr(at, *end - at), &memory))
      read_json_state(*value, list);
    at = *end;
  }
}

void read_json_document(std::string_view utf8, FindingList& list, Discovery& discovery) {
  json::monotonic_resource memory;
  const auto value = parse_loosely(utf8, &memory);
  discovery.kind = "other";
  if (!value) {
    list.add_problem("it begins as JSON and is none");
    read_script(utf8, list);
    return;
  }
  const std::string type = text_of(member_of(*value, "type"));
  if (text_of(member_of(*value, "version")).find("jsonfeed.org") != std::string::npos) {
    discovery.kind = "feed";
    read_feed(*value, list, discovery);
  } else if ((type == "video" || type == "rich" || type == "link") &&
             member_of(*value, "version") != nullptr) {
    discovery.kind = "oembed";
    read_oembed(*value, list);
  } else {
    read_json_ld(utf8, list);
    read_json_state(*value, list);
    read_script(utf8, list);
  }
}

}  // namespace reelprint::crawler
