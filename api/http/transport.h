// Internal to http/: the bytes of one connection, plain or by TLS, each operation with its deadline.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "api/http/tls.h"

namespace reelprint::api::http {

enum class Reading {
  got,        ///< at least one byte
  ended,      ///< the client has closed, or the connection broke, or was closed here
  timed_out,  ///< it can still be written to
  woken,      ///< by wake()
};

struct ReadResult {
  Reading reading = Reading::ended;
  std::size_t bytes = 0;
};

using Deadline = std::chrono::steady_clock::time_point;

/// All on the strand of its socket, one operation at a time.
class Transport {
 public:
  virtual ~Transport() = default;
  /// The handshake, if there is one; false when it failed.
  [[nodiscard]] virtual boost::asio::awaitable<bool> open(Deadline deadline) = 0;
  [[nodiscard]] virtual boost::asio::awaitable<ReadResult> read(std::span<char> room, Deadline deadline) = 0;
  /// All of it, the next byte always being taken within `idle`; false when it was not.
  [[nodiscard]] virtual boost::asio::awaitable<bool> write(std::string_view bytes,
                                                           std::chrono::milliseconds idle) = 0;
  /// Ends a read that waits.
  virtual void wake() = 0;
  /// Nothing more will be written.
  virtual void end_writing() = 0;
  virtual void close() = 0;
  /// Whether the client has closed its side or is gone.
  [[nodiscard]] virtual bool has_left() = 0;
  [[nodiscard]] virtual bool is_secure() const = 0;
};

/// `tls` nothing: plain.
[[nodiscard]] std::shared_ptr<Transport> make_transport(boost::asio::ip::tcp::socket socket,
                                                        std::shared_ptr<TlsContext> tls);

}  // namespace reelprint::api::http
