// References: how they are described, what is excluded, their health, their end.
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/catalog_models.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"
#include "api/routes/reference_fields.h"
#include "core/error.h"
#include "pipeline/register_job.h"
#include "pipeline/registration_outcome.h"
#include "pipeline/stored_health.h"
#include "store/catalog.h"
#include "store/jobs.h"
#include "store/references.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using store::References;

std::string name_of(const ReferenceEntry& entry) {
  return "reference " + std::to_string(entry.reference.id.value);
}

json::object json_of(const Context& context, const ReferenceEntry& entry) {
  const ReferenceId id = entry.reference.id;
  const auto notes = References(context.store.database()).notes(id);
  return reference_json(entry, notes.value_or(store::RegistrationNotes{}),
                        context.store.excluded_intervals(id));
}

http::Response shown(const Context& context, ReferenceId id) {
  const ReferenceEntry entry = context.store.reference(id).value();
  http::Response response = json_answer(json_of(context, entry));
  tag(response, entry.reference.version);
  return response;
}

std::optional<ReferenceState> state_parameter(const Context& context) {
  const auto text = context.request.query_value("state");
  if (!text) return std::nullopt;
  const auto state = reference_state_of(*text);
  if (state) return state;
  const std::string reason = "must be active, pending, held, quarantined, retracted or failed";
  throw http::Problem(400, "invalid-parameter", "A query parameter is not valid", "state " + reason,
                      {{"state", reason}});
}

http::Response listed(const Context& context, store::ReferenceQuery query) {
  const Page page = page_of(context.request);
  query.tenant = context.principal.tenant;
  query.state = state_parameter(context);
  const auto entries =
      References(context.store.database()).list(query, ReferenceId{page.after}, page.limit + 1);
  return page_answer(
      page, entries, [](const ReferenceEntry& entry) { return reference_json(entry); },
      [](const ReferenceEntry& entry) { return entry.reference.id.value; });
}

Outcome list(Context& context) {
  store::ReferenceQuery query;
  query.holder = HolderId{id_parameter(context, "holder")};
  query.series = SeriesId{id_parameter(context, "series")};
  query.episode = EpisodeId{id_parameter(context, "episode")};
  query.import = ImportId{id_parameter(context, "import")};
  return listed(context, query);
}

Outcome list_of_episode(Context& context) {
  store::ReferenceQuery query;
  query.episode = episode_in(context).episode.id;
  return listed(context, query);
}

Outcome get(Context& context) {
  return shown(context, reference_in(context).reference.id);
}

Outcome change(Context& context) {
  ReferenceEntry entry = reference_in(context);
  expect_version(context.request, entry.reference.version);
  Fields fields = Fields::of_body(context.request);
  read_cut(entry.reference, fields);
  fields.finish();
  try {
    if (!References(context.store.database()).describe(entry.reference))
      throw conflict("it has been changed meanwhile");
  } catch (const Error& error) {
    if (error.code() != ErrorCode::invalid_input) throw;
    throw conflict("the episode has the same media under this cut, language and subtitles already",
                   "already-exists");
  }
  context.audit("reference.change", name_of(entry), entry.holder.tenant, to_text(reference_json(entry)));
  return shown(context, entry.reference.id);
}

/// Of what never became a reference: everything else is retracted, so that what was decided stays explained.
Outcome remove(Context& context) {
  const ReferenceEntry entry = reference_in(context);
  expect_version(context.request, entry.reference.version);
  if (entry.reference.state != ReferenceState::failed)
    throw conflict("only a reference that failed can be deleted; retract it instead", "wrong-state");
  References(context.store.database()).remove_failed(entry.reference.id);
  context.audit("reference.delete", name_of(entry), entry.holder.tenant);
  return no_content();
}

Outcome get_excluded(Context& context) {
  const ReferenceEntry entry = reference_in(context);
  http::Response response = json_answer(json::object{{"intervals", json_of(context, entry).at("excluded")}});
  tag(response, entry.reference.version);
  return response;
}

Outcome put_excluded(Context& context) {
  const ReferenceEntry entry = reference_in(context);
  expect_version(context.request, entry.reference.version);
  if (entry.reference.duration <= Duration{0}) throw conflict("its duration is not known yet", "wrong-state");
  Fields fields = Fields::of_body(context.request);
  const auto excluded = excluded_in(fields, entry.reference.duration);
  fields.finish();
  store::Catalog(context.store.database()).exclude(entry.reference.id, excluded);
  if (!References(context.store.database()).describe(entry.reference))
    throw conflict("it has been changed meanwhile");
  const http::Response response = shown(context, entry.reference.id);
  context.audit("reference.exclude", name_of(entry), entry.holder.tenant,
                to_text(json::object{{"excluded", json_of(context, entry).at("excluded")}}));
  return response;
}

Outcome retract(Context& context) {
  const ReferenceEntry entry = reference_in(context);
  const std::string reason = reason_in_body(context);
  if (!pipeline::retract(context.store, entry, {context.principal.name, reason, context.now}))
    throw conflict("it is retracted already", "wrong-state");
  if (const auto notes = References(context.store.database()).notes(entry.reference.id))
    (void)store::Jobs(context.store.database()).cancel(notes->job, context.now);
  context.audit("reference.retract", name_of(entry), entry.holder.tenant,
                to_text(json::object{{"reason", reason}}));
  return shown(context, entry.reference.id);
}

Outcome reinstate(Context& context) {
  const ReferenceEntry entry = reference_in(context);
  const std::string reason = reason_in_body(context);
  const ReferenceId id = entry.reference.id;
  if (entry.reference.state != ReferenceState::retracted)
    throw conflict("it is not retracted", "wrong-state");
  if (!context.store.fingerprint(id))
    throw conflict("it was retracted before it had a fingerprint: register it anew", "wrong-state");
  context.store.set_reference_state(id, ReferenceState::pending, reason);
  pipeline::enqueue_registration(context.store, entry, context.now);
  context.audit("reference.reinstate", name_of(entry), entry.holder.tenant,
                to_text(json::object{{"reason", reason}}));
  http::Response response = shown(context, id);
  response.status = 202;
  return response;
}

Handler health_by(const Backend& backend) {
  return [snapshot = backend.catalog_snapshot](Context& context) -> Outcome {
    const ReferenceEntry entry = reference_in(context);
    if (!snapshot) throw http::Problem(503, "unavailable", "The catalog is not searched here");
    const auto health = pipeline::health_of(context.store, entry, *snapshot());
    if (!health) throw conflict("it has no fingerprint of this version", "wrong-state");
    json::object answer{{"reference", entry.reference.id.value}};
    for (auto& [name, value] : health_json(*health)) answer[name] = std::move(value);
    return json_answer(answer);
  };
}

}  // namespace

void add_reference_routes(Router& router, const Backend& backend) {
  using http::Method;
  const std::string one = "/v1/references/{reference}";
  router.add({.method = Method::get,
              .pattern = "/v1/references",
              .operation = "listReferences",
              .roles = catalog_readers(),
              .handler = list,
              .parameters = {"limit", "cursor", "holder", "series", "episode", "import", "state"}});
  router.add({.method = Method::get,
              .pattern = "/v1/episodes/{episode}/references",
              .operation = "listEpisodeReferences",
              .roles = catalog_readers(),
              .handler = list_of_episode,
              .parameters = {"limit", "cursor", "state"}});
  router.add({Method::get, one, "getReference", catalog_readers(), get});
  router.add({Method::patch, one, "changeReference", catalog_writers(), change});
  router.add({Method::del, one, "deleteReference", catalog_writers(), remove});
  router.add({Method::get, one + "/excluded", "getExcludedIntervals", catalog_readers(), get_excluded});
  router.add({Method::put, one + "/excluded", "putExcludedIntervals", catalog_writers(), put_excluded});
  router.add({Method::post, one + "/retraction", "retractReference", catalog_writers(), retract});
  router.add({Method::post, one + "/reinstatement", "reinstateReference", catalog_writers(), reinstate});
  router.add({Method::get, one + "/health", "getReferenceHealth", catalog_readers(), health_by(backend)});
}

}  // namespace reelprint::api
