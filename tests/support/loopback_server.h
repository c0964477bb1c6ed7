// A small HTTP server on the loopback, for tests of clients.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace reelprint::test {

/// One connection, served to its end before the next.
class LoopbackConnection {
 public:
  explicit LoopbackConnection(int socket) : socket_(socket) {}
  /// Headers and body as they came; "" when the client is gone.
  [[nodiscard]] std::string receive() const;
  /// False when the client is gone.
  bool send(std::string_view bytes) const;

 private:
  int socket_;
};

class LoopbackServer {
 public:
  /// Called for each request, on the server's thread.
  using Serve = std::function<void(const std::string& request, const LoopbackConnection& connection)>;
  explicit LoopbackServer(Serve serve);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  /// "http://127.0.0.1:PORT" and `path`.
  [[nodiscard]] std::string url(const std::string& path = "/") const;
  /// Whole requests, in their order.
  [[nodiscard]] std::vector<std::string> requests() const;

 private:
  void accept_all(const std::stop_token& stop);

  Serve serve_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // guards requests_
  std::vector<std::string> requests_;
  std::jthread thread_;
};

/// "HTTP/1.1 200 …" with its length.
[[nodiscard]] std::string http_answer(int status, const std::string& body = {},
                                      const std::string& headers = {});

}  // namespace reelprint::test
