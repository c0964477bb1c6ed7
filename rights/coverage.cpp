#include "rights/coverage.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace reelprint::rights {
namespace {

template <class Value>
bool has(const std::vector<Value>& values, const Value& value) {
  return std::ranges::find(values, value) != values.end();
}

bool has_work(const Works& works, const Work& work) {
  if (works.series.empty() && works.episodes.empty()) return true;
  return has(works.series, work.series) || has(works.episodes, work.episode);
}

/// Cover::full, open or other_territory.
Cover where(const std::vector<std::string>& territories, const UploadContext& context) {
  if (territories.empty()) return Cover::full;
  if (context.territory.empty()) return Cover::open;
  return has(territories, context.territory) ? Cover::full : Cover::other_territory;
}

/// Why what is called `name` does not run then; nothing when it does.
std::optional<Sentence> why_not_then(const Sentence& name, const Term& term,
                                     const std::optional<WallTime>& revoked_at, WallTime at) {
  const auto because = [&](SentenceCode code, WallTime when) {
    return Sentence(code, {name, to_rfc3339(at), to_rfc3339(when)});
  };
  if (term.from && at < *term.from) return because(SentenceCode::term_begins, *term.from);
  const bool is_revoked = revoked_at && *revoked_at <= at;
  if (is_revoked) return because(SentenceCode::term_revoked, *revoked_at);
  if (term.until && *term.until <= at) return because(SentenceCode::term_ended, *term.until);
  return std::nullopt;
}

}  // namespace

Coverage covers(const Licence& licence, bool names_uploader, const Work& work, const Showing& showing) {
  const Sentence name(SentenceCode::licence, {licence.id.value, licence.name});
  if (!has_work(licence.works, work))
    return {Cover::other_work, {SentenceCode::licence_other_work, {name, work.name}}};
  const Sentence uploader = describe_uploader(showing.context);
  if (!names_uploader)
    return {Cover::other_uploader, {SentenceCode::licence_other_uploader, {name, uploader}}};
  if (const auto why = why_not_then(name, licence.term, licence.revoked_at, showing.at))
    return {Cover::other_time, *why};
  const Sentence places = list_territories(licence.territories);
  const std::string& place = showing.context.territory;
  switch (const Cover cover = where(licence.territories, showing.context)) {
    case Cover::other_territory: return {cover, {SentenceCode::licence_other_place, {name, place, places}}};
    case Cover::open: return {cover, {SentenceCode::licence_open_place, {name, work.name, places}}};
    default: break;
  }
  if (licence.territories.empty())
    return {Cover::full, {SentenceCode::licence_lets, {name, uploader, work.name}}};
  return {Cover::full, {SentenceCode::licence_lets_in, {name, uploader, work.name, place}}};
}

Coverage covers(const Ownership& ownership, const std::string& holder, const std::string& series,
                const Showing& showing) {
  const Sentence of = ownership.series == SeriesId{} ? Sentence(SentenceCode::all_series) : Sentence(series);
  const Sentence name(SentenceCode::ownership, {ownership.id.value, holder, of});
  if (const auto why = why_not_then(name, ownership.term, std::nullopt, showing.at))
    return {Cover::other_time, *why};
  const Sentence places = list_territories(ownership.territories);
  const std::string& place = showing.context.territory;
  switch (const Cover cover = where(ownership.territories, showing.context)) {
    case Cover::other_territory: return {cover, {SentenceCode::ownership_other_place, {name, place, places}}};
    case Cover::open: return {cover, {SentenceCode::ownership_open_place, {name, places}}};
    default: break;
  }
  const Sentence reached =
      ownership.territories.empty() ? Sentence(SentenceCode::everywhere) : Sentence(place);
  return {Cover::full, {SentenceCode::ownership_reaches, {name, reached, to_rfc3339(showing.at)}}};
}

}  // namespace reelprint::rights
