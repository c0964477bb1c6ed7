// A web server on the loopback that answers as a test says: many connections at a time, kept alive, with or
// without TLS.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace reelprint::test {

struct WebRequest {
  std::string method{};
  std::string target{};  ///< path with query
  std::string head{};    ///< as it came, with the empty line
  std::string body{};
};

/// What a request came on; the next one follows unless it is closed.
class WebConnection {
 public:
  virtual ~WebConnection() = default;
  /// False when the client is gone.
  virtual bool send(std::string_view bytes) = 0;
  /// At most so many bytes; "" when the client is gone.
  [[nodiscard]] virtual std::string receive(std::size_t most) = 0;
  /// After what is being served; without a word.
  virtual void close() = 0;
  /// Now, by a reset.
  virtual void reset() = 0;

  /// Returns when the client has gone: for a server that never answers.
  void wait_for_end() {
    while (!receive(4096).empty()) continue;
  }
};

/// In PEM form.
struct WebCertificate {
  std::filesystem::path chain{};
  std::filesystem::path key{};
  std::string protocol{};  ///< that ALPN agrees on: "h2"; "": none
};

/// A self-signed one for localhost and 127.0.0.1, made in `folder` by the openssl tool; its chain is its own
/// authority. Throws std::runtime_error.
[[nodiscard]] WebCertificate make_certificate(const std::filesystem::path& folder);

class TestWeb {
 public:
  /// Called for each request, on a thread of its connection.
  using Serve = std::function<void(const WebRequest& request, WebConnection& connection)>;
  explicit TestWeb(Serve serve, std::optional<WebCertificate> certificate = std::nullopt);
  ~TestWeb();
  TestWeb(const TestWeb&) = delete;
  TestWeb& operator=(const TestWeb&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// "http://127.0.0.1:PORT/": the port makes it a host of its own.
  [[nodiscard]] std::string url(const std::string& path = "/", const std::string& host = "127.0.0.1") const;
  /// Whole ones, in the order of their ends.
  [[nodiscard]] std::vector<WebRequest> requests() const;
  [[nodiscard]] std::size_t connections() const;  ///< since the beginning

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// An answer with its length, on a connection that stays.
[[nodiscard]] std::string web_answer(int status, std::string_view body = {}, std::string_view headers = {});

}  // namespace reelprint::test
