// The target of a request: its path and query, decoded strictly.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelprint::api::http {

struct Target {
  std::string path;  ///< begins with '/'
  std::vector<std::pair<std::string, std::string>> query;
};

/// Of "/path?query" or "http://host/path?query". Both must be UTF-8 without control characters when they are
/// decoded; '+' is a blank in the query. A path must have no dot segments and no encoded '/'; a fragment is
/// refused. Throws Problem 400 "malformed-target".
[[nodiscard]] Target parse_target(std::string_view target);

}  // namespace reelprint::api::http
