// The HTTP server: sockets, TLS, threads and limits between the network and an Application.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/http/application.h"

namespace reelprint::api::http {

/// PEM files.
struct TlsFiles {
  std::filesystem::path chain;  ///< our certificate first, then those that sign it
  std::filesystem::path key;
};

/// What one request or connection may take. What is beyond is answered (408, 413, 414, 431) or cut.
struct RequestLimits {
  std::size_t header_bytes = std::size_t{16} << 10;  ///< request line and fields together
  std::size_t target_bytes = std::size_t{8} << 10;
  std::size_t fields = 100;
  std::chrono::milliseconds header_time{10'000};      ///< from the first byte to the last of the headers
  std::chrono::milliseconds idle_time{30'000};        ///< without a byte of the body, or of the answer taken
  std::size_t least_bytes_per_s = 1024;               ///< of a body on the average, after `idle_time`
  std::chrono::milliseconds request_time{3'600'000};  ///< from the headers to the last byte of the answer
  std::chrono::milliseconds keep_alive_time{60'000};  ///< between two requests of a connection
  std::size_t requests_per_connection = 10'000;
};

/// What all connections together may take. What is beyond is refused (429 or 503 with Retry-After).
struct ServerLimits {
  std::size_t connections = 2000;
  std::size_t connections_per_address = 200;  ///< trusted proxies may open as many as there are
  std::size_t event_streams = 200;
  std::size_t queued_requests = 256;  ///< that wait for a worker thread
};

/// How often the application is asked again.
struct ServerPacing {
  std::chrono::milliseconds poll{100};  ///< for an answer that is pending
  std::chrono::milliseconds events{500};
  std::chrono::milliseconds heartbeat{15'000};  ///< an empty comment on a stream without events
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  std::optional<TlsFiles> tls;
  std::size_t io_threads = 1;
  std::size_t worker_threads = 4;  ///< on which the application's functions run
  RequestLimits request;
  ServerLimits limits;
  ServerPacing pacing;
  /// Addresses or CIDR blocks ("10.0.0.0/8") whose X-Forwarded-For, X-Forwarded-Proto and Forwarded are
  /// believed.
  std::vector<std::string> trusted_proxies;
  /// Origins ("https://console.example") whose pages may ask; "*" for all. Empty: no CORS at all.
  std::vector<std::string> cors_origins;
};

/// What the server is busy with, for its metrics.
struct ServerLoad {
  std::size_t connections = 0;
  std::size_t event_streams = 0;
  std::size_t queued = 0;              ///< calls that wait for a worker thread
  std::uint64_t refused_requests = 0;  ///< because the queue was full
  std::uint64_t refused_connections = 0;
};

/// Serves HTTP/1.1 (and 1.0). Its functions may be called from any thread.
class Server {
 public:
  /// `application` must outlive it. Throws Error{invalid_input} for an address, block or certificate that
  /// makes no sense. Nothing is listened to yet.
  Server(ServerSettings settings, Application& application);
  /// Stops without grace.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Listens and serves from now on. Throws Error{io} when the port is taken. Once only.
  void start();
  /// The one that is listened to; 0 before start().
  [[nodiscard]] std::uint16_t port() const;
  /// Takes no new connections, ends idle ones and event streams, lets requests in progress end until
  /// `grace` is over and cuts them then. Returns when all threads have ended: a call of the application
  /// that is in progress is waited for.
  void stop(std::chrono::milliseconds grace);
  /// Reads the certificate files again for connections to come. Throws Error{invalid_input, io}; the old
  /// ones are then kept. Nothing without TLS.
  void reload_certificates();
  [[nodiscard]] ServerLoad load() const;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace reelprint::api::http
