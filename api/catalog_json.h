// The JSON form of a catalog.
#pragma once

#include <string_view>

#include "pipeline/catalog_document.h"

namespace reelprint::api {

/// An array of objects, or an object whose "references" is one; each object's members are the columns of the
/// CSV form, as strings or numbers. A row's line is its position in the array, from 1. What cannot be read is
/// a problem.
[[nodiscard]] pipeline::RawCatalog read_catalog_json(std::string_view text);

}  // namespace reelprint::api
