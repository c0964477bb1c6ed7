// The routes of decisions, and of references in quarantine.
#include <boost/json.hpp>
#include <limits>
#include <utility>

#include "api/answers.h"
#include "api/fields.h"
#include "api/named_parameter.h"
#include "api/routes/screening_routes.h"
#include "api/screening_models.h"
#include "core/json_object.h"
#include "pipeline/quarantine.h"
#include "pipeline/release.h"
#include "pipeline/statement_of_reasons.h"
#include "store/decisions.h"

namespace reelprint::api {
namespace {

const std::vector<Role> kReaders{Role::admin, Role::platform, Role::holder, Role::legal, Role::auditor};
const std::vector<Role> kReleasers{Role::admin, Role::holder, Role::legal};

bool is_holders(const Principal& who) {
  return who.role == Role::holder || who.role == Role::legal;
}

void see_only_own(store::DecisionFilter& filter, const Principal& who) {
  (is_holders(who) ? filter.holder_tenant : filter.tenant) = who.tenant;
}

UploadDecision decision_in(const Context& context) {
  const DecisionId id{id_in(context, "decision")};
  store::Decisions decisions(context.store.database());
  store::DecisionFilter filter;
  see_only_own(filter, context.principal);
  const auto found = id.value == std::numeric_limits<std::int64_t>::max()
                         ? std::vector<UploadDecision>{}
                         : decisions.list(filter, DecisionId{id.value + 1}, 1);
  if (found.empty() || found.front().id != id)
    throw not_found("decision", context.request.params.at("decision"));
  return found.front();
}

http::Response shown(const UploadDecision& decision) {
  http::Response response = json_answer(decision_json(decision));
  tag(response, decision.version);
  return response;
}

std::int64_t id_parameter(const Context& context, std::string_view name) {
  return integer_parameter(context.request, name, 1, std::numeric_limits<std::int64_t>::max()).value_or(0);
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::DecisionFilter filter;
  see_only_own(filter, context.principal);
  filter.holder = HolderId{id_parameter(context, "holder")};
  filter.reference = ReferenceId{id_parameter(context, "reference")};
  filter.request = RequestId{id_parameter(context, "screening")};
  filter.state = named_parameter(context, "state", decision_state_of);
  filter.decision = named_parameter(context, "decision", decision_of);
  filter.from = time_parameter(context.request, "from");
  filter.until = time_parameter(context.request, "until");
  const auto items =
      store::Decisions(context.store.database()).list(filter, DecisionId{page.after}, page.limit + 1);
  return page_answer(page, items, decision_json, [](const UploadDecision& d) { return d.id.value; });
}

Outcome get(Context& context) {
  return shown(decision_in(context));
}

/// For the accused: `form=text` for a person to read.
Outcome reasons(Context& context) {
  const UploadDecision decision = decision_in(context);
  const auto form = context.request.query_value("form").value_or("json");
  if (form != "json" && form != "text")
    throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                        "form is neither json nor text", {{"form", "is neither json nor text"}});
  const auto statement = pipeline::statement_of_reasons(context.store, decision.id);
  if (!statement) throw conflict("it accuses nobody", "wrong-state");
  http::Response response;
  if (form == "text") response.content_type = "text/plain; charset=utf-8";
  response.body = form == "text" ? to_text(*statement) : to_json(*statement);
  return response;
}

std::string reason_in(const Context& context) {
  Fields fields = Fields::of_body(context.request);
  std::string reason = fields.text("reason", {.required = true});
  fields.finish();
  return reason;
}

std::string detail_of(const std::string& reason, std::size_t decisions) {
  return JsonObject().text("reason", reason).number("decisions", decisions).str();
}

Outcome release_one(Context& context) {
  const UploadDecision decision = decision_in(context);
  expect_version(context.request, decision.version);
  const std::string reason = reason_in(context);
  if (pipeline::release_decision(context.store, decision.id, {context.principal.name, reason, context.now}) ==
      0)
    throw conflict("it is not active", "wrong-state");
  context.audit("decision.release", "decision " + std::to_string(decision.id.value),
                store::Decisions(context.store.database()).tenant_of(decision.ruling.holder),
                detail_of(reason, 1));
  return shown(decision_in(context));
}

Outcome release_holder(Context& context) {
  const HolderId holder{id_in(context, "holder")};
  const TenantId tenant = store::Decisions(context.store.database()).tenant_of(holder);
  const bool is_seen = tenant != TenantId{} || context.principal.tenant == TenantId{};
  if (!is_seen || !context.principal.may_see(tenant))
    throw not_found("holder", context.request.params.at("holder"));
  const std::string reason = reason_in(context);
  const std::size_t released =
      pipeline::release_decisions(context.store, holder, {context.principal.name, reason, context.now});
  context.audit("holder.release", "holder " + std::to_string(holder.value), tenant,
                detail_of(reason, released));
  return json_answer(boost::json::object{{"holder", holder.value}, {"released", released}});
}

struct SeenReference {
  ReferenceEntry entry;
  TenantId tenant;
};

SeenReference reference_in(const Context& context) {
  auto entry = context.store.reference(ReferenceId{id_in(context, "reference")});
  if (!entry) throw not_found("reference", context.request.params.at("reference"));
  const TenantId tenant = store::Decisions(context.store.database()).tenant_of(entry->holder.id);
  if (!context.principal.may_see(tenant))
    throw not_found("reference", context.request.params.at("reference"));
  return {*std::move(entry), tenant};
}

http::Response state_of(const Context& context, ReferenceId id) {
  const auto entry = context.store.reference(id).value();
  return json_answer(boost::json::object{{"reference", id.value},
                                         {"state", to_string(entry.reference.state)},
                                         {"reason", entry.reference.reason}});
}

Outcome put_into_quarantine(Context& context, const ScreeningRules& rules) {
  const auto [entry, tenant] = reference_in(context);
  const std::string reason = reason_in(context);
  const ReferenceId id = entry.reference.id;
  if (!pipeline::quarantine(context.store, id, reason, rules.thresholds, context.principal.name, context.now))
    throw conflict("only an active reference can be put into quarantine", "wrong-state");
  context.audit("reference.quarantine", "reference " + std::to_string(id.value), tenant,
                JsonObject().text("reason", reason).str());
  return state_of(context, id);
}

Outcome lift_quarantine(Context& context, const ScreeningRules& rules) {
  const auto [entry, tenant] = reference_in(context);
  const ReferenceId id = entry.reference.id;
  if (!pipeline::lift_quarantine(context.store, id, rules.quarantine, rules.thresholds,
                                 context.principal.name, context.now))
    throw conflict("it is not in quarantine", "wrong-state");
  context.audit("reference.lift-quarantine", "reference " + std::to_string(id.value), tenant);
  return state_of(context, id);
}

}  // namespace

void add_decision_routes(Router& router, const Backend& backend) {
  using http::Method;
  const ScreeningRules rules = backend.screening;
  Route list_route = plain_route(Method::get, "/v1/decisions", "listDecisions", kReaders, list);
  list_route.parameters = {"limit", "cursor",   "holder", "reference", "screening",
                           "state", "decision", "from",   "until"};
  router.add(list_route);
  router.add(plain_route(Method::get, "/v1/decisions/{decision}", "getDecision", kReaders, get));
  Route explained = plain_route(Method::get, "/v1/decisions/{decision}/reasons", "getStatementOfReasons",
                                kReaders, reasons);
  explained.parameters = {"form"};
  router.add(std::move(explained));
  router.add(plain_route(Method::post, "/v1/decisions/{decision}/release", "releaseDecision", kReleasers,
                         release_one));
  router.add(plain_route(Method::post, "/v1/holders/{holder}/release", "releaseHolderDecisions", kReleasers,
                         release_holder));
  router.add(plain_route(Method::post, "/v1/references/{reference}/quarantine", "quarantineReference",
                         kReleasers,
                         [rules](Context& context) { return put_into_quarantine(context, rules); }));
  router.add(plain_route(Method::del, "/v1/references/{reference}/quarantine", "liftQuarantine",
                         {Role::admin},
                         [rules](Context& context) { return lift_quarantine(context, rules); }));
}

}  // namespace reelprint::api
