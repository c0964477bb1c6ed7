// The small grammar of header fields: tokens, lists, parameters (RFC 9110, section 5.6).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"

namespace reelprint::api::http {

/// Whether `text` is a token; the empty one is none.
[[nodiscard]] bool is_token(std::string_view text);
/// Without regard to the case of ASCII letters.
[[nodiscard]] bool is_same_name(std::string_view a, std::string_view b);
/// Without blanks and tabs around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// The items of a list separated by `separator`, trimmed, empty ones left out; separators in quoted strings
/// do not count. They point into `text`.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text, char separator = ',');
/// Whether one of the fields of that name lists `item`.
[[nodiscard]] bool lists(const Headers& headers, std::string_view name, std::string_view item);
/// The value of a quoted string, or `text` itself when it is none.
[[nodiscard]] std::string unquoted(std::string_view text);

}  // namespace reelprint::api::http
