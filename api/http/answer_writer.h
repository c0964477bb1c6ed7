// Internal to http/: an answer on its way out: bytes, a file piece by piece, or events as they come.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "api/http/exchange.h"

namespace reelprint::api::http {

/// Sends `exchange.response`. False when the client did not take all of it; then the connection is of no
/// more use.
[[nodiscard]] boost::asio::awaitable<bool> send_answer(Link& link, Exchange& exchange);

}  // namespace reelprint::api::http
