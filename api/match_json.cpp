#include "api/match_json.h"

#include <cmath>
#include <numbers>

#include "api/json_text.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

/// As a person would say it: how much larger, how far turned and moved.
json::object transform_of(const Similarity& transform) {
  const double degrees = std::atan2(transform.b, transform.a) * 180 / std::numbers::pi;
  return {{"scale", rounded(transform.scale(), 3)},
          {"turn_degrees", rounded(degrees, 1)},
          {"shift_x", rounded(transform.tx, 3)},
          {"shift_y", rounded(transform.ty, 3)}};
}

json::array pairs_of(const Match& match) {
  json::array pairs;
  for (const AlignedPair& pair : match.pairs) {
    json::object object{{"query", seconds(pair.query)},
                        {"reference", seconds(pair.reference)},
                        {"distinctive", pair.distinctive}};
    if (pair.inliers > 0) {
      object["inliers"] = pair.inliers;
      object["transform"] = transform_of(pair.transform);
    } else {
      object["distance"] = pair.distance;
    }
    pairs.push_back(std::move(object));
  }
  return pairs;
}

}  // namespace

double seconds(Timestamp t) {
  return to_microseconds(to_seconds(t));
}
double seconds(Duration d) {
  return to_microseconds(to_seconds(d));
}

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value() : json::value(text);
}

void put_work(json::object& object, const ReferenceEntry& entry) {
  object["holder"] = entry.holder.name;
  object["series"] = entry.series.name;
  object["season"] = entry.episode.season;
  object["episode"] = entry.episode.number;
  object["title"] = text_or_null(entry.episode.title);
  object["cut"] = text_or_null(entry.reference.cut);
  object["language"] = text_or_null(entry.reference.language);
  object["licence_number"] = text_or_null(entry.episode.licence_number);
}

json::object match_of(const Match& match, const ReferenceEntry* entry) {
  json::object object;
  if (entry != nullptr) put_work(object, *entry);
  object["reference"] = match.reference.value;
  object["score"] = rounded(match.score, 4);
  object["query_start"] = seconds(match.query_span.begin);
  object["query_end"] = seconds(match.query_span.end);
  object["reference_start"] = seconds(match.reference_span.begin);
  object["reference_end"] = seconds(match.reference_span.end);
  object["speed"] = rounded(match.speed, 4);
  object["mirrored"] = match.mirrored;
  object["distinctive_seconds"] = seconds(match.distinctive);
  object["negative_seconds"] = seconds(match.negative);
  object["names_episode"] = match.names_episode;
  object["log10_false_alarms"] = rounded(match.log10_false_alarms, 2);
  object["confirmed"] = match.is_confirmed;
  object["found_by"] = to_string(match.found_by);
  object["inliers"] = match.inliers;
  object["agreeing"] = match.agreeing;
  object["compared"] = match.compared;
  object["sound_agreement"] =
      match.sound_agreement ? json::value(rounded(*match.sound_agreement, 3)) : json::value();
  object["moment_agreement"] =
      match.moment_agreement ? json::value(rounded(*match.moment_agreement, 3)) : json::value();
  object["moment_pictures"] = match.moment_pictures;
  object["pairs"] = pairs_of(match);
  return object;
}

}  // namespace reelprint::api
