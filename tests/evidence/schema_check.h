// Holds JSON to a JSON Schema, as far as docs/match.schema.json goes.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace reelprint::evidence::test {

/// A sentence for each place that does not fit. Knows $ref within the schema, type, const, enum, anyOf,
/// pattern, properties, required, additionalProperties: false, items, minimum, maximum, minItems, maxItems;
/// any other word of the schema is told too.
[[nodiscard]] std::vector<std::string> misfits(const boost::json::value& value,
                                               const boost::json::value& schema);

}  // namespace reelprint::evidence::test
