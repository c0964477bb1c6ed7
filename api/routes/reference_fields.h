// What a client says of a reference, in a body or in a query.
#pragma once

#include <vector>

#include "api/context.h"
#include "api/fields.h"
#include "core/catalog.h"

namespace reelprint::api {

/// Changes what is given of cut, language, subtitles and aspect_ratio; null empties, save the language.
void read_cut(Reference& reference, Fields& fields);
/// The same of the query; throws 400 "invalid-parameter".
void read_cut(Reference& reference, const http::Request& request);
/// The names that read_cut looks for.
[[nodiscard]] std::vector<std::string> cut_parameters();

/// The "intervals" of a body: sorted, what overlaps made one; each must lie within [0, duration].
[[nodiscard]] std::vector<ExcludedInterval> excluded_in(Fields& fields, Duration duration);

}  // namespace reelprint::api
