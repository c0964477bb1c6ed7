#include "api/routes/system_routes.h"

#include <boost/json.hpp>
#include <memory>

#include "access/tokens.h"
#include "api/answers.h"
#include "api/json_text.h"
#include "api/openapi.h"
#include "core/sha256.h"

namespace reelprint::api {
namespace {

Route route(std::string pattern, std::string operation, Handler handler) {
  Route made;
  made.pattern = std::move(pattern);
  made.operation = std::move(operation);
  made.handler = std::move(handler);
  made.has_own_transactions = true;  // none: whether it is alive must not depend on the database
  return made;
}

http::Response ok() {
  return json_answer(boost::json::object{{"status", "ok"}});
}

/// A proxy on this machine makes everybody look local: with one, a token must be set.
bool may_read_metrics(const http::Request& request, const std::string& token) {
  if (token.empty()) {
    const bool is_forwarded =
        request.headers.find("X-Forwarded-For").has_value() || request.headers.find("Forwarded").has_value();
    return !is_forwarded && (request.remote.starts_with("127.") || request.remote == "::1");
  }
  constexpr std::string_view kScheme = "Bearer ";
  std::string_view given = request.headers.find("Authorization").value_or("");
  if (!given.starts_with(kScheme)) return false;
  given.remove_prefix(kScheme.size());
  return access::is_same_secret(given, token);
}

Outcome metrics(const http::Request& request, const SystemBackend& backend) {
  if (!may_read_metrics(request, backend.metrics_token))
    throw forbidden("the metrics are for this machine, or for who has their token");
  http::Response response;
  response.content_type = "text/plain; version=0.0.4; charset=utf-8";
  response.body = backend.metrics.text();
  return response;
}

}  // namespace

void add_system_routes(Router& router, const SystemBackend& backend) {
  router.add(route("/healthz", "getHealth", [](Context&) { return ok(); }));
  router.add(route("/readyz", "getReadiness", [backend](Context&) -> Outcome {
    const std::string reason = backend.not_ready ? backend.not_ready() : std::string{};
    if (reason.empty()) return ok();
    http::Problem problem(503, "not-ready", "The service is not ready", reason);
    problem.headers.add("Retry-After", "5");
    throw problem;
  }));
  router.add(route("/metrics", "getMetrics",
                   [backend](Context& context) { return metrics(context.request, backend); }));
  http::Response description = json_answer(openapi_document());
  description.headers.add("ETag",
                          "\"" + to_hex(access::digest_of_secret(description.body)).substr(0, 16) + "\"");
  router.add(route("/openapi.json", "getDescription",
                   [description = std::move(description)](Context&) { return description; }));
}

}  // namespace reelprint::api
