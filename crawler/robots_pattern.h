// Paths and patterns of robots.txt in the form that they are compared in: RFC 9309, section 2.2.2 and 2.2.3.
#pragma once

#include <string>
#include <string_view>

namespace reelprint::crawler {

/// Whether `*` and `$` mean something (2.2.3), or are octets as any other.
enum class RobotsText { target, pattern };

/// Octets outside of ASCII and reserved characters percent-encoded, encoded unreserved ones decoded, digits
/// of encodings in upper case. `/` delimits in the path and is data behind the first `?`; `&`, `=` and `+`
/// stay as they are everywhere. `from_wildcard_on_query`: what follows the first `*` of a pattern is in the
/// query.
[[nodiscard]] std::string robots_form(std::string_view text, RobotsText kind,
                                      bool from_wildcard_on_query = false);

/// Both in that form. True when the end of the pattern is reached before a difference (2.2.2). Cost: length
/// of the target × longest stretch between two `*`.
[[nodiscard]] bool matches_pattern(std::string_view target, std::string_view pattern);

}  // namespace reelprint::crawler
