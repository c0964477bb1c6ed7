// schema.org in microdata (WHATWG HTML, section 5) and RDFa Lite 1.1.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "crawler/html_readers.h"
#include "crawler/media_address.h"
#include "crawler/metadata_values.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

constexpr std::size_t kMostTitle = 500;
constexpr std::size_t kMostDescription = 4096;
constexpr std::size_t kMostItems = 2'000;
constexpr std::size_t kLargestItem = 20'000;

/// The last word of "https://schema.org/VideoObject" or "schema:VideoObject".
std::string type_word(std::string_view type) {
  type = trimmed(type);
  type = type.substr(0, type.find_first_of(" \t\n"));
  return lower(type.substr(type.find_last_of("/:#") + 1));
}

std::string item_type(const HtmlReading& page, const HtmlNode& node) {
  const std::string_view type = page.tree.attribute(node, "itemtype");
  return type_word(type.empty() ? page.tree.attribute(node, "typeof") : type);
}

bool is_video_type(const std::string& type) {
  return type == "videoobject" || type == "clip" || type == "movieclip" || type == "tvclip" ||
         type == "musicvideoobject";
}

bool is_work_type(const std::string& type) {
  return type == "movie" || type == "episode" || type == "tvepisode" || type == "creativework";
}

/// "name" of itemprop="name" or property="schema:name"; in lower case.
std::string property_of(const HtmlReading& page, const HtmlNode& node) {
  const std::string_view name = page.tree.attribute(node, "itemprop");
  return type_word(name.empty() ? page.tree.attribute(node, "property") : name);
}

/// Section 5.2.4: what an element's property is worth.
std::string value_of(const HtmlReading& page, std::size_t position) {
  const HtmlNode& node = page.tree.nodes()[position];
  for (const std::string_view name : {"content", "href", "src", "data", "datetime", "value", "resource"})
    if (page.tree.has_attribute(node, name)) return std::string(trimmed(page.tree.attribute(node, name)));
  return page.tree.text_of(position, kMostDescription);
}

/// The name within a nested item (a person, a series), or its text.
std::string name_within(const HtmlReading& page, std::size_t position) {
  const auto& nodes = page.tree.nodes();
  const auto end = std::min<std::size_t>(static_cast<std::size_t>(nodes[position].end), position + 200);
  for (std::size_t i = position + 1; i < end; ++i)
    if (property_of(page, nodes[i]) == "name") return squeezed(value_of(page, i), kMostTitle);
  if (page.tree.has_attribute(nodes[position], "content"))
    return squeezed(page.tree.attribute(nodes[position], "content"), kMostTitle);
  return page.tree.text_of(position, kMostTitle);
}

std::string address_within(const HtmlReading& page, std::size_t position) {
  const auto& nodes = page.tree.nodes();
  const auto end = std::min<std::size_t>(static_cast<std::size_t>(nodes[position].end), position + 200);
  for (std::size_t i = position; i < end; ++i)
    for (const std::string_view name : {"href", "src"})
      if (page.tree.has_attribute(nodes[i], name)) return std::string(page.tree.attribute(nodes[i], name));
  return value_of(page, position);
}

/// One item: its properties, those of the items within it left to them.
class ItemReader {
 public:
  ItemReader(const HtmlReading& page, std::size_t position) : page_(page), position_(position) {}

  void read() {
    const auto& nodes = page_.tree.nodes();
    const auto end =
        std::min<std::size_t>(static_cast<std::size_t>(nodes[position_].end), position_ + kLargestItem);
    for (std::size_t i = position_ + 1; i < end;) {
      const HtmlNode& node = nodes[i];
      const std::string property = property_of(page_, node);
      if (!property.empty()) read_property(property, i);
      const bool is_item =
          page_.tree.has_attribute(node, "itemscope") || page_.tree.has_attribute(node, "typeof");
      i = is_item ? static_cast<std::size_t>(node.end) : i + 1;
    }
    const VideoHandle video = page_.list.add_video(VideoOrigin::statement, std::move(metadata_));
    bool has_way = false;
    for (const auto& [address, kind] : ways_) has_way |= page_.list.add_way(video, address, kind);
    if (!has_way && !url_.empty()) page_.list.add(url_, {.kind = CrawlUrlKind::page, .video = video.number});
    if (!thumbnail_.empty()) page_.list.add_thumbnail(video, thumbnail_);
  }

 private:
  void read_property(const std::string& name, std::size_t at) {
    if (name == "contenturl" || name == "embedurl") {
      const std::string address = value_of(page_, at);
      const auto named = is_media_name(address) ? kind_by_name(address) : std::nullopt;
      ways_.emplace_back(address,
                         named.value_or(name == "embedurl" ? CrawlUrlKind::player : CrawlUrlKind::media));
    } else if (name == "name" || name == "headline") {
      if (metadata_.title.empty()) metadata_.title = squeezed(value_of(page_, at), kMostTitle);
    } else if (name == "description") {
      metadata_.description = squeezed(value_of(page_, at), kMostDescription);
    } else if (name == "thumbnailurl" || name == "thumbnail" || name == "image") {
      if (thumbnail_.empty()) thumbnail_ = address_within(page_, at);
    } else if (name == "url") {
      if (url_.empty()) url_ = value_of(page_, at);
    } else {
      read_fact(name, at);
    }
  }

  void read_fact(const std::string& name, std::size_t at) {
    if (name == "duration" && !metadata_.duration) metadata_.duration = duration_from(value_of(page_, at));
    if ((name == "uploaddate" || name == "datepublished") && !metadata_.published_at)
      metadata_.published_at = date_from(value_of(page_, at));
    if ((name == "author" || name == "creator" || name == "publisher") && metadata_.uploader.empty()) {
      metadata_.uploader = name_within(page_, at);
      const std::string address = address_within(page_, at);
      if (address.find('/') != std::string::npos) metadata_.uploader_url = address.substr(0, 2000);
    }
    if (name == "partofseries" || name == "partoftvseries") metadata_.series = name_within(page_, at);
    if (name == "episodenumber") metadata_.episode = episode_from(value_of(page_, at));
    if (name == "inlanguage") metadata_.language = std::string(cut(value_of(page_, at), 35));
    if (name == "interactioncount") {
      const std::string value = value_of(page_, at);
      metadata_.views = count_from(std::string_view(value).substr(value.find(':') + 1));
    }
    if (name == "interactionstatistic") read_counter(at);
  }

  void read_counter(std::size_t at) {
    const auto& nodes = page_.tree.nodes();
    std::string type;
    std::optional<std::uint64_t> count;
    const auto end = std::min<std::size_t>(static_cast<std::size_t>(nodes[at].end), at + 50);
    for (std::size_t i = at + 1; i < end; ++i) {
      const std::string property = property_of(page_, nodes[i]);
      if (property == "interactiontype")
        type = value_of(page_, i) + std::string(page_.tree.attribute(nodes[i], "itemtype"));
      if (property == "userinteractioncount") count = count_from(value_of(page_, i));
    }
    (type.find("Like") != std::string::npos ? metadata_.likes : metadata_.views) = count;
  }

  const HtmlReading& page_;
  std::size_t position_;
  std::vector<std::pair<std::string, CrawlUrlKind>> ways_;
  VideoMetadata metadata_;
  std::string url_;
  std::string thumbnail_;
};

}  // namespace

void read_microdata(const HtmlReading& page) {
  const auto& nodes = page.tree.nodes();
  std::size_t items = 0;
  for (std::size_t i = 0; i < nodes.size() && items < kMostItems && !page.list.is_full(); ++i) {
    if (nodes[i].tag.empty()) continue;
    const std::string type = item_type(page, nodes[i]);
    if (type.empty()) continue;
    bool is_video = is_video_type(type);
    if (is_work_type(type)) {
      const auto end = std::min<std::size_t>(static_cast<std::size_t>(nodes[i].end), i + kLargestItem);
      for (std::size_t k = i + 1; k < end && !is_video; ++k) {
        if (page.tree.has_attribute(nodes[k], "itemscope") || page.tree.has_attribute(nodes[k], "typeof")) {
          k = static_cast<std::size_t>(nodes[k].end) - 1;
          continue;
        }
        const std::string property = property_of(page, nodes[k]);
        is_video = property == "contenturl" || property == "embedurl";
      }
    }
    if (!is_video) continue;
    ++items;
    ItemReader(page, i).read();
  }
}

}  // namespace reelprint::crawler
