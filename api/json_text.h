// JSON values as text that people and programs like to read.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace reelprint::api {

/// One line, members in their order of insertion. Numbers are written plainly (57.52, not 5.752E1), with the
/// shortest digits that read back the same; what is not
/// finite becomes null, and bytes that are no UTF-8 become U+FFFD, as JSON has no other way.
[[nodiscard]] std::string to_text(const boost::json::value& value);

/// `seconds` rounded to the microsecond, the resolution of media time.
[[nodiscard]] double to_microseconds(double seconds);

/// `value` rounded to `digits` decimal places.
[[nodiscard]] double rounded(double value, int digits);

}  // namespace reelprint::api
