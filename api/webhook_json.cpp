#include "api/webhook_json.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

namespace reelprint::api {

boost::json::value time_or_null(WallTime time) {
  if (time == WallTime{}) return nullptr;
  return boost::json::value(to_rfc3339(time));
}

boost::json::object to_json(const store::Endpoint& endpoint) {
  boost::json::array types;
  for (const std::string& type : endpoint.types) types.emplace_back(type);
  return {{"id", endpoint.id.value},
          {"tenant", endpoint.tenant.value},
          {"url", endpoint.url},
          {"types", std::move(types)},
          {"enabled", endpoint.enabled},
          {"description", endpoint.description},
          {"old_secret_until", time_or_null(endpoint.old_secret_until)},
          {"version", endpoint.version},
          {"created_at", to_rfc3339(endpoint.created_at)}};
}

boost::json::object to_json(const store::Delivery& delivery) {
  const bool is_waiting = delivery.state == store::DeliveryState::waiting;
  return {
      {"id", delivery.id.value},
      {"event", delivery.event.value},
      {"webhook", delivery.endpoint.value},
      {"state", to_string(delivery.state)},
      {"attempts", delivery.attempts},
      {"next_at", is_waiting ? time_or_null(delivery.next_at) : nullptr},
      {"status", delivery.status == 0 ? boost::json::value(nullptr) : boost::json::value(delivery.status)},
      {"answer", delivery.answer},
      {"ended_at", time_or_null(delivery.ended_at)}};
}

boost::json::object to_json(const store::Event& event) {
  boost::system::error_code error;
  boost::json::value data = boost::json::parse(event.data, error);
  if (error) data = nullptr;
  return {{"id", event.id.value},
          {"tenant", event.tenant.value},
          {"type", event.type},
          {"timestamp", to_rfc3339(event.at)},
          {"data", std::move(data)}};
}

}  // namespace reelprint::api
