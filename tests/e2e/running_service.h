// `reelprint serve` on a free port, and those who use it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tests/e2e/reelprint.h"
#include "tests/support/http_client.h"

namespace reelprint::e2e {

/// A key's holder: sends JSON or bytes, expects a status, gives the answer's object.
class Client {
 public:
  Client(std::uint16_t port, std::string key) : port_(port), key_(std::move(key)) {}

  [[nodiscard]] test::HttpAnswer send(std::string_view method, const std::string& target,
                                      const std::string& body = {}, test::HttpHeaders headers = {}) const;
  json::object get(const std::string& target, unsigned status = 200) const;
  json::object post(const std::string& target, const json::object& body, unsigned status = 201,
                    test::HttpHeaders headers = {}) const;
  /// A file as video/mp4.
  json::object upload(const std::string& target, const std::filesystem::path& file, unsigned status,
                      test::HttpHeaders headers = {}) const;
  /// Asks again until the member has another text than `text`; throws std::runtime_error after a minute.
  json::object wait_while(const std::string& target, std::string_view member, std::string_view text) const;

 private:
  json::object object_in(const test::HttpAnswer& answer, const std::string& what, unsigned status) const;

  std::uint16_t port_;
  std::string key_;
};

class RunningService {
 public:
  RunningService(const Reelprint& program, const Words& options = {});

  [[nodiscard]] Client client(const std::string& key) const { return {port_, key}; }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  Ended end(int signal);

 private:
  std::unique_ptr<ChildProcess> child_;
  std::uint16_t port_ = 0;
};

/// A key made on the command line.
[[nodiscard]] std::string make_key(const Reelprint& program, const Words& options);

struct Tenant {
  std::int64_t id = 0;
  std::string key;  ///< of the tenant's kind as its role
};

[[nodiscard]] Tenant make_tenant(const Client& admin, const std::string& name, const std::string& kind);

/// Holder, series and episode; returns the episode's path.
[[nodiscard]] std::string make_episode(const Client& holder, const std::string& name);

/// "/v1/screenings/5" of the collection and what was made in it.
[[nodiscard]] std::string path_of(const std::string& collection, const json::object& made);

/// What the environment variable says, else `otherwise`: how long a test goes on that may go on for hours.
[[nodiscard]] int count_wanted(const char* variable, int otherwise);

}  // namespace reelprint::e2e
