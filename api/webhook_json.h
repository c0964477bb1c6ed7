// Webhooks, their deliveries and events as JSON.
#pragma once

#include <boost/json/object.hpp>

#include "core/clock.h"
#include "store/events.h"

namespace reelprint::api {

/// RFC 3339, or null for zero.
[[nodiscard]] boost::json::value time_or_null(WallTime time);

/// Without its secrets.
[[nodiscard]] boost::json::object to_json(const store::Endpoint& endpoint);
[[nodiscard]] boost::json::object to_json(const store::Delivery& delivery);
/// With its data as they are sent.
[[nodiscard]] boost::json::object to_json(const store::Event& event);

}  // namespace reelprint::api
