#include "crawler/media_hints.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdint>

#include "core/utf8.h"

namespace reelprint::crawler {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostText = 4096;
constexpr std::size_t kMostWays = 8;

/// Valid, and cut before a sequence that would be cut in two.
std::string short_text(const std::string& text) {
  if (text.size() <= kMostText) return to_valid_utf8(text);
  std::size_t end = kMostText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return to_valid_utf8(std::string_view(text).substr(0, end));
}

void put(json::object& object, const char* name, const std::string& text) {
  if (!text.empty()) object[name] = short_text(text);
}

template <class Number>
void put(json::object& object, const char* name, const std::optional<Number>& number) {
  if (number) object[name] = *number;
}

std::string text_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

std::optional<std::int64_t> number_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  return error ? std::nullopt : std::optional(number);
}

json::array ways_of(const std::vector<MediaWay>& ways) {
  json::array array;
  for (const MediaWay& way : ways) {
    if (array.size() == kMostWays) break;
    array.push_back(json::object{{"url", way.url}, {"kind", std::string(to_string(way.kind))}});
  }
  return array;
}

std::vector<MediaWay> ways_in(const json::object& object) {
  std::vector<MediaWay> ways;
  const json::value* value = object.if_contains("also");
  const json::array* array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) return ways;
  for (const json::value& one : *array) {
    const json::object* way = one.if_object();
    if (way == nullptr || ways.size() == kMostWays) continue;
    const auto kind = crawl_url_kind_of(text_in(*way, "kind"));
    if (kind) ways.push_back({text_in(*way, "url"), *kind});
  }
  return ways;
}

}  // namespace

std::string to_json(const MediaHints& hints) {
  const VideoMetadata& video = hints.video;
  json::object object;
  put(object, "title", video.title);
  put(object, "description", video.description);
  put(object, "uploader", video.uploader);
  put(object, "uploader_url", video.uploader_url);
  put(object, "series", video.series);
  put(object, "episode", video.episode);
  if (video.duration) object["duration_us"] = video.duration->count();
  if (video.published_at) object["published_at_us"] = video.published_at->time_since_epoch().count();
  put(object, "views", video.views);
  put(object, "likes", video.likes);
  put(object, "thumbnail_url", video.thumbnail_url);
  put(object, "language", video.language);
  put(object, "page_url", hints.page_url);
  if (!hints.also.empty()) object["also"] = ways_of(hints.also);
  if (hints.is_extracted) object["is_extracted"] = true;
  return json::serialize(object);
}

MediaHints media_hints_of(std::string_view text) {
  boost::system::error_code error;
  const json::value value = json::parse({text.data(), text.size()}, error);
  const json::object* object = error ? nullptr : value.if_object();
  if (object == nullptr) return {};
  MediaHints hints;
  VideoMetadata& video = hints.video;
  video.title = text_in(*object, "title");
  video.description = text_in(*object, "description");
  video.uploader = text_in(*object, "uploader");
  video.uploader_url = text_in(*object, "uploader_url");
  video.series = text_in(*object, "series");
  if (const auto episode = number_in(*object, "episode")) video.episode = static_cast<int>(*episode);
  if (const auto duration = number_in(*object, "duration_us")) video.duration = Duration{*duration};
  if (const auto at = number_in(*object, "published_at_us"))
    video.published_at = WallTime{std::chrono::microseconds{*at}};
  if (const auto views = number_in(*object, "views")) video.views = static_cast<std::uint64_t>(*views);
  if (const auto likes = number_in(*object, "likes")) video.likes = static_cast<std::uint64_t>(*likes);
  video.thumbnail_url = text_in(*object, "thumbnail_url");
  video.language = text_in(*object, "language");
  hints.page_url = text_in(*object, "page_url");
  hints.also = ways_in(*object);
  const json::value* extracted = object->if_contains("is_extracted");
  hints.is_extracted = extracted != nullptr && extracted->is_bool() && extracted->get_bool();
  return hints;
}

VideoMetadata joined(const VideoMetadata& nearer, const VideoMetadata& farther) {
  VideoMetadata both = nearer;
  const auto fill = [](auto& into, const auto& from) {
    if (into == std::decay_t<decltype(into)>{}) into = from;
  };
  fill(both.title, farther.title);
  fill(both.description, farther.description);
  fill(both.uploader, farther.uploader);
  fill(both.uploader_url, farther.uploader_url);
  fill(both.series, farther.series);
  fill(both.episode, farther.episode);
  fill(both.duration, farther.duration);
  fill(both.published_at, farther.published_at);
  fill(both.views, farther.views);
  fill(both.likes, farther.likes);
  fill(both.thumbnail_url, farther.thumbnail_url);
  fill(both.language, farther.language);
  return both;
}

}  // namespace reelprint::crawler
