// Internal to http/: the body of a request, into memory or into the route's sink.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "api/http/exchange.h"

namespace reelprint::api::http {

/// Reads the body as `exchange.call` wants it. When it cannot be, there is an answer in `exchange`, or the
/// client has left. What came before is with the sink in either case.
[[nodiscard]] boost::asio::awaitable<void> read_body(Link& link, Exchange& exchange);

}  // namespace reelprint::api::http
