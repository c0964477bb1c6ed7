// Problems as clients see them: RFC 9457, "Problem Details for HTTP APIs".
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"

namespace reelprint::api::http {

/// A problem's `type` is this and Problem::type.
inline constexpr std::string_view kProblemBase = "https://reelprint.dev/problems/";

/// `text` as a JSON string with its quotes; what is no UTF-8 becomes U+FFFD.
[[nodiscard]] std::string json_quoted(std::string_view text);

/// {"type", "title", "status", "detail", "instance": the request's id, "errors": [{"where", "reason"}]} with
/// the problem's headers; `detail` and `errors` only when there are any.
[[nodiscard]] Response to_response(const Problem& problem, std::string_view request_id);

/// What a client may know of a failure that is no Problem: 500 "internal".
[[nodiscard]] Problem internal_problem();

/// The standard words for a status: "Not Found"; "" for one that is unknown here.
[[nodiscard]] std::string_view reason_of(unsigned status);

}  // namespace reelprint::api::http
