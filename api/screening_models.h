// Screening requests and decisions as JSON.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <vector>

#include "core/principal.h"
#include "core/screening.h"
#include "core/screening_request.h"
#include "store/store.h"

namespace reelprint::api {

[[nodiscard]] boost::json::object context_json(const UploadContext& context);
[[nodiscard]] boost::json::object decision_json(const UploadDecision& decision);
/// What everybody who may see the request sees of it: without its result.
[[nodiscard]] boost::json::object request_json(const ScreeningRequest& request);

/// Who asks of an upload may see everything of it, a holder its own part.
enum class Sight : std::uint8_t { none, own_part, all };
[[nodiscard]] Sight sight_of(const Principal& principal, const ScreeningRequest& request,
                             store::Store& store);

/// With progress, decisions and the newest result, as far as the principal may see them.
[[nodiscard]] boost::json::object screening_json(const ScreeningRequest& request, const Principal& principal,
                                                 store::Store& store);

}  // namespace reelprint::api
