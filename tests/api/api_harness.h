// The application with its routes, a store in a temporary folder, and clients without sockets.
#pragma once

#include <boost/json/value.hpp>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/application.h"
#include "api/backend.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api {

class FakeClock final : public Clock {
 public:
  [[nodiscard]] WallTime now() const override {
    const std::lock_guard lock(mutex_);
    return now_;
  }
  void advance(std::chrono::microseconds time) {
    const std::lock_guard lock(mutex_);
    now_ += time;
  }

 private:
  mutable std::mutex mutex_;
  WallTime now_{std::chrono::seconds(1'795'000'000)};
};

class ApiHarness;

/// Somebody who asks. Its requests go the way that the server's go: begin, sink, respond, poll; a Problem is
/// its response. What waits is asked once more and is late then.
class ApiClient {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  ApiClient(ApiHarness& harness, std::size_t number) : harness_(harness), number_(number) {}

  /// `target` may have a query. A body is JSON unless `fields` say otherwise.
  [[nodiscard]] http::Response get(std::string_view target, const Fields& fields = {}) const;
  [[nodiscard]] http::Response post(std::string_view target, std::string body = {},
                                    const Fields& fields = {}) const;
  [[nodiscard]] http::Response put(std::string_view target, std::string body = {},
                                   const Fields& fields = {}) const;
  [[nodiscard]] http::Response patch(std::string_view target, std::string body = {},
                                     const Fields& fields = {}) const;
  [[nodiscard]] http::Response del(std::string_view target, const Fields& fields = {}) const;
  [[nodiscard]] http::Response send(http::Method method, std::string_view target, std::string body = {},
                                    const Fields& fields = {}) const;

 private:
  ApiHarness& harness_;
  std::size_t number_;
};

/// No limits unless settings are given.
class ApiHarness {
 public:
  using AddRoutes = std::function<void(Router&, const Backend&)>;
  explicit ApiHarness(const AddRoutes& add_routes);
  ApiHarness(const AddRoutes& add_routes, const ApplicationSettings& settings);

  /// A new key with this role in this tenant (zero: all of them).
  [[nodiscard]] ApiClient as(Role role, TenantId tenant = {});
  /// Without a key: 401 but for public routes, unless the request brings a key or a session's cookie of its
  /// own.
  [[nodiscard]] ApiClient anonymous() { return {*this, kNobody}; }

  [[nodiscard]] store::Store& store() { return store_; }
  [[nodiscard]] store::Database& database() { return store_.database(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

  FakeClock clock;
  Backpressure backpressure;  ///< set it to shed load

 private:
  friend class ApiClient;
  static constexpr std::size_t kNobody = 0;
  [[nodiscard]] http::Response answer(http::Request request);
  [[nodiscard]] Principal principal_of(const http::Request& request, store::Store& store, WallTime now);

  test::TemporaryFolder folder_;
  store::Store store_;
  pipeline::StorePool stores_;
  Backend backend_;
  Router router_;
  std::mutex mutex_;  // guards principals_
  std::vector<Principal> principals_;
  Application application_;
};

[[nodiscard]] boost::json::value json_of(const http::Response& response);
/// The last part of a problem's type: "not-found"; "" for what is no problem.
[[nodiscard]] std::string problem_of(const http::Response& response);
[[nodiscard]] std::string field_of(const http::Response& response, std::string_view name);

}  // namespace reelprint::api
