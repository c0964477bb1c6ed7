// A client that sends any bytes at all, and reads answers one by one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/http/message.h"

namespace reelprint::api::http {

struct RawAnswer {
  int status = 0;  ///< 0: the connection ended before there was an answer
  Headers headers;
  std::string body;  ///< chunks put together, nothing decompressed
};

/// A connection to a port of this machine. Every wait ends after ten seconds at the latest.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the server has closed.
  bool send(std::string_view bytes);
  /// The next answer; `to_head` one without a body. An interim one (100) is given like any other.
  [[nodiscard]] RawAnswer receive(bool to_head = false);
  [[nodiscard]] RawAnswer ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  /// Reads until `text` has come; what had come.
  [[nodiscard]] std::string read_until(std::string_view text);
  /// Whether nothing comes any more and the server has closed.
  [[nodiscard]] bool is_at_end();
  void end_writing();
  void close();

 private:
  bool read_more();
  std::string take(std::size_t bytes);
  std::string take_line();

  int fd_ = -1;
  std::string unread_;
};

}  // namespace reelprint::api::http
