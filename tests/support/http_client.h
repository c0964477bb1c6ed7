// A plain HTTP client for tests: one connection a request, on loopback.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reelprint::test {

struct HttpAnswer {
  unsigned status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// Throws std::runtime_error when there is no whole answer within the time.
[[nodiscard]] HttpAnswer http(std::uint16_t port, std::string_view method, const std::string& target,
                              const HttpHeaders& headers = {}, const std::string& body = {},
                              std::chrono::seconds time = std::chrono::seconds(90));

struct HttpRequest {
  std::string method;
  std::string target;
  HttpHeaders headers;
  std::string body;
};

/// Listens on a port of its own and answers each request as `answer` says, one at a time, on a thread of its
/// own, until the object goes.
class HttpReceiver {
 public:
  /// `statuses`: of the first, second … request; the last one goes on for ever.
  explicit HttpReceiver(std::vector<unsigned> statuses = {204});
  ~HttpReceiver();
  HttpReceiver(const HttpReceiver&) = delete;
  HttpReceiver& operator=(const HttpReceiver&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::vector<HttpRequest> requests() const;
  /// All requests as soon as there are `count`; throws std::runtime_error when there are fewer in time.
  [[nodiscard]] std::vector<HttpRequest> wait_for(std::size_t count,
                                                  std::chrono::seconds time = std::chrono::seconds(60)) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace reelprint::test
