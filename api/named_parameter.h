// Query parameters that are names of enumerators.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/context.h"
#include "api/http/problem.h"

namespace reelprint::api {

/// What `of` makes of the parameter's text; nothing when it was not given. Throws Problem 400
/// "invalid-parameter" for a name that there is not.
template <class Value>
std::optional<Value> named_parameter(const Context& context, std::string_view name,
                                     std::optional<Value> (*of)(std::string_view)) {
  const auto text = context.request.query_value(name);
  if (!text) return std::nullopt;
  const auto value = of(*text);
  if (value) return value;
  throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                      std::string(name) + " has no such value", {{std::string(name), "has no such value"}});
}

}  // namespace reelprint::api
