// schema.org's VideoObject and its kin in JSON-LD 1.1.
#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "crawler/document_readers.h"
#include "crawler/html_readers.h"
#include "crawler/linked_data.h"
#include "crawler/loose_json.h"
#include "crawler/media_address.h"
#include "crawler/metadata_values.h"
#include "crawler/plain_text.h"

namespace reelprint::crawler {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostTitle = 500;
constexpr std::size_t kMostDescription = 4096;
constexpr std::size_t kMostValues = 200'000;

/// Types that are a video themselves.
constexpr std::string_view kVideoTypes[] = {"videoobject", "videoobjectsnapshot", "clip", "movieclip",
                                            "tvclip",      "musicvideoobject"};
/// Types that are about one, which `video` or their own addresses name.
constexpr std::string_view kWorkTypes[] = {"movie",    "episode",     "tvepisode", "creativework",
                                           "tvseries", "mediaobject", "webpage"};

constexpr std::string_view kOtherMediaTypes[] = {"imageobject", "audioobject"};

template <typename List>
bool is_of(const json::value& object, const List& types) {
  const auto matches = [&](const json::value& type) {
    const auto* text = type.if_string();
    if (text == nullptr) return false;
    const std::string_view whole(text->c_str(), text->size());
    const std::string name = lower(whole.substr(whole.find_last_of("/:#") + 1));
    return std::find(std::begin(types), std::end(types), name) != std::end(types);
  };
  const json::value* type = member_of(object, "@type");
  if (type == nullptr) type = member_of(object, "type");
  if (type == nullptr) return false;
  if (const auto* array = type->if_array()) return std::any_of(array->begin(), array->end(), matches);
  return matches(*type);
}

std::string title_of(const json::value& object) {
  for (const std::string_view name : {"name", "headline", "title", "alternateName"})
    if (std::string text = squeezed(without_references(text_of(member_of(object, name))), kMostTitle);
        !text.empty())
      return text;
  return {};
}

std::string series_of(const json::value& object, const LinkedData& data) {
  for (const std::string_view name : {"partOfSeries", "partOfTVSeries", "isPartOf"})
    if (const json::value* series = data.member(object, name); series != nullptr && !is_reference(*series))
      return squeezed(text_of(member_of(*series, "name") != nullptr ? member_of(*series, "name") : series),
                      kMostTitle);
  return {};
}

/// Whether an InteractionCounter counts `action` ("WatchAction"), however its type is written.
bool counts(const json::value& counter, std::string_view action) {
  const json::value* type = member_of(counter, "interactionType");
  if (type == nullptr) return false;
  const json::value* inner = member_of(*type, "@type");
  return text_of(inner == nullptr ? type : inner).find(action) != std::string::npos;
}

void read_counts(const json::value& object, VideoMetadata& metadata) {
  if (const json::value* plain = member_of(object, "interactionCount")) {
    const std::string text = text_of(plain);  // "UserPlays:1234", or the number
    metadata.views = count_from(std::string_view(text).substr(text.find(':') + 1));
  }
  const json::value* statistic = member_of(object, "interactionStatistic");
  if (statistic == nullptr) return;
  const auto read = [&](const json::value& counter) {
    const auto count = count_from(text_of(member_of(counter, "userInteractionCount")));
    if (counts(counter, "Like")) metadata.likes = count;
    if (counts(counter, "Watch") || member_of(counter, "interactionType") == nullptr) metadata.views = count;
  };
  if (const auto* array = statistic->if_array())
    for (const json::value& counter : *array) read(counter);
  else
    read(*statistic);
}

VideoMetadata metadata_from(const json::value& object, const LinkedData& data) {
  VideoMetadata metadata;
  metadata.title = title_of(object);
  metadata.description = without_markup(text_of(member_of(object, "description")), kMostDescription);
  for (const std::string_view name : {"author", "creator", "publisher", "productionCompany", "contributor"}) {
    const json::value* person = data.member(object, name);
    if (person == nullptr || !metadata.uploader.empty()) continue;
    if (const auto* several = person->if_array(); several != nullptr && !several->empty())
      person = &data.resolved(several->front());
    if (is_reference(*person)) continue;
    metadata.uploader = squeezed(text_of(person), kMostTitle);
    metadata.uploader_url = std::string(cut(text_of(member_of(*person, "url")), 2000));
  }
  metadata.series = series_of(object, data);
  metadata.episode = episode_from(text_of(member_of(object, "episodeNumber")));
  metadata.duration = duration_from(text_of(member_of(object, "duration")));
  for (const std::string_view name : {"uploadDate", "datePublished", "dateCreated"})
    if (!metadata.published_at) metadata.published_at = date_from(text_of(member_of(object, name)));
  metadata.language = std::string(cut(text_of(member_of(object, "inLanguage")), 35));
  read_counts(object, metadata);
  return metadata;
}

void inherit(VideoMetadata& own, const VideoMetadata& work) {
  if (own.title.empty()) own.title = work.title;
  if (own.series.empty()) own.series = work.series;
  if (!own.episode) own.episode = work.episode;
  if (!own.duration) own.duration = work.duration;
  if (!own.published_at) own.published_at = work.published_at;
}

void read_video(const json::value& object, const VideoMetadata& work, const LinkedData& data,
                FindingList& list) {
  VideoMetadata metadata = metadata_from(object, data);
  inherit(metadata, work);
  const VideoHandle video = list.add_video(VideoOrigin::statement, std::move(metadata));
  bool has_way = false;
  const std::string format = text_of(member_of(object, "encodingFormat"));
  const auto add_files = [&](const json::value& of) {
    for (const std::string_view name : {"contentUrl", "contentURL", "content_url"})
      for (const std::string& address : addresses_of(member_of(of, name))) {
        const auto kind = is_media_name(address) ? kind_by_name(address) : kind_by_type(format);
        has_way |= list.add_way(video, address, kind == CrawlUrlKind::playlist ? *kind : CrawlUrlKind::media);
      }
  };
  add_files(object);
  for (const std::string_view name : {"encoding", "associatedMedia", "encodings"}) {
    const json::value* encodings = data.member(object, name);
    if (encodings == nullptr) continue;
    if (const auto* array = encodings->if_array())
      for (const json::value& encoding : *array) add_files(data.resolved(encoding));
    else
      add_files(*encodings);
  }
  for (const std::string_view name : {"embedUrl", "embedURL"})
    for (const std::string& address : addresses_of(member_of(object, name))) {
      has_way |= list.add_way(video, address,
                              is_media_name(address) ? *kind_by_name(address) : CrawlUrlKind::player);
      if (const auto media = media_in_query(address))
        list.add_way(video, *media, kind_by_name(*media).value_or(CrawlUrlKind::media));
    }
  for (const std::string_view name : {"thumbnailUrl", "thumbnailURL", "thumbnail", "image"})
    for (const std::string& address : addresses_of(data.member(object, name)))
      list.add_thumbnail(video, address);
  for (const std::string_view name : {"url", "mainEntityOfPage"})
    for (const std::string& address : addresses_of(member_of(object, name))) {
      if (is_media_name(address))
        has_way |= list.add_way(video, address, *kind_by_name(address));
      else if (kind_by_name(address) == CrawlUrlKind::page)
        list.add(address, {.kind = CrawlUrlKind::page, .video = has_way ? -1 : video.number});
    }
}

/// A value that is still to be read, and what the work that it belongs to says of its video.
struct Step {
  const json::value* value;
  std::shared_ptr<const VideoMetadata> work;
};

/// A video, or something else that names the file or the player of one.
bool states_video(const json::value& object) {
  if (is_of(object, kVideoTypes)) return true;
  const bool has_address =
      member_of(object, "contentUrl") != nullptr || member_of(object, "embedUrl") != nullptr;
  return has_address && member_of(object, "@type") != nullptr && !is_of(object, kOtherMediaTypes);
}

/// What a work says of its video.
VideoMetadata work_from(const json::value& object, const LinkedData& data) {
  VideoMetadata work = metadata_from(object, data);
  work.description.clear();
  return work;
}

/// Of videos that works refer to by their names.
using WorksOfVideos = std::unordered_map<std::string_view, VideoMetadata>;

WorksOfVideos works_of_videos(const json::value& root, const LinkedData& data) {
  WorksOfVideos works;
  std::vector<const json::value*> open{&root};
  for (std::size_t seen = 0; !open.empty() && seen < kMostValues; ++seen) {
    const json::value& value = *open.back();
    open.pop_back();
    if (const auto* array = value.if_array())
      for (const json::value& inner : *array)
        if (inner.is_structured()) open.push_back(&inner);
    const auto* object = value.if_object();
    if (object == nullptr) continue;
    for (const auto& member : *object)
      if (member.value().is_structured()) open.push_back(&member.value());
    const json::value* video = member_of(value, "video");
    if (video == nullptr || !is_of(value, kWorkTypes)) continue;
    const auto* several = video->if_array();
    const json::value& first = several != nullptr && several->size() == 1 ? several->front() : *video;
    if (is_reference(first)) works.emplace(id_of(first), work_from(value, data));
  }
  return works;
}

/// A JSON-LD document as it is read.
struct LdReading {
  const LinkedData& data;
  const WorksOfVideos& works;
  FindingList& list;
};

void read_object(const json::value& value, const Step& step, std::vector<Step>& steps,
                 const LdReading& reading) {
  static const auto kNone = std::make_shared<const VideoMetadata>();
  FindingList& list = reading.list;
  const auto of_work = reading.works.find(id_of(value));
  if (states_video(value))
    read_video(value, of_work == reading.works.end() ? *step.work : of_work->second, reading.data, list);
  auto work = kNone;
  if (is_of(value, kWorkTypes) || is_of(value, kVideoTypes))
    work = std::make_shared<const VideoMetadata>(work_from(value, reading.data));
  const std::size_t first = steps.size();
  for (const auto& member : value.get_object()) {
    const bool is_video = member.key() == "video";
    if (member.value().is_structured()) steps.push_back({&member.value(), is_video ? work : kNone});
    if (!member.value().is_string() || !(is_video || member.key() == "trailer")) continue;
    const std::string address = text_of(&member.value());
    if (is_media_name(address))
      list.add_way(list.add_video(VideoOrigin::statement, *work), address, *kind_by_name(address));
  }
  std::reverse(steps.begin() + static_cast<std::ptrdiff_t>(first), steps.end());
}

/// Every object of the document, the outer before the inner.
void read_value(const json::value& root, FindingList& list) {
  const LinkedData data(root);
  const WorksOfVideos works = works_of_videos(root, data);
  const LdReading reading{data, works, list};
  std::vector<Step> steps = {{&root, std::make_shared<const VideoMetadata>()}};
  for (std::size_t seen = 0; !steps.empty() && seen < kMostValues && !list.is_full(); ++seen) {
    const Step step = std::move(steps.back());
    steps.pop_back();
    if (const auto* array = step.value->if_array()) {
      for (std::size_t i = array->size(); i > 0; --i)
        if ((*array)[i - 1].is_structured()) steps.push_back({&(*array)[i - 1], step.work});
    } else if (step.value->is_object()) {
      read_object(*step.value, step, steps, reading);
    }
  }
}

/// Whether it writes its terms with a prefix or whole: "schema:contentUrl", "https://schema.org/contentUrl".
bool has_long_terms(std::string_view text) {
  for (const std::string_view term : {":contentUrl\"", "/contentUrl\"", ":embedUrl\"", "/embedUrl\""})
    if (text.find(term) != std::string_view::npos) return true;
  return false;
}

/// Every term without its prefix, as the context of schema.org would have it.
void shorten_terms(json::value& root) {
  std::vector<json::value*> open = {&root};
  for (std::size_t seen = 0; !open.empty() && seen < kMostValues; ++seen) {
    json::value& value = *open.back();
    open.pop_back();
    if (auto* array = value.if_array())
      for (json::value& member : *array) open.push_back(&member);
    auto* object = value.if_object();
    if (object == nullptr) continue;
    json::object plain(object->storage());
    plain.reserve(object->size());
    for (auto& member : *object) {
      const std::string_view key(member.key().data(), member.key().size());
      plain.emplace(key.substr(key.find_last_of(":/") + 1), std::move(member.value()));
    }
    *object = std::move(plain);
    for (auto& member : *object) open.push_back(&member.value());
  }
}

}  // namespace

void read_json_ld(std::string_view text, FindingList& list) {
  json::monotonic_resource memory;
  auto value = parse_loosely(text, &memory);
  if (!value && text.find("&quot;") != std::string_view::npos)
    value = parse_loosely(without_references(text), &memory);
  if (!value) {
    list.add_problem("its JSON-LD is no JSON; only addresses of media were read from it");
    read_script(text, list);
    return;
  }
  if (has_long_terms(text)) shorten_terms(*value);
  read_value(*value, list);
}

}  // namespace reelprint::crawler
