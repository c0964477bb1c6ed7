// /v1/webhooks/{webhook}/deliveries, /v1/deliveries and /v1/events.

#include <algorithm>
#include <limits>

#include "api/answers.h"
#include "api/routes/webhook_access.h"
#include "api/routes/webhook_routes.h"
#include "api/webhook_json.h"
#include "store/events.h"

namespace reelprint::api {
namespace {

using store::Delivery;
using store::DeliveryState;
using store::Event;
using store::Events;

std::optional<DeliveryState> state_in(const http::Request& request) {
  const auto name = request.query_value("state");
  if (!name) return std::nullopt;
  const auto state = store::delivery_state_of(*name);
  if (!state) {
    throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                        "state must be waiting, delivered or dead",
                        {{"state", "must be waiting, delivered or dead"}});
  }
  return state;
}

Outcome list_deliveries(Context& context) {
  const store::Endpoint endpoint = webhook_in(context);
  const Page page = page_of(context.request);
  const auto deliveries =
      Events(context.store.database())
          .deliveries(endpoint.id, state_in(context.request), DeliveryId{page.after}, page.limit + 1);
  return page_answer(
      page, deliveries, [](const Delivery& delivery) { return to_json(delivery); },
      [](const Delivery& delivery) { return delivery.id.value; });
}

struct Found {
  Delivery delivery;
  TenantId tenant;
};

Found delivery_in(Context& context) {
  Events events(context.store.database());
  const auto delivery = events.delivery(DeliveryId{id_in(context, "delivery")});
  const auto endpoint = delivery ? events.endpoint(delivery->endpoint) : std::nullopt;
  if (!endpoint || !context.principal.may_see(endpoint->tenant)) {
    throw not_found("delivery", context.request.params.at("delivery"));
  }
  return {*delivery, endpoint->tenant};
}

Outcome get_delivery(Context& context) {
  return json_answer(to_json(delivery_in(context).delivery));
}

Outcome replay_delivery(Context& context) {
  const Found found = delivery_in(context);
  Events events(context.store.database());
  events.replay(found.delivery.id, context.now);
  context.audit("delivery.replay", "delivery " + std::to_string(found.delivery.id.value), found.tenant);
  return json_answer(to_json(events.delivery(found.delivery.id).value_or(found.delivery)), 202);
}

Outcome list_events(Context& context) {
  Page page = page_of(context.request);
  const auto after = integer_parameter(context.request, "after", 0, std::numeric_limits<std::int64_t>::max());
  page.after = std::max(page.after, after.value_or(0));
  const auto events = Events(context.store.database())
                          .events_after(context.principal.tenant, EventId{page.after}, page.limit + 1);
  return page_answer(
      page, events, [](const Event& event) { return to_json(event); },
      [](const Event& event) { return event.id.value; });
}

Outcome get_event(Context& context) {
  const auto event = Events(context.store.database()).event(EventId{id_in(context, "event")});
  if (!event || !context.principal.may_see(event->tenant)) {
    throw not_found("event", context.request.params.at("event"));
  }
  return json_answer(to_json(*event));
}

}  // namespace

void add_event_routes(Router& router, const Backend&) {
  using http::Method;
  const std::vector<Role> writers{Role::admin, Role::holder, Role::platform, Role::legal};
  const std::vector<Role> readers{Role::admin, Role::holder, Role::platform, Role::legal, Role::auditor};
  router.add({.method = Method::get,
              .pattern = "/v1/webhooks/{webhook}/deliveries",
              .operation = "listDeliveries",
              .roles = readers,
              .handler = list_deliveries,
              .parameters = {"state", "limit", "cursor"}});
  router.add({Method::get, "/v1/deliveries/{delivery}", "getDelivery", readers, get_delivery});
  router.add({Method::post, "/v1/deliveries/{delivery}/replay", "replayDelivery", writers, replay_delivery});
  router.add({.method = Method::get,
              .pattern = "/v1/events",
              .operation = "listEvents",
              .roles = readers,
              .handler = list_events,
              .parameters = {"after", "limit", "cursor"}});
  router.add({Method::get, "/v1/events/{event}", "getEvent", readers, get_event});
}

}  // namespace reelprint::api
