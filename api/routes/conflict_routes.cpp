// Conflicts between holders: shown to both sides, decided by an admin.
#include <boost/json.hpp>

#include "api/answers.h"
#include "api/catalog_models.h"
#include "api/fields.h"
#include "api/json_text.h"
#include "api/routes/catalog_routes.h"
#include "api/routes/catalog_rows.h"
#include "pipeline/registration_outcome.h"
#include "store/conflicts.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;
using store::Conflicts;

/// Nothing when the principal is on neither side; a side cannot be missing, its rows go with the conflict.
std::optional<ConflictSides> sides_of(const Context& context, Conflict conflict) {
  auto reference = context.store.reference(conflict.reference);
  auto other = context.store.reference(conflict.other);
  if (!reference || !other) return std::nullopt;
  if (!context.principal.may_see(reference->holder.tenant) &&
      !context.principal.may_see(other->holder.tenant)) {
    return std::nullopt;
  }
  return ConflictSides{std::move(conflict), std::move(*reference), std::move(*other)};
}

ConflictSides conflict_in(const Context& context) {
  const ConflictId id{id_in(context, "conflict")};
  auto found = Conflicts(context.store.database()).find(id);
  auto sides = found ? sides_of(context, std::move(*found)) : std::nullopt;
  if (!sides) throw not_found("conflict", std::to_string(id.value));
  return std::move(*sides);
}

http::Response shown(const Context& context, const ConflictSides& sides) {
  http::Response response = json_answer(conflict_json(sides, context.principal));
  tag(response, sides.conflict.version);
  return response;
}

std::optional<ConflictState> state_parameter(const Context& context) {
  const auto text = context.request.query_value("state");
  if (!text) return std::nullopt;
  if (const auto state = conflict_state_of(*text)) return state;
  throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                      "state must be open, kept, withdrawn or both",
                      {{"state", "must be open, kept, withdrawn or both"}});
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::ConflictQuery query;
  query.tenant = context.principal.tenant;
  query.state = state_parameter(context);
  query.reference = ReferenceId{id_parameter(context, "reference")};
  std::vector<ConflictSides> all;
  for (Conflict& conflict :
       Conflicts(context.store.database()).list(query, ConflictId{page.after}, page.limit + 1)) {
    if (auto sides = sides_of(context, std::move(conflict))) all.push_back(std::move(*sides));
  }
  return page_answer(
      page, all, [&](const ConflictSides& sides) { return conflict_json(sides, context.principal); },
      [](const ConflictSides& sides) { return sides.conflict.id.value; });
}

Outcome get(Context& context) {
  return shown(context, conflict_in(context));
}

ConflictState state_for(Fields& fields) {
  const std::string decision = fields.text("decision", {.required = true});
  if (decision == "accept") return ConflictState::both;
  if (decision == "reject") return ConflictState::withdrawn;
  if (decision == "replace") return ConflictState::kept;
  if (!decision.empty()) fields.refuse("decision", "must be accept, reject or replace");
  return ConflictState::open;
}

Outcome decide(Context& context) {
  const ConflictSides sides = conflict_in(context);
  expect_version(context.request, sides.conflict.version);
  Fields fields = Fields::of_body(context.request);
  const ConflictState state = state_for(fields);
  const std::string reason = fields.text("reason", {.required = true});
  fields.finish();
  if (!pipeline::decide(context.store, sides.conflict, state,
                        {context.principal.name, reason, context.now})) {
    throw conflict("it has been decided already", "wrong-state");
  }
  context.audit("conflict.decide", "conflict " + std::to_string(sides.conflict.id.value),
                sides.reference.holder.tenant,
                to_text(json::object{{"state", to_string(state)}, {"reason", reason}}));
  return shown(context, conflict_in(context));
}

}  // namespace

void add_conflict_routes(Router& router, const Backend& /*backend*/) {
  using http::Method;
  router.add({.method = Method::get,
              .pattern = "/v1/conflicts",
              .operation = "listConflicts",
              .roles = catalog_readers(),
              .handler = list,
              .parameters = {"limit", "cursor", "state", "reference"}});
  router.add({Method::get, "/v1/conflicts/{conflict}", "getConflict", catalog_readers(), get});
  router.add({Method::post, "/v1/conflicts/{conflict}/decision", "decideConflict", {Role::admin}, decide});
}

}  // namespace reelprint::api
