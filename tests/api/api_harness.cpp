#include "api_harness.h"

#include <boost/json.hpp>
#include <charconv>
#include <span>

#include "api/authentication.h"
#include "api/http/problem.h"

namespace reelprint::api {
namespace {

constexpr const char* kClientField = "Test-Client";

ApplicationSettings without_limits() {
  return {.per_principal = {}, .per_address = {}, .failures_per_address = {}};
}

/// Nothing is percent-encoded in a test.
void set_target(http::Request& request, std::string_view target) {
  const std::size_t end = std::min(target.find('?'), target.size());
  request.path = target.substr(0, end);
  std::string_view query = target.substr(std::min(end + 1, target.size()));
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    request.query.emplace_back(pair.substr(0, equals), pair.substr(std::min(equals + 1, pair.size())));
  }
}

}  // namespace

http::Response ApiClient::get(std::string_view target, const Fields& fields) const {
  return send(http::Method::get, target, {}, fields);
}

http::Response ApiClient::post(std::string_view target, std::string body, const Fields& fields) const {
  return send(http::Method::post, target, std::move(body), fields);
}

http::Response ApiClient::put(std::string_view target, std::string body, const Fields& fields) const {
  return send(http::Method::put, target, std::move(body), fields);
}

http::Response ApiClient::patch(std::string_view target, std::string body, const Fields& fields) const {
  return send(http::Method::patch, target, std::move(body), fields);
}

http::Response ApiClient::del(std::string_view target, const Fields& fields) const {
  return send(http::Method::del, target, {}, fields);
}

http::Response ApiClient::send(http::Method method, std::string_view target, std::string body,
                               const Fields& fields) const {
  http::Request request;
  request.method = method;
  set_target(request, target);
  request.id = "test-request";
  request.remote = "127.0.0.1";
  for (const auto& [name, value] : fields) request.headers.add(name, value);
  if (!body.empty() && !request.headers.find("Content-Type"))
    request.headers.add("Content-Type", "application/json");
  if (!body.empty() && !request.headers.find("Content-Length"))
    request.headers.add("Content-Length", std::to_string(body.size()));
  request.headers.add(kClientField, std::to_string(number_));
  request.body = std::move(body);
  return harness_.answer(std::move(request));
}

ApiHarness::ApiHarness(const AddRoutes& add_routes) : ApiHarness(add_routes, without_limits()) {}

ApiHarness::ApiHarness(const AddRoutes& add_routes, const ApplicationSettings& settings)
    : store_(folder_.path()),
      stores_(folder_.path()),
      backend_{.data = folder_.path(), .clock = clock, .stores = stores_},
      principals_(1),
      application_({.router = router_,
                    .stores = stores_,
                    .clock = clock,
                    .authenticate = [this](const http::Request& request, store::Store& store,
                                           WallTime now) { return principal_of(request, store, now); },
                    .backpressure = [this]() -> std::optional<Refusal> {
                      return backpressure ? backpressure() : std::nullopt;
                    }},
                   settings) {
  add_routes(router_, backend_);
}

ApiClient ApiHarness::as(Role role, TenantId tenant) {
  const std::lock_guard lock(mutex_);
  const std::size_t number = principals_.size();
  const auto key = static_cast<std::int64_t>(number);
  principals_.push_back({role, tenant, ApiKeyId{key}, {}, "key " + std::to_string(key)});
  return {*this, number};
}

Principal ApiHarness::principal_of(const http::Request& request, store::Store& store, WallTime now) {
  const std::string_view text = request.headers.find(kClientField).value_or("0");
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number == kNobody) return authenticate(request, store, now);
  const std::lock_guard lock(mutex_);
  return principals_.at(number);
}

http::Response ApiHarness::answer(http::Request request) {
  try {
    const auto call = application_.begin(request);
    if (request.body.size() > call->most_body_bytes)
      throw http::Problem(413, "too-large", "The body is too large");
    if (call->sink) {
      if (!request.body.empty()) call->sink->write(std::as_bytes(std::span(request.body)));
      call->sink->finish();
      request.sink = call->sink;
      request.body.clear();
    }
    http::Answer answer = call->respond(request);
    if (auto* response = std::get_if<http::Response>(&answer)) return std::move(*response);
    if (auto response = call->poll(request, false)) return std::move(*response);
    return call->poll(request, true).value();
  } catch (const http::Problem& problem) {
    return http::to_response(problem, request.id);
  }
}

boost::json::value json_of(const http::Response& response) {
  return boost::json::parse(response.body);
}

std::string problem_of(const http::Response& response) {
  if (response.content_type != "application/problem+json") return {};
  const auto body = json_of(response);
  const std::string_view type = body.at("type").as_string();
  return std::string(type.substr(type.rfind('/') + 1));
}

std::string field_of(const http::Response& response, std::string_view name) {
  return std::string(response.headers.find(name).value_or(""));
}

}  // namespace reelprint::api
