// Parameters that say who clicked, not what is shown.
#pragma once

#include <string_view>

namespace reelprint::crawler {

/// Names of advertisers' and newsletters' click identifiers and of campaign tags; `name` in lower case, as
/// part of a normalised query.
[[nodiscard]] bool is_tracking_parameter(std::string_view name);
/// A session's identifier, by its name or by its form; `name` in lower case.
[[nodiscard]] bool is_session_parameter(std::string_view name, std::string_view value);

}  // namespace reelprint::crawler
