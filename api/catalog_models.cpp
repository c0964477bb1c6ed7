#include "api/catalog_models.h"

#include <boost/json.hpp>

#include "api/match_json.h"
#include "core/clock.h"
#include "core/licence_number.h"
#include "core/sha256.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

json::value id_or_null(auto id) {
  return id.value == 0 ? json::value() : json::value(id.value);
}

/// What the store keeps as JSON was checked when it came.
json::value stored_json(const std::string& text) {
  json::error_code error;
  json::value value = json::parse(text, error);
  return error ? json::value() : value;
}

json::array excluded_json(std::span<const ExcludedInterval> excluded) {
  json::array all;
  for (const auto& [span, why] : excluded) {
    all.push_back(json::object{
        {"begin_s", seconds(span.begin)}, {"end_s", seconds(span.end)}, {"why", text_or_null(why)}});
  }
  return all;
}

json::object minute_json(const pipeline::MinuteHealth& minute) {
  return {{"begin_s", seconds(minute.span.begin)},
          {"end_s", seconds(minute.span.end)},
          {"distinctive_s", seconds(minute.distinctive)}};
}

json::object side_json(const ReferenceEntry& entry, bool is_visible) {
  json::object side{{"holder", entry.holder.name}};
  if (!is_visible) return side;
  side["reference"] = entry.reference.id.value;
  side["state"] = to_string(entry.reference.state);
  side["series"] = entry.series.id.value;
  side["series_name"] = entry.series.name;
  side["episode"] = entry.episode.id.value;
  side["season"] = entry.episode.season;
  side["number"] = entry.episode.number;
  return side;
}

}  // namespace

json::object warning_json(const std::string& where, const std::string& reason) {
  return {{"where", where}, {"reason", reason}};
}

json::object holder_json(const Holder& holder) {
  return {{"id", holder.id.value},
          {"name", holder.name},
          {"tenant", id_or_null(holder.tenant)},
          {"version", holder.version}};
}

json::object series_json(const store::Work& work) {
  json::object series{{"id", work.series.id.value},
                      {"holder", work.holder.id.value},
                      {"holder_name", work.holder.name},
                      {"name", work.series.name}};
  const json::value proof = stored_json(work.proof);
  series["proof"] = proof.is_object() ? proof : json::value(json::object());
  series["version"] = work.series.version;
  return series;
}

json::object episode_json(const store::WorkEpisode& found) {
  const Episode& episode = found.episode;
  json::object object{{"id", episode.id.value},
                      {"series", episode.series.value},
                      {"season", episode.season},
                      {"number", episode.number},
                      {"title", text_or_null(episode.title)},
                      {"licence_number", text_or_null(episode.licence_number)},
                      {"licence", nullptr},
                      {"eidr", text_or_null(episode.eidr)},
                      {"isan", text_or_null(episode.isan)},
                      {"warnings", json::array()},
                      {"version", episode.version}};
  if (episode.licence_number.empty()) return object;
  if (const auto number = licence_number_of(episode.licence_number)) {
    object["licence"] = json::object{{"kind", to_string(number->kind)},
                                     {"authority", number->authority},
                                     {"year", number->year},
                                     {"number", number->text}};
  } else {
    object["warnings"].as_array().push_back(
        warning_json("/licence_number", "has no shape of an NRTA licence or filing number that is known"));
  }
  return object;
}

json::object reference_json(const ReferenceEntry& entry) {
  const Reference& reference = entry.reference;
  const bool is_known = reference.duration > Duration{0};
  return {{"id", reference.id.value},
          {"episode", entry.episode.id.value},
          {"series", entry.series.id.value},
          {"holder", entry.holder.id.value},
          {"cut", text_or_null(reference.cut)},
          {"language", text_or_null(reference.language)},
          {"subtitles", text_or_null(reference.subtitles)},
          {"aspect_ratio", text_or_null(reference.aspect)},
          {"state", to_string(reference.state)},
          {"reason", text_or_null(reference.reason)},
          {"media_sha256", is_known ? json::value(to_hex(reference.media)) : json::value()},
          {"duration_s", is_known ? json::value(seconds(reference.duration)) : json::value()},
          {"registered_at", to_rfc3339(reference.registered_at)},
          {"version", reference.version}};
}

json::object reference_json(const ReferenceEntry& entry, const store::RegistrationNotes& notes,
                            std::span<const ExcludedInterval> excluded) {
  json::object object = reference_json(entry);
  object["job"] = id_or_null(notes.job);
  object["import"] = id_or_null(notes.import);
  const json::value warnings = stored_json(notes.warnings);
  object["warnings"] = warnings.is_array() ? warnings : json::value(json::array());
  object["excluded"] = excluded_json(excluded);
  return object;
}

json::object health_json(const pipeline::ReferenceHealth& health) {
  json::array minutes;
  for (const auto& minute : health.minutes) minutes.push_back(minute_json(minute));
  json::array weakest;
  for (const auto& minute : health.weakest) weakest.push_back(minute_json(minute));
  const auto& whole = health.whole;
  return {{"duration_s", seconds(health.duration)},
          {"distinctive_s", seconds(whole.distinctive)},
          {"shared_with_episodes_s", seconds(whole.other_episodes)},
          {"shared_with_series_s", seconds(whole.other_series)},
          {"shared_with_holders_s", seconds(whole.other_holders)},
          {"blank_s", seconds(whole.blank)},
          {"plain_s", seconds(whole.plain)},
          {"still_s", seconds(health.still)},
          {"minutes", std::move(minutes)},
          {"weakest_minutes", std::move(weakest)}};
}

json::object conflict_json(const ConflictSides& sides, const Principal& viewer) {
  const Conflict& conflict = sides.conflict;
  const bool sees_reference = viewer.may_see(sides.reference.holder.tenant);
  const bool sees_other = viewer.may_see(sides.other.holder.tenant);
  const auto time = [](bool is_visible, Timestamp at) {
    return is_visible ? json::value(seconds(at)) : json::value();
  };
  json::array segments;
  for (const ConflictSegment& segment : conflict.segments) {
    segments.push_back(json::object{{"reference_begin_s", time(sees_reference, segment.reference.begin)},
                                    {"reference_end_s", time(sees_reference, segment.reference.end)},
                                    {"other_begin_s", time(sees_other, segment.other.begin)},
                                    {"other_end_s", time(sees_other, segment.other.end)},
                                    {"distinctive_s", seconds(segment.distinctive)},
                                    {"score", segment.score}});
  }
  const bool is_decided = conflict.state != ConflictState::open;
  return {{"id", conflict.id.value},
          {"state", to_string(conflict.state)},
          {"reference", side_json(sides.reference, sees_reference)},
          {"other", side_json(sides.other, sees_other)},
          {"score", conflict.score},
          {"segments", std::move(segments)},
          {"found_at", to_rfc3339(conflict.found_at)},
          {"decided_at", is_decided ? json::value(to_rfc3339(conflict.decided_at)) : json::value()},
          {"reason", text_or_null(conflict.reason)},
          {"version", conflict.version}};
}

}  // namespace reelprint::api
