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

/// Why it does not run then; nothing when it does.
std::optional<std::string> why_not_then(const Term& term, const std::optional<WallTime>& revoked_at,
                                        WallTime at) {
  const std::string then = "does not run on " + to_rfc3339(at);
  if (term.from && at < *term.from) return then + "; it begins on " + to_rfc3339(*term.from);
  const bool is_revoked = revoked_at && *revoked_at <= at;
  if (is_revoked) return then + "; it was revoked on " + to_rfc3339(*revoked_at);
  if (term.until && *term.until <= at) return then + "; it ended on " + to_rfc3339(*term.until);
  return std::nullopt;
}

}  // namespace

Coverage covers(const Licence& licence, bool names_uploader, const Work& work, const Showing& showing) {
  const std::string name = "licence " + std::to_string(licence.id.value) + " '" + licence.name + "' ";
  if (!has_work(licence.works, work))
    return {Cover::other_work, name + "is for other works than " + work.name};
  if (!names_uploader) {
    return {Cover::other_uploader,
            name + "is given to somebody else than " + describe_uploader(showing.context)};
  }
  if (const auto why = why_not_then(licence.term, licence.revoked_at, showing.at))
    return {Cover::other_time, name + *why};
  const std::string places = list_territories(licence.territories);
  switch (const Cover cover = where(licence.territories, showing.context)) {
    case Cover::other_territory:
      return {cover, name + "does not cover " + showing.context.territory + "; it covers " + places};
    case Cover::open:
      return {cover, name + "covers " + work.name + " in " + places +
                         "; where this upload is shown was not said, so a person must look"};
    default: break;
  }
  const std::string place = licence.territories.empty() ? "" : " in " + showing.context.territory;
  return {Cover::full, name + "lets " + describe_uploader(showing.context) + " show " + work.name + place};
}

Coverage covers(const Ownership& ownership, const std::string& holder, const std::string& series,
                const Showing& showing) {
  const std::string name = "ownership " + std::to_string(ownership.id.value) + " of '" + holder + "' in " +
                           (ownership.series == SeriesId{} ? "all its series" : series) + " ";
  if (const auto why = why_not_then(ownership.term, std::nullopt, showing.at))
    return {Cover::other_time, name + *why};
  const std::string places = list_territories(ownership.territories);
  switch (const Cover cover = where(ownership.territories, showing.context)) {
    case Cover::other_territory:
      return {cover, name + "does not reach " + showing.context.territory + "; it reaches " + places};
    case Cover::open:
      return {cover, name + "reaches " + places +
                         "; where this upload is shown was not said, so a person must look"};
    default: break;
  }
  return {Cover::full, name + "reaches " +
                           (ownership.territories.empty() ? "everywhere" : showing.context.territory) +
                           " on " + to_rfc3339(showing.at)};
}

}  // namespace reelprint::rights
