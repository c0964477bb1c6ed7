// Cross-origin requests of pages whose origin is configured (WHATWG Fetch, section 3.2).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/http/message.h"

namespace reelprint::api::http {

/// The answer to a preflight request of one of `origins`; nothing for any other request.
[[nodiscard]] std::optional<Response> preflight(const Request& request,
                                                const std::vector<std::string>& origins);
/// Lets a page of one of `origins` read the answer. Changes nothing when `origins` is empty.
void allow_origin(Response& response, const Request& request, const std::vector<std::string>& origins);

}  // namespace reelprint::api::http
