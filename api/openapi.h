// The OpenAPI 3.1 description of the service, one document made of its fragments.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>

#include "api/openapi_fragments.h"

namespace reelprint::api {

/// The fragments put into each other in their order: objects by their members, arrays one after the other.
/// Throws std::logic_error when one is no JSON or two say different things.
[[nodiscard]] boost::json::object merged(std::span<const Fragment> fragments);
[[nodiscard]] boost::json::object openapi_document();

/// `value` as YAML 1.2 in block style, with a line break at its end; every text in double quotes, as JSON has
/// it, except member names that are plain words.
[[nodiscard]] std::string to_yaml(const boost::json::value& value);

/// openapi_document() as one line of JSON, or as YAML; without a line break at its end.
[[nodiscard]] std::string openapi_text(bool as_json);

}  // namespace reelprint::api
