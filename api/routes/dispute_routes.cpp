// The routes of disputes: the accused's side is brought by its platform, or by legal on its behalf.
#include <boost/json.hpp>
#include <limits>
#include <utility>

#include "api/answers.h"
#include "api/case_models.h"
#include "api/fields.h"
#include "api/routes/case_access.h"
#include "api/routes/case_routes.h"
#include "core/json_object.h"
#include "pipeline/dispute_handling.h"
#include "store/cases.h"
#include "store/decisions.h"
#include "store/disputes.h"
#include "store/screening_requests.h"

namespace reelprint::api {
namespace {

constexpr std::int64_t kMostId = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t kMostStatement = 16'000;

const std::vector<Role> kReaders{Role::admin, Role::platform, Role::holder, Role::legal, Role::auditor};
const std::vector<Role> kParties{Role::admin, Role::platform, Role::legal};

store::Disputes disputes_of(const Context& context) {
  return store::Disputes(context.store.database());
}

TenantId tenant_of_case(const Context& context, CaseId id) {
  const auto one = store::Cases(context.store.database()).find(id);
  return one ? one->tenant : TenantId{};
}

bool is_seen(const Context& context, const Dispute& dispute) {
  const bool is_platform = context.principal.role == Role::platform;
  return context.principal.may_see(is_platform ? dispute.tenant : tenant_of_case(context, dispute.in_case));
}

Dispute dispute_in(const Context& context) {
  auto found = disputes_of(context).find(DisputeId{id_in(context, "dispute")});
  if (!found || !is_seen(context, *found)) throw not_found("dispute", context.request.params.at("dispute"));
  return *std::move(found);
}

http::Response shown(const Context& context, DisputeId id, unsigned status = 200) {
  const Dispute dispute = disputes_of(context).find(id).value();
  http::Response response = json_answer(dispute_json(dispute), status);
  if (status == 201) response.headers.add("Location", "/v1/disputes/" + std::to_string(id.value));
  tag(response, dispute.version);
  return response;
}

void note(const Context& context, std::string_view change, DisputeId id) {
  const Dispute dispute = disputes_of(context).find(id).value();
  context.audit("dispute." + std::string(change), "dispute " + std::to_string(id.value),
                tenant_of_case(context, dispute.in_case),
                JsonObject()
                    .number("case", dispute.in_case.value)
                    .number("decision", dispute.decision.value)
                    .text("state", to_string(dispute.state))
                    .str());
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::DisputeFilter filter;
  const bool is_platform = context.principal.role == Role::platform;
  (is_platform ? filter.tenant : filter.holder_tenant) = context.principal.tenant;
  filter.in_case = CaseId{integer_parameter(context.request, "case", 1, kMostId).value_or(0)};
  filter.state = named_parameter(context, "state", dispute_state_of);
  return page_answer(page, disputes_of(context).list(filter, DisputeId{page.after}, page.limit + 1),
                     dispute_json, [](const Dispute& dispute) { return dispute.id.value; });
}

Outcome get(Context& context) {
  return shown(context, dispute_in(context).id);
}

/// A platform disputes what was decided about its own screenings, legal what it is responsible for.
bool may_dispute(const Context& context, DecisionId id) {
  const auto decision = store::Decisions(context.store.database()).find(id);
  if (!decision) return false;
  if (context.principal.role != Role::platform)
    return context.principal.may_see(
        store::Decisions(context.store.database()).tenant_of(decision->ruling.holder));
  const auto request = store::ScreeningRequests(context.store.database()).find(decision->request);
  return request && context.principal.may_see(request->context.platform);
}

Outcome open(Context& context) {
  Fields fields = Fields::of_body(context.request);
  pipeline::NewDispute wanted;
  wanted.decision = DecisionId{fields.integer("decision", 1, kMostId).value_or(0)};
  wanted.statement = fields.text("statement", {.required = true, .most_bytes = kMostStatement});
  wanted.contact = fields.text("contact");
  wanted.tenant = context.principal.tenant;
  if (wanted.decision == DecisionId{}) fields.refuse("decision", "is required");
  if (wanted.decision != DecisionId{} && !may_dispute(context, wanted.decision))
    fields.refuse("decision", "there is no such decision");
  fields.finish();
  const auto id = pipeline::open_dispute(context.store, wanted, {context.principal.name, context.now});
  if (!id) throw conflict("the decision accuses nobody (any more), or is disputed already", "wrong-state");
  note(context, "open", *id);
  return shown(context, *id, 201);
}

Outcome appeal(Context& context) {
  const Dispute rejected = dispute_in(context);
  Fields fields = Fields::of_body(context.request);
  const std::string statement = fields.text("statement", {.required = true, .most_bytes = kMostStatement});
  fields.finish();
  const auto id = pipeline::appeal(context.store, rejected, statement, {context.principal.name, context.now});
  if (!id) throw conflict("only a rejected dispute may be appealed against, and once", "wrong-state");
  note(context, "appeal", *id);
  return shown(context, *id, 201);
}

/// Nobody decides an appeal against their own decision, and no platform decides at all.
void check_who(const Context& context, const Dispute& dispute, DisputeState outcome) {
  if (outcome != DisputeState::withdrawn && context.principal.role == Role::platform)
    throw forbidden("a platform may withdraw a dispute, not decide it");
  if (outcome == DisputeState::withdrawn || dispute.appeal_of == DisputeId{}) return;
  const auto first = disputes_of(context).find(dispute.appeal_of);
  if (first && first->decided_by == context.principal.name)
    throw conflict("an appeal is decided by another person than who rejected the dispute", "wrong-state");
}

Outcome decide(Context& context, const Backend& backend) {
  const Dispute dispute = dispute_in(context);
  expect_version(context.request, dispute.version);
  Fields fields = Fields::of_body(context.request);
  const std::string state = fields.text("state", {.required = true});
  const std::string reason = fields.text("reason", {.required = true, .most_bytes = 4000});
  const auto outcome = dispute_state_of(state);
  if (!state.empty() && (!outcome || *outcome == DisputeState::open))
    fields.refuse("state", "is none of upheld, rejected, withdrawn");
  fields.finish();
  check_who(context, dispute, *outcome);
  if (!pipeline::decide_dispute(context.store, dispute, {*outcome, reason}, backend.screening.thresholds,
                                {context.principal.name, context.now}))
    throw conflict("it is decided already", "wrong-state");
  note(context, "decide", dispute.id);
  return shown(context, dispute.id);
}

}  // namespace

void add_dispute_routes(Router& router, const Backend& backend) {
  using http::Method;
  Route all = plain_route(Method::get, "/v1/disputes", "listDisputes", kReaders, list);
  all.parameters = {"limit", "cursor", "case", "state"};
  router.add(std::move(all));
  router.add(plain_route(Method::get, "/v1/disputes/{dispute}", "getDispute", kReaders, get));
  router.add(plain_route(Method::post, "/v1/disputes", "openDispute", kParties, open));
  router.add(plain_route(Method::post, "/v1/disputes/{dispute}/appeal", "appealDispute", kParties, appeal));
  router.add(plain_route(Method::patch, "/v1/disputes/{dispute}", "decideDispute", kParties,
                         [backend](Context& context) { return decide(context, backend); }));
}

}  // namespace reelprint::api
