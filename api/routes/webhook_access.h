// The webhook of a path, as the webhooks' and the deliveries' routes find it.
#pragma once

#include "api/answers.h"
#include "store/events.h"

namespace reelprint::api {

/// The one that the pattern's {webhook} names, if the principal may know of it.
[[nodiscard]] inline store::Endpoint webhook_in(Context& context) {
  const EndpointId id{id_in(context, "webhook")};
  auto endpoint = store::Events(context.store.database()).endpoint(id);
  if (!endpoint || !context.principal.may_see(endpoint->tenant)) {
    throw not_found("webhook", context.request.params.at("webhook"));
  }
  return *std::move(endpoint);
}

[[nodiscard]] inline std::string name_of(const store::Endpoint& endpoint) {
  return "webhook " + std::to_string(endpoint.id.value);
}

}  // namespace reelprint::api
