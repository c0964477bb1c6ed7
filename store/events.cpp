#include "store/events.h"

#include <algorithm>
#include <array>
#include <limits>

#include "store/columns.h"
#include "store/events_statements.h"

namespace reelprint::store {
namespace {

using namespace statements;

constexpr std::array<std::string_view, 3> kStateNames{"waiting", "delivered", "dead"};

std::string joined(const std::vector<std::string>& types) {
  std::string text;
  for (const std::string& type : types) {
    if (!is_event_type(type)) {
      throw Error(ErrorCode::invalid_input, "store an endpoint: '" + type + "' is no type of event");
    }
    if (!text.empty()) text += ' ';
    text += type;
  }
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> types;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    types.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return types;
}

Event event_in(const Statement& row) {
  return {EventId{row.integer(0)}, TenantId{row.integer(1)}, row.text(2), row.text(3), wall_time_in(row, 4)};
}

Endpoint endpoint_in(const Statement& row) {
  Endpoint endpoint;
  endpoint.id = EndpointId{row.integer(0)};
  endpoint.tenant = TenantId{row.integer(1)};
  endpoint.url = row.text(2);
  endpoint.types = split(row.text(3));
  endpoint.secret = row.text(4);
  endpoint.old_secret = row.text(5);
  endpoint.old_secret_until = wall_time_in(row, 6);
  endpoint.enabled = row.flag(7);
  endpoint.description = row.text(8);
  endpoint.version = row.integer(9);
  endpoint.created_at = wall_time_in(row, 10);
  return endpoint;
}

Delivery delivery_in(const Statement& row) {
  Delivery delivery;
  delivery.id = DeliveryId{row.integer(0)};
  delivery.event = EventId{row.integer(1)};
  delivery.endpoint = EndpointId{row.integer(2)};
  const auto state = delivery_state_of(row.text(3));
  if (!state) row.refuse(ErrorCode::corrupt, "a delivery's state is unknown");
  delivery.state = *state;
  delivery.attempts = row.integer<int>(4);
  delivery.next_at = wall_time_in(row, 5);
  delivery.status = row.integer<int>(6);
  delivery.answer = row.text(7);
  delivery.ended_at = wall_time_in(row, 8);
  return delivery;
}

template <class Read>
auto all_in(Statement row, Read read) {
  std::vector<decltype(read(row))> items;
  while (row.step()) items.push_back(read(row));
  return items;
}

std::string text_of(std::string_view select, std::string_view condition) {
  return std::string(select).append(condition);
}

bool wants(const Endpoint& endpoint, std::string_view type) {
  return endpoint.enabled &&
         (endpoint.types.empty() || std::ranges::find(endpoint.types, type) != endpoint.types.end());
}

std::vector<DeliveryId> due_in(Database& database, std::size_t most, WallTime now) {
  return all_in(database.statement(kDueDeliveries, microseconds_of(now), most),
                [](const Statement& row) { return DeliveryId{row.integer(0)}; });
}

EventId insert(Database& database, const Event& event) {
  if (!is_event_type(event.type)) {
    throw Error(ErrorCode::invalid_input, "store an event: '" + event.type + "' is no type of event");
  }
  database.run(kInsertEvent, event.tenant.value, event.type, event.data, microseconds_of(event.at));
  return EventId{database.last_key()};
}

}  // namespace

bool is_event_type(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
  });
}

std::string_view to_string(DeliveryState state) {
  return kStateNames.at(static_cast<std::size_t>(state));
}

std::optional<DeliveryState> delivery_state_of(std::string_view name) {
  const auto found = std::ranges::find(kStateNames, name);
  if (found == kStateNames.end()) return std::nullopt;
  return static_cast<DeliveryState>(found - kStateNames.begin());
}

EventId Events::emit(const Event& event) {
  Transaction change(database_, Transaction::Kind::write);
  const EventId id = insert(database_, event);
  const auto endpoints =
      all_in(database_.statement({"list a tenant's endpoints", text_of(kSelectEndpoints, kEndpointsOfTenant)},
                                 event.tenant.value),
             endpoint_in);
  for (const Endpoint& endpoint : endpoints) {
    if (wants(endpoint, event.type)) {
      database_.run(kInsertDelivery, id.value, endpoint.id.value, microseconds_of(event.at));
    }
  }
  change.commit();
  return id;
}

EventId Events::emit_to(EndpointId endpoint, const Event& event) {
  Transaction change(database_, Transaction::Kind::write);
  const EventId id = insert(database_, event);
  database_.run(kInsertDelivery, id.value, endpoint.value, microseconds_of(event.at));
  change.commit();
  return id;
}

EndpointId Events::add_endpoint(const Endpoint& endpoint) {
  database_.run(kInsertEndpoint, endpoint.tenant.value, endpoint.url, joined(endpoint.types), endpoint.secret,
                endpoint.old_secret, microseconds_of(endpoint.old_secret_until), endpoint.enabled,
                endpoint.description, microseconds_of(endpoint.created_at));
  return EndpointId{database_.last_key()};
}

bool Events::update_endpoint(const Endpoint& endpoint) {
  return database_.run(kUpdateEndpoint, endpoint.id.value, endpoint.version, endpoint.url,
                       joined(endpoint.types), endpoint.secret, endpoint.old_secret,
                       microseconds_of(endpoint.old_secret_until), endpoint.enabled,
                       endpoint.description) == 1;
}

bool Events::remove_endpoint(EndpointId id) {
  return database_.run(kRemoveEndpoint, id.value) == 1;
}

std::optional<Endpoint> Events::endpoint(EndpointId id) {
  Statement row =
      database_.statement({"read an endpoint", text_of(kSelectEndpoints, kEndpointOfId)}, id.value);
  if (!row.step()) return std::nullopt;
  return endpoint_in(row);
}

std::vector<Endpoint> Events::endpoints(TenantId tenant) {
  if (tenant == TenantId{}) {
    return all_in(database_.statement({"list endpoints", text_of(kSelectEndpoints, kAllEndpoints)}),
                  endpoint_in);
  }
  return all_in(
      database_.statement({"list a tenant's endpoints", text_of(kSelectEndpoints, kEndpointsOfTenant)},
                          tenant.value),
      endpoint_in);
}

std::vector<DueDelivery> Events::take_due(std::size_t most, WallTime now, WallTime again_at) {
  std::vector<DueDelivery> taken;
  if (due_in(database_, 1, now).empty()) return taken;
  Transaction change(database_, Transaction::Kind::write);
  for (const DeliveryId id : due_in(database_, most, now)) {
    database_.run(kTakeDelivery, id.value, microseconds_of(again_at));
    auto known = delivery(id);
    if (!known) continue;
    database_.run(kOccupyEndpoint, known->endpoint.value, microseconds_of(again_at));
    auto what = event(known->event);
    auto where = endpoint(known->endpoint);
    if (what && where) taken.push_back({std::move(*known), std::move(*what), std::move(*where)});
  }
  change.commit();
  return taken;
}

void Events::settle(DeliveryId id, bool delivered, int status, std::string_view answer,
                    std::optional<WallTime> retry_at, WallTime now) {
  Transaction change(database_, Transaction::Kind::write);
  const bool has_ended = delivered || !retry_at;
  const DeliveryState state = delivered  ? DeliveryState::delivered
                              : retry_at ? DeliveryState::waiting
                                         : DeliveryState::dead;
  const auto endpoints = all_in(
      database_.statement(kSettleDelivery, id.value, to_string(state), status, answer,
                          microseconds_of(has_ended ? now : *retry_at), has_ended ? microseconds_of(now) : 0),
      [](const Statement& row) { return row.integer(0); });
  for (const std::int64_t endpoint : endpoints) database_.run(kOccupyEndpoint, endpoint, 0);
  change.commit();
}

bool Events::replay(DeliveryId id, WallTime now) {
  return database_.run(kReplayDelivery, id.value, microseconds_of(now)) == 1;
}

std::optional<Event> Events::event(EventId id) {
  Statement row = database_.statement(kReadEvent, id.value);
  if (!row.step()) return std::nullopt;
  return event_in(row);
}

std::optional<Delivery> Events::delivery(DeliveryId id) {
  Statement row =
      database_.statement({"read a delivery", text_of(kSelectDeliveries, kDeliveryOfId)}, id.value);
  if (!row.step()) return std::nullopt;
  return delivery_in(row);
}

std::vector<Delivery> Events::deliveries(EndpointId endpoint, std::optional<DeliveryState> state,
                                         DeliveryId before, std::size_t limit) {
  constexpr std::string_view kPurpose = "list deliveries";
  const std::int64_t last = before == DeliveryId{} ? std::numeric_limits<std::int64_t>::max() : before.value;
  if (!state) {
    return all_in(database_.statement({kPurpose, text_of(kSelectDeliveries, kDeliveriesOfEndpoint)},
                                      endpoint.value, last, limit),
                  delivery_in);
  }
  return all_in(database_.statement({kPurpose, text_of(kSelectDeliveries, kDeliveriesOfEndpointAndState)},
                                    endpoint.value, last, limit, to_string(*state)),
                delivery_in);
}

std::vector<Event> Events::events_after(TenantId tenant, EventId after, std::size_t limit) {
  if (tenant == TenantId{}) return all_in(database_.statement(kEventsAfter, after.value, limit), event_in);
  return all_in(database_.statement(kEventsOfTenantAfter, after.value, limit, tenant.value), event_in);
}

std::size_t Events::forget(WallTime before) {
  return database_.run(kForgetEvents, microseconds_of(before));
}

std::size_t Events::waiting() {
  Statement row = database_.statement(kCountWaitingDeliveries);
  return row.step() ? row.integer<std::size_t>(0) : 0;
}

}  // namespace reelprint::store
