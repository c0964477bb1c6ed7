// JSON as pages hold it: in comments, with trailing commas, with line breaks in strings.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::crawler {

/// The first value of `text`; what follows it is passed over. Tolerates comments of HTML, JavaScript and
/// CDATA around it, trailing commas, `undefined` and `NaN`, control characters in strings, invalid UTF-8, one
/// assignment in front
/// ("window.state = {…"). Nothing beyond 8 MiB or 200 levels, or when it is no JSON all the same. The result
/// lives on `storage`.
[[nodiscard]] std::optional<boost::json::value> parse_loosely(std::string_view text,
                                                              boost::json::storage_ptr storage);

/// The member, or null; `value` may be anything.
[[nodiscard]] const boost::json::value* member_of(const boost::json::value& value, std::string_view name);
/// A string, a number as text, the first of an array, or an object's "name", "@value", "url" or "@id"; "".
[[nodiscard]] std::string text_of(const boost::json::value* value, int depth = 0);
/// Every address in a string, an array, or objects with "url", "contentUrl" or "@id".
[[nodiscard]] std::vector<std::string> addresses_of(const boost::json::value* value);

}  // namespace reelprint::crawler
