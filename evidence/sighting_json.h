// Where an upload was seen, as JSON: a part of match.json.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <vector>

#include "core/exchange.h"
#include "core/sighting.h"

namespace reelprint::evidence {

[[nodiscard]] boost::json::object sighting_json(const Sighting& sighting);
[[nodiscard]] boost::json::array exchanges_json(const std::vector<Exchange>& exchanges);

}  // namespace reelprint::evidence
