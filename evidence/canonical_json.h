// JSON in the one form that RFC 8785 allows, so that the same content is the same bytes.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace reelprint::evidence {

/// Members sorted by their UTF-16 code units, no blanks, numbers as ECMAScript writes them, only what must be
/// escaped is. Bytes that are no UTF-8 become U+FFFD first; a number that is not finite is an
/// Error{invalid_input}, and so is a whole number beyond ±2^53, which RFC 8785 cannot say.
[[nodiscard]] std::string canonical_json(const boost::json::value& value);

}  // namespace reelprint::evidence
