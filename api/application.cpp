#include "api/application.h"

#include <algorithm>
#include <utility>

#include "api/route_call.h"

namespace reelprint::api {
namespace {

std::string text_of(std::chrono::seconds time) {
  return std::to_string(time.count());
}

http::Problem too_many(const Allowance& allowance) {
  http::Problem problem(429, "rate-limited", "You ask too often",
                        "try again in " + text_of(allowance.until_next) + " s");
  problem.headers.add("Retry-After", text_of(allowance.until_next));
  return problem;
}

/// draft-ietf-httpapi-ratelimit-headers-10.
void tell(http::Headers& headers, const Rate& rate, const Allowance& allowance) {
  if (rate.burst <= 0) return;
  const auto burst = std::to_string(static_cast<std::uint64_t>(rate.burst));
  headers.set("RateLimit-Policy", "\"requests\";q=" + burst);
  headers.set("RateLimit",
              "\"requests\";r=" + std::to_string(allowance.left) + ";t=" + text_of(allowance.until_full));
}

http::Problem overloaded(const Refusal& refusal) {
  http::Problem problem(503, "overloaded", "The service takes no more work just now", refusal.reason);
  problem.headers.add("Retry-After", text_of(refusal.retry_after));
  return problem;
}

std::string allowed(const std::vector<http::Method>& methods) {
  std::string allow;
  for (const http::Method method : methods) {
    allow += allow.empty() ? "" : ", ";
    allow += http::to_string(method);
    if (method == http::Method::get) allow += ", HEAD";
  }
  return allow;
}

void expect_known_parameters(const Route& route, const http::Request& request) {
  for (const auto& [name, value] : request.query) {
    if (std::ranges::find(route.parameters, name) == route.parameters.end()) {
      throw http::Problem(400, "invalid-parameter", "A query parameter is not valid",
                          "this route has no parameter of that name", {{name, "is not known here"}});
    }
  }
}

}  // namespace

Application::Application(ApplicationParts parts, const ApplicationSettings& settings)
    : parts_(std::move(parts)),
      settings_(settings),
      principals_(settings.per_principal),
      addresses_(settings.per_address),
      failures_(settings.failures_per_address) {}
Application::~Application() = default;

Router::Found Application::find(const http::Request& request) const {
  const http::Method method = request.method == http::Method::head ? http::Method::get : request.method;
  if (auto found = parts_.router.find(method, request.path)) return std::move(*found);
  const auto methods = parts_.router.methods_of(request.path);
  if (methods.empty())
    throw http::Problem(404, "not-found", "There is no such thing", "no route has this path");
  http::Problem problem(405, "method-not-allowed", "This path has no such method",
                        "it has " + allowed(methods));
  problem.headers.add("Allow", allowed(methods));
  throw problem;
}

Principal Application::principal_of(const Route& route, const http::Request& request, WallTime now) {
  if (route.roles.empty()) return {Role::auditor, {}, {}, {}, "nobody"};
  if (const Allowance allowance = failures_.look(request.remote, now); !allowance.is_granted)
    throw too_many(allowance);
  Principal principal;
  try {
    const auto store = parts_.stores.lease();
    principal = parts_.authenticate(request, *store, now);
  } catch (const http::Problem& problem) {
    if (problem.status == 401) failures_.take(request.remote, now);
    throw;
  }
  if (std::ranges::find(route.roles, principal.role) == route.roles.end()) {
    throw http::Problem(403, "forbidden", "You may not do this",
                        "a key or person with the role " + std::string(to_string(principal.role)) +
                            " may not use " + route.operation);
  }
  return principal;
}

std::unique_ptr<http::Call> Application::begin(http::Request& request) {
  Router::Found found = find(request);
  const Route& route = *found.route;
  request.params = std::move(found.params);
  const WallTime now = parts_.clock.now();
  Principal principal = principal_of(route, request, now);

  RateLimiter& limiter = route.roles.empty() ? addresses_ : principals_;
  const std::string name = route.roles.empty() ? request.remote : name_for_keeping(principal);
  const Allowance allowance = limiter.take(name, now);
  http::Headers told;
  tell(told, limiter.rate(), allowance);
  if (!allowance.is_granted) {
    http::Problem problem = too_many(allowance);
    for (const auto& [field, value] : told.all()) problem.headers.add(field, value);
    throw problem;
  }
  expect_known_parameters(route, request);
  if (parts_.backpressure && (route.is_heavy || route.open_sink)) {
    if (const auto refusal = parts_.backpressure()) throw overloaded(*refusal);
  }
  auto call = std::make_unique<RouteCall>(
      RouteCall::Parts{route, parts_.stores, parts_.clock, settings_.idempotency_time}, std::move(principal),
      std::move(told));
  call->open(request);
  return call;
}

void Application::done(const http::Done& done) noexcept {
  if (!parts_.observe) return;
  const bool is_head = done.request.method == http::Method::head;
  const auto found = parts_.router.find(is_head ? http::Method::get : done.request.method, done.request.path);
  parts_.observe(done, found ? std::string_view(found->route->pattern) : std::string_view{});
}

}  // namespace reelprint::api
