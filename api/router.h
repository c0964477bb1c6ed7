// The routes: the one table of what can be asked, by whom, and who answers.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/context.h"

namespace reelprint::api {

struct Route {
  http::Method method = http::Method::get;
  std::string pattern;      ///< "/v1/series/{series}"
  std::string operation;    ///< operationId of the OpenAPI description: "getSeries"
  std::vector<Role> roles;  ///< who may; empty: anybody, without a key
  Handler handler;
  OpenSink open_sink{};  ///< for bodies that go to the disk; none: a body in memory
  std::size_t most_body_bytes = std::size_t{1} << 20;
  bool takes_idempotency_key = true;  ///< of a POST: the answer is kept for a day and given again
  bool is_heavy =
      false;  ///< makes work: refused while disk, memory or queue are short, as are all with a sink
  std::vector<std::string> parameters = {};  ///< names that its query may have; any other is an error
  bool has_own_transactions = false;  ///< the handler opens them: hashing a password takes long, and a login
                                      ///< that fails is noted although the answer is 401
};

/// A route with nothing beyond what every one has.
[[nodiscard]] Route plain_route(http::Method method, std::string pattern, std::string operation,
                                const std::vector<Role>& roles, Handler handler);

class Router {
 public:
  /// Throws std::logic_error for a method and path, or an operation, that is there already.
  void add(Route route);

  struct Found {
    const Route* route = nullptr;
    std::map<std::string, std::string> params;
  };
  /// The most exact one: a word goes before a {name}. Nothing when no pattern fits the path with this method.
  /// Valid until the next add().
  [[nodiscard]] std::optional<Found> find(http::Method method, std::string_view path) const;
  /// The methods that fit a path, for the Allow header; empty: there is no such path.
  [[nodiscard]] std::vector<http::Method> methods_of(std::string_view path) const;
  [[nodiscard]] std::span<const Route> routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace reelprint::api
