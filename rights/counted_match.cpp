#include "rights/counted_match.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "rights/intervals.h"
#include "rights/words.h"

namespace reelprint::rights {
namespace {

constexpr double kSoundAgrees = 0.5;  ///< of the span's sound, for "picture and sound"

double share(Duration part, Duration whole) {
  if (whole <= Duration{0}) return 0;
  return std::min(1.0, to_seconds(part) / to_seconds(whole));
}

/// Where a stretch of the reference span lies on the query's clock.
Interval on_query(const Match& match, const Interval& part) {
  const double rate = to_seconds(match.query_span.length()) / to_seconds(match.reference_span.length());
  const auto moment = [&](Timestamp reference) {
    const double since_begin = static_cast<double>((reference - match.reference_span.begin).count());
    return match.query_span.begin + Duration{std::llround(rate * since_begin)};
  };
  const Interval mapped{moment(part.begin), moment(part.end)};
  return intersection(mapped, match.query_span);
}

Match without_pairs(const Match& match) {
  Match copy;
  copy.reference = match.reference;
  copy.episode = match.episode;
  copy.series = match.series;
  copy.query_span = match.query_span;
  copy.reference_span = match.reference_span;
  copy.score = match.score;
  copy.distinctive = match.distinctive;
  copy.is_confirmed = match.is_confirmed;
  copy.negative = match.negative;
  copy.names_episode = match.names_episode;
  copy.agreeing = match.agreeing;
  copy.compared = match.compared;
  copy.found_by = match.found_by;
  copy.sound_agreement = match.sound_agreement;
  return copy;
}

}  // namespace

CountedMatch count(const FoundMatch& found, std::size_t position) {
  const Match& match = found.match;
  CountedMatch counted;
  counted.found = &found;
  counted.position = position;
  counted.match = without_pairs(match);
  counted.work = work_named(found.entry.series.name, found.entry.episode);
  const std::vector<Interval> excluded = united(found.excluded);
  if (match.reference_span.is_empty()) {
    const bool is_excluded = std::ranges::any_of(
        excluded, [&](const Interval& taken) { return taken.contains(match.reference_span.begin); });
    if (!is_excluded) counted.query_parts = {match.query_span};
  } else {
    counted.reference_parts = without(match.reference_span, excluded);
    for (const Interval& part : counted.reference_parts) counted.query_parts.push_back(on_query(match, part));
  }
  counted.excluded = match.query_span.length() - covered(counted.query_parts);
  counted.match.distinctive = std::max(Duration{0}, match.distinctive - counted.excluded);
  if (!counted.query_parts.empty()) counted.standing = Standing::certain;
  return counted;
}

Measure measure(std::span<const CountedMatch* const> matches, Duration upload) {
  Measure result;
  std::vector<Interval> query;
  std::map<ReferenceId, std::pair<Duration, std::vector<Interval>>> references;
  for (const CountedMatch* counted : matches) {
    ++result.matches;
    result.score = std::max(result.score, counted->match.score);
    query.insert(query.end(), counted->query_parts.begin(), counted->query_parts.end());
    auto& [length, parts] = references[counted->match.reference];
    length = counted->found->entry.reference.duration;
    parts.insert(parts.end(), counted->reference_parts.begin(), counted->reference_parts.end());
  }
  result.matched = covered(std::move(query));
  result.share_of_upload = share(result.matched, upload);
  for (auto& [id, reference] : references) {
    const double shown = share(covered(std::move(reference.second)), reference.first);
    result.share_of_reference = std::max(result.share_of_reference, shown);
  }
  return result;
}

bool is_of(Modality modality, const Match& match) {
  const bool by_picture = match.found_by != FoundBy::sound;
  switch (modality) {
    case Modality::any: return true;
    case Modality::picture: return by_picture;
    case Modality::picture_and_sound: return by_picture && match.sound_agreement.value_or(0) >= kSoundAgrees;
  }
  return false;
}

}  // namespace reelprint::rights
