// One request on its way to its route: found, authenticated, admitted, answered in one transaction.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/http/application.h"
#include "api/rate_limiter.h"
#include "api/router.h"
#include "core/clock.h"
#include "core/principal.h"
#include "pipeline/store_pool.h"

namespace reelprint::api {

/// Who sent a request; throws Problem 401 (or 403) when nobody that is known. Opens its own transactions.
using Authenticate = std::function<Principal(const http::Request&, store::Store&, WallTime)>;

/// Why the service takes no more work for a while.
struct Refusal {
  std::string reason;  ///< for the client: "the queue is full"
  std::chrono::seconds retry_after{30};
};
/// Asked before a route with `is_heavy` or a sink is served. Thread-safe and quick.
using Backpressure = std::function<std::optional<Refusal>()>;

/// Told of each request at its end, with its route's pattern ("" when there is none). Thread-safe.
using Observe = std::function<void(const http::Done&, std::string_view pattern)>;

struct ApplicationSettings {
  Rate per_principal{50, 200};
  Rate per_address{20, 100};                ///< without a key: logins, the description
  Rate failures_per_address{0.2, 20};       ///< of authentication
  std::chrono::hours idempotency_time{24};  ///< how long an answer is kept for its key
};

/// What an Application works with; all of it must outlive it.
struct ApplicationParts {
  const Router& router;
  pipeline::StorePool& stores;
  const Clock& clock;
  Authenticate authenticate;
  Backpressure backpressure = {};
  Observe observe = {};
};

/// Thread-safe; the router must not change any more.
class Application final : public http::Application {
 public:
  Application(ApplicationParts parts, const ApplicationSettings& settings);
  ~Application() override;

  /// Throws Problem: 404 "not-found", 405 "method-not-allowed", 401, 403 "forbidden", 429 "rate-limited",
  /// 503 "overloaded", 400 "invalid-parameter", and what the route's open_sink throws.
  [[nodiscard]] std::unique_ptr<http::Call> begin(http::Request& request) override;
  void done(const http::Done& done) noexcept override;

 private:
  [[nodiscard]] Router::Found find(const http::Request& request) const;
  [[nodiscard]] Principal principal_of(const Route& route, const http::Request& request, WallTime now);

  ApplicationParts parts_;
  ApplicationSettings settings_;
  RateLimiter principals_;
  RateLimiter addresses_;
  RateLimiter failures_;
};

}  // namespace reelprint::api
