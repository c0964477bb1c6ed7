// Reads what an extractor says: the JSON of `yt-dlp -J`.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/utf8.h"
#include "crawler/extractor.h"

namespace reelprint::crawler {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostVideos = 200;
constexpr std::size_t kMostMedia = 100;
constexpr std::size_t kMostTextBytes = 4096;
constexpr std::size_t kMostUrlBytes = 8192;
constexpr std::size_t kMostDepth = 32;

/// Cut where a code point ends.
std::string text_of(const json::object& from, std::string_view name) {
  const json::value* value = from.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  std::string_view text = value->get_string();
  if (text.size() > kMostTextBytes) {
    text = text.substr(0, kMostTextBytes);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) text.remove_suffix(1);
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0U) text.remove_suffix(1);
  }
  return to_valid_utf8(text);
}

std::string first_text_of(const json::object& from, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (std::string text = text_of(from, name); !text.empty()) return text;
  }
  return {};
}

/// Within 0 and `most`.
std::optional<double> number_of(const json::object& from, std::string_view name, double most) {
  const json::value* value = from.if_contains(name);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  const double number = value->to_number<double>();
  if (!(number >= 0 && number <= most)) return std::nullopt;
  return number;
}

template <class Whole>
std::optional<Whole> count_of(const json::object& from, std::string_view name, double most) {
  const auto number = number_of(from, name, most);
  if (!number) return std::nullopt;
  return static_cast<Whole>(*number);
}

std::string url_of(const json::object& from, std::string_view name) {
  const json::value* value = from.if_contains(name);
  if (value == nullptr || !value->is_string()) return {};
  const std::string_view url = value->get_string();
  const bool is_web = url.starts_with("https://") || url.starts_with("http://");
  return is_web && url.size() <= kMostUrlBytes ? std::string(url) : std::string();
}

std::optional<WallTime> published_at(const json::object& from) {
  constexpr double kYear9999 = 253'402'300'799.0;
  if (const auto seconds = number_of(from, "timestamp", kYear9999))
    return WallTime{std::chrono::seconds{static_cast<std::int64_t>(*seconds)}};
  const std::string day = text_of(from, "upload_date");  // "20261121"
  if (day.size() != 8) return std::nullopt;
  return wall_time_of(day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6) + "T00:00:00Z");
}

VideoMetadata metadata_of(const json::object& from) {
  constexpr double kMostCount = 1e15;
  VideoMetadata metadata;
  metadata.title = first_text_of(from, {"title", "fulltitle"});
  metadata.description = text_of(from, "description");
  metadata.uploader = first_text_of(from, {"uploader", "channel", "creator", "uploader_id"});
  metadata.uploader_url = url_of(from, from.contains("uploader_url") ? "uploader_url" : "channel_url");
  metadata.series = text_of(from, "series");
  metadata.episode = count_of<int>(from, "episode_number", 1e6);
  if (const auto seconds = number_of(from, "duration", 1e7))
    metadata.duration = Duration{std::llround(*seconds * 1e6)};
  metadata.published_at = published_at(from);
  metadata.views = count_of<std::uint64_t>(from, "view_count", kMostCount);
  metadata.likes = count_of<std::uint64_t>(from, "like_count", kMostCount);
  metadata.thumbnail_url = url_of(from, "thumbnail");
  metadata.language = text_of(from, "language");
  return metadata;
}

bool is_protected(const json::object& from) {
  const json::value* drm = from.if_contains("has_drm");
  return drm != nullptr && drm->is_bool() && drm->get_bool();
}

std::optional<ExtractedMedia> media_of(const json::object& from) {
  ExtractedMedia media{.url = url_of(from, "url"),
                       .protocol = text_of(from, "protocol"),
                       .extension = text_of(from, "ext"),
                       .height = count_of<int>(from, "height", 100'000),
                       .bytes = count_of<std::uint64_t>(from, "filesize", 1e15)};
  media.has_picture = text_of(from, "vcodec") != "none";
  if (media.url.empty() || is_protected(from)) return std::nullopt;
  return media;
}

std::vector<ExtractedMedia> all_media_of(const json::object& from) {
  std::vector<ExtractedMedia> all;
  const auto add = [&](const json::value& value) {
    if (!value.is_object() || all.size() == kMostMedia) return;
    if (auto media = media_of(value.get_object())) all.push_back(std::move(*media));
  };
  const json::value* formats = from.if_contains("formats");
  if (formats != nullptr && formats->is_array()) {
    for (const json::value& format : formats->get_array()) add(format);
  } else {
    if (auto media = media_of(from)) all.push_back(std::move(*media));
  }
  const auto weight = [](const ExtractedMedia& media) {
    return std::tuple(!media.has_picture, media.height.value_or(1'000'000));
  };
  std::ranges::stable_sort(all, {}, weight);
  return all;
}

/// A list may hold lists: a channel its playlists.
void read_entry(const json::value& value, std::size_t depth, std::vector<ExtractedVideo>& into) {
  if (!value.is_object() || into.size() == kMostVideos || depth > 4) return;
  const json::object& entry = value.get_object();
  const json::value* entries = entry.if_contains("entries");
  if (entries != nullptr && entries->is_array()) {
    for (const json::value& inner : entries->get_array()) read_entry(inner, depth + 1, into);
    return;
  }
  ExtractedVideo video{
      .metadata = metadata_of(entry), .page_url = url_of(entry, "webpage_url"), .media = all_media_of(entry)};
  if (!video.media.empty() || !video.page_url.empty()) into.push_back(std::move(video));
}

}  // namespace

Extraction read_extraction(std::string_view text) {
  boost::system::error_code problem;
  json::parse_options options;
  options.max_depth = kMostDepth;
  const json::value root = json::parse(text, problem, {}, options);
  if (problem) return {.problem = "the extractor's answer is no JSON"};
  Extraction extraction;
  read_entry(root, 0, extraction.videos);
  if (extraction.videos.empty()) extraction.problem = "the extractor found no video";
  return extraction;
}

}  // namespace reelprint::crawler
