// Episodes: season, number, identifiers.
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/catalog_models.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"
#include "core/identifiers.h"

namespace reelprint::api {
namespace {

using store::WorkEpisode;
using store::Works;

constexpr int kMostNumber = 1'000'000;

std::string name_of(const WorkEpisode& found) {
  return "episode " + std::to_string(found.episode.id.value);
}

http::Response shown(const WorkEpisode& episode) {
  http::Response response = json_answer(episode_json(episode));
  tag(response, episode.episode.version);
  return response;
}

/// Changes what is given; null empties a text.
void read_into(Episode& episode, Fields& fields) {
  if (const auto season = fields.integer("season", 0, kMostNumber))
    episode.season = static_cast<int>(*season);
  if (const auto number = fields.integer("number", 0, kMostNumber))
    episode.number = static_cast<int>(*number);
  if (fields.has("title")) episode.title = fields.text("title");
  if (fields.has("licence_number")) episode.licence_number = fields.text("licence_number");
  if (fields.has("eidr")) episode.eidr = fields.text("eidr");
  if (fields.has("isan")) episode.isan = fields.text("isan");
  if (!episode.eidr.empty() && !is_eidr(episode.eidr))
    fields.refuse("eidr", "is not an EIDR id with a right check character");
  if (!episode.isan.empty() && !is_isan(episode.isan))
    fields.refuse("isan", "is not an ISAN with right check characters");
}

void expect_free(Works& works, const Episode& episode) {
  const auto known = works.episode(episode.series, episode.season, episode.number);
  if (known && known->episode.id != episode.id)
    throw conflict("the series has this episode already", "already-exists");
}

Outcome create(Context& context) {
  const store::Work work = series_in(context);
  Fields fields = Fields::of_body(context.request);
  Episode episode;
  episode.series = work.series.id;
  if (!fields.has("number") || fields.is_null("number")) fields.refuse("number", "is required");
  read_into(episode, fields);
  fields.finish();
  Works works(context.store.database());
  expect_free(works, episode);
  const EpisodeId id = works.add(episode);
  const WorkEpisode added = works.episode(id).value();
  context.audit("episode.create", name_of(added), work.holder.tenant, to_text(episode_json(added)));
  http::Response response = created(episode_json(added), "/v1/episodes/" + std::to_string(id.value));
  tag(response, added.episode.version);
  return response;
}

Outcome list(Context& context) {
  const store::Work work = series_in(context);
  const Page page = page_of(context.request);
  store::EpisodeQuery query{work.series.id, {}, {}};
  if (const auto season = integer_parameter(context.request, "season", 0, kMostNumber))
    query.season = static_cast<int>(*season);
  if (const auto number = integer_parameter(context.request, "number", 0, kMostNumber))
    query.number = static_cast<int>(*number);
  const auto episodes =
      Works(context.store.database()).episodes(query, EpisodeId{page.after}, page.limit + 1);
  return page_answer(page, episodes, episode_json,
                     [](const WorkEpisode& found) { return found.episode.id.value; });
}

Outcome get(Context& context) {
  return shown(episode_in(context));
}

Outcome change(Context& context) {
  WorkEpisode found = episode_in(context);
  expect_version(context.request, found.episode.version);
  Fields fields = Fields::of_body(context.request);
  read_into(found.episode, fields);
  fields.finish();
  Works works(context.store.database());
  expect_free(works, found.episode);
  if (!works.update(found.episode)) throw conflict("it has been changed meanwhile");
  const WorkEpisode changed = works.episode(found.episode.id).value();
  context.audit("episode.change", name_of(found), found.work.holder.tenant, to_text(episode_json(changed)));
  return shown(changed);
}

Outcome remove(Context& context) {
  const WorkEpisode found = episode_in(context);
  expect_version(context.request, found.episode.version);
  if (!Works(context.store.database()).remove(found.episode.id))
    throw conflict("the episode has references", "not-empty");
  context.audit("episode.delete", name_of(found), found.work.holder.tenant);
  return no_content();
}

}  // namespace

void add_episode_routes(Router& router, const Backend& /*backend*/) {
  using http::Method;
  router.add({Method::post, "/v1/series/{series}/episodes", "createEpisode", catalog_writers(), create});
  router.add({.method = Method::get,
              .pattern = "/v1/series/{series}/episodes",
              .operation = "listEpisodes",
              .roles = catalog_readers(),
              .handler = list,
              .parameters = {"limit", "cursor", "season", "number"}});
  router.add({Method::get, "/v1/episodes/{episode}", "getEpisode", catalog_readers(), get});
  router.add({Method::patch, "/v1/episodes/{episode}", "changeEpisode", catalog_writers(), change});
  router.add({Method::del, "/v1/episodes/{episode}", "deleteEpisode", catalog_writers(), remove});
}

}  // namespace reelprint::api
