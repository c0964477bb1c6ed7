// What a request to screen something says: in JSON, or in the query beside a raw body.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/backend.h"
#include "api/context.h"
#include "core/screening_request.h"

namespace reelprint::api {

inline constexpr const char* kFingerprintType = "application/vnd.reelprint.fingerprint";

/// Names of the query parameters that go with a raw body.
[[nodiscard]] std::vector<std::string> screening_parameters();

/// The request, checked: of JSON all that it says, of a raw body what its query says. Throws Problem with
/// every field that is wrong. The platform, the key and the time are filled from the context.
[[nodiscard]] ScreeningRequest screening_request_in(const Context& context);

/// Memory for JSON, a file in the folder of screenings' media for everything else. Throws Problem: 415, and
/// 400 for a query that is wrong.
[[nodiscard]] std::shared_ptr<http::BodySink> open_upload(const Context& context, const Backend& backend);

/// Seconds that the client wants to wait, of "Prefer: wait=10", at most 60; 0 when it says nothing.
[[nodiscard]] int wait_wanted(const http::Request& request);

}  // namespace reelprint::api
