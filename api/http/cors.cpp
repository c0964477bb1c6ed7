#include "api/http/cors.h"

#include <algorithm>
#include <string_view>

namespace reelprint::api::http {
namespace {

/// What Access-Control-Allow-Origin says; nothing when the origin is not among them.
std::optional<std::string> allowed_origin(const Request& request, const std::vector<std::string>& origins) {
  const auto origin = request.headers.find("Origin");
  if (!origin) return std::nullopt;
  if (std::find(origins.begin(), origins.end(), "*") != origins.end()) return "*";
  if (std::find(origins.begin(), origins.end(), *origin) == origins.end()) return std::nullopt;
  return std::string(*origin);
}

}  // namespace

std::optional<Response> preflight(const Request& request, const std::vector<std::string>& origins) {
  if (request.method != Method::options || !request.headers.find("Access-Control-Request-Method"))
    return std::nullopt;
  if (!allowed_origin(request, origins)) return std::nullopt;
  Response response;
  response.status = 204;
  response.headers.add("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
  response.headers.add(
      "Access-Control-Allow-Headers",
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, "
      "Prefer, Tus-Resumable, Upload-Checksum, Upload-Length, Upload-Metadata, Upload-Offset, "
      "X-CSRF-Token, X-Request-Id");
  response.headers.add("Access-Control-Max-Age", "600");
  return response;
}

void allow_origin(Response& response, const Request& request, const std::vector<std::string>& origins) {
  if (origins.empty()) return;
  response.headers.add("Vary", "Origin");
  const auto origin = allowed_origin(request, origins);
  if (!origin) return;
  response.headers.set("Access-Control-Allow-Origin", *origin);
  response.headers.set("Access-Control-Expose-Headers",
                       "ETag, Location, Retry-After, Tus-Resumable, Upload-Expires, Upload-Length, "
                       "Upload-Offset, X-Request-Id");
}

}  // namespace reelprint::api::http
