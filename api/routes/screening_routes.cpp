#include "api/routes/screening_routes.h"
#include "api/named_parameter.h"

#include <boost/json.hpp>
#include <utility>

#include "api/answers.h"
#include "api/routes/screening_fields.h"
#include "api/routes/screening_progress.h"
#include "api/screening_models.h"
#include "core/json_object.h"
#include "pipeline/screen_job.h"
#include "store/screening_requests.h"

namespace reelprint::api {
namespace {

const std::vector<Role> kReaders{Role::admin, Role::platform, Role::holder, Role::legal, Role::auditor};
const std::vector<Role> kWriters{Role::admin, Role::platform};

std::string place_of(RequestId id) {
  return "/v1/screenings/" + std::to_string(id.value);
}

/// 404 for what is not there and for what is another's.
ScreeningRequest screening_in(const Context& context) {
  auto request =
      store::ScreeningRequests(context.store.database()).find(RequestId{id_in(context, "screening")});
  if (!request || sight_of(context.principal, *request, context.store) == Sight::none)
    throw not_found("screening", context.request.params.at("screening"));
  return *std::move(request);
}

http::Response shown(const Context& context, const ScreeningRequest& request, unsigned status = 200) {
  http::Response response = json_answer(screening_json(request, context.principal, context.store), status);
  tag(response, request.version);
  if (status == 202) response.headers.add("Location", place_of(request.id));
  return response;
}

void expect_quota(const Context& context, const ScreeningRules& rules) {
  const WallTime since = context.now - std::chrono::hours(24);
  store::ScreeningRequests requests(context.store.database());
  const Principal& who = context.principal;
  const bool is_key_spent = rules.most_a_day_per_key > 0 && who.key != ApiKeyId{} &&
                            requests.count_of(who.key, since) >= rules.most_a_day_per_key;
  const bool is_tenant_spent = rules.most_a_day_per_tenant > 0 && who.tenant != TenantId{} &&
                               requests.count_of(who.tenant, since) >= rules.most_a_day_per_tenant;
  if (!is_key_spent && !is_tenant_spent) return;
  http::Problem problem(429, "quota-exceeded", "The day's screenings are used up",
                        is_key_spent ? "those of this key" : "those of this tenant");
  problem.headers.add("Retry-After", "3600");
  throw problem;
}

Outcome create(Context& context, const ScreeningRules& rules) {
  expect_quota(context, rules);
  store::ScreeningRequests requests(context.store.database());
  const RequestId id = pipeline::enqueue_screening(context.store, screening_request_in(context), context.now);
  context.audit("screening.create", "screening " + std::to_string(id.value), context.principal.tenant);
  http::Response late = shown(context, *requests.find(id), 202);
  const int wait_s = wait_wanted(context.request);
  if (wait_s == 0) return late;
  late.headers.add("Preference-Applied", "wait=" + std::to_string(wait_s));
  const auto poll = [id](Context& later) -> std::optional<http::Response> {
    const auto request = store::ScreeningRequests(later.store.database()).find(id);
    if (!request || request->ended_at == WallTime{}) return std::nullopt;
    http::Response response = shown(later, *request);
    response.headers.add("Content-Location", place_of(id));
    return response;
  };
  return Wait{std::chrono::seconds(wait_s), poll, std::move(late)};
}

Outcome list(Context& context) {
  const Page page = page_of(context.request);
  store::RequestFilter filter;
  const Principal& who = context.principal;
  const bool is_holders = who.role == Role::holder || who.role == Role::legal;
  (is_holders ? filter.holder_tenant : filter.tenant) = who.tenant;
  filter.state = named_parameter(context, "state", request_state_of);
  filter.decision = is_holders ? std::nullopt : named_parameter(context, "decision", decision_of);
  filter.account = context.request.query_value("account").value_or("");
  filter.from = time_parameter(context.request, "from");
  filter.until = time_parameter(context.request, "until");
  const auto items =
      store::ScreeningRequests(context.store.database()).list(filter, RequestId{page.after}, page.limit + 1);
  const auto to_json = [&](const ScreeningRequest& request) {
    boost::json::object object = request_json(request);
    if (is_holders) object["decision"] = object["action"] = nullptr;  // of other holders' works too
    return object;
  };
  return page_answer(page, items, to_json, [](const ScreeningRequest& r) { return r.id.value; });
}

Outcome get(Context& context) {
  return shown(context, screening_in(context));
}

Outcome cancel(Context& context) {
  const ScreeningRequest request = screening_in(context);
  if (!pipeline::cancel_screening(context.store, request, context.now))
    throw conflict("it has ended already", "wrong-state");
  context.audit("screening.cancel", "screening " + std::to_string(request.id.value),
                request.context.platform);
  return shown(context, screening_in(context));
}

}  // namespace

void add_screening_routes(Router& router, const Backend& backend) {
  using http::Method;
  Route create_route =
      plain_route(Method::post, "/v1/screenings", "createScreening", kWriters,
                  [rules = backend.screening](Context& context) { return create(context, rules); });
  create_route.open_sink = [backend](Context& context) {
    expect_quota(context, backend.screening);
    return open_upload(context, backend);
  };
  create_route.most_body_bytes = backend.screening.most_media_bytes;
  create_route.parameters = screening_parameters();
  router.add(create_route);
  Route list_route = plain_route(Method::get, "/v1/screenings", "listScreenings", kReaders, list);
  list_route.parameters = {"limit", "cursor", "state", "decision", "account", "from", "until"};
  router.add(list_route);
  router.add(plain_route(Method::get, "/v1/screenings/{screening}", "getScreening", kReaders, get));
  router.add(plain_route(Method::post, "/v1/screenings/{screening}/cancellation", "cancelScreening", kWriters,
                         cancel));
  router.add(plain_route(Method::get, "/v1/screenings/{screening}/events", "followScreening", kReaders,
                         [&stores = backend.stores](Context& context) -> Outcome {
                           http::Response response;
                           response.events = follow_screening(stores, screening_in(context).id);
                           response.content_type = "text/event-stream";
                           return response;
                         }));
}

}  // namespace reelprint::api
