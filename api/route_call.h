// One admitted request with its route: the transaction around the handler, the answer kept for its
// Idempotency-Key, waiting.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "api/http/application.h"
#include "api/router.h"
#include "core/clock.h"
#include "core/principal.h"
#include "pipeline/store_pool.h"

namespace reelprint::api {

/// "key 12", "user 3": whose kept answers and allowance these are.
[[nodiscard]] std::string name_for_keeping(const Principal& principal);

class RouteCall final : public http::Call {
 public:
  struct Parts {
    const Route& route;
    pipeline::StorePool& stores;
    const Clock& clock;
    std::chrono::hours idempotency_time;
  };
  /// `told` are fields that go with every answer.
  RouteCall(Parts parts, Principal principal, http::Headers told);

  /// Opens the route's sink, in a read transaction unless the route has its own. Throws what it throws.
  void open(const http::Request& request);
  [[nodiscard]] http::Answer respond(http::Request& request) override;
  [[nodiscard]] std::optional<http::Response> poll(http::Request& request, bool is_late) override;

 private:
  [[nodiscard]] Outcome run(Context& context) const;
  [[nodiscard]] Outcome run_once(Context& context, const std::string& key) const;
  [[nodiscard]] Outcome attempt(Context& context) const;
  [[nodiscard]] http::Response finished(http::Response response, const http::Request& request) const;

  Parts parts_;
  Principal principal_;
  http::Headers told_;
  std::optional<Wait> wait_;
};

}  // namespace reelprint::api
