// What the server asks of whoever answers: one call object for each request.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>

#include "api/http/message.h"

namespace reelprint::api::http {

/// There is no answer yet; it is asked for again until then.
struct Pending {
  std::chrono::steady_clock::time_point until;
};
using Answer = std::variant<Response, Pending>;

/// One request from its headers to its answer. Its functions are called one after the other, on threads that
/// may wait for disk and database; each may throw Problem, and anything else becomes a 500 that tells
/// nothing.
class Call {
 public:
  virtual ~Call() = default;

  std::size_t most_body_bytes = 0;
  std::shared_ptr<BodySink> sink;  ///< nothing: the body is kept in memory

  /// The body has been received.
  [[nodiscard]] virtual Answer respond(Request& request) = 0;
  /// Only after Pending, a few times a second; `is_late` at the last time, when nothing is no answer any
  /// more.
  [[nodiscard]] virtual std::optional<Response> poll(Request& request, bool is_late) = 0;
};

/// A request that has been answered, or whose client left.
struct Done {
  const Request& request;
  unsigned status = 0;  ///< 0: nothing was sent
  std::size_t received_bytes = 0;
  std::size_t sent_bytes = 0;
  std::chrono::microseconds time{0};
  std::string_view failure{};  ///< of a 500 because something else than a Problem was thrown: what it said
};

class Application {
 public:
  virtual ~Application() = default;
  /// The headers are known, nothing of the body has been read. On a thread that may wait; throws Problem.
  [[nodiscard]] virtual std::unique_ptr<Call> begin(Request& request) = 0;
  /// Thread-safe and quick.
  virtual void done(const Done& done) noexcept = 0;
};

}  // namespace reelprint::api::http
