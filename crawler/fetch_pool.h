// Many hosts in parallel: one thread, one libcurl multi handle, each exchange on its own terms.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/exchange.h"
#include "crawler/guarded_fetch.h"

namespace reelprint::crawler {

/// One GET (or HEAD); redirects come back as they are.
struct FetchOrder {
  std::uint64_t ticket = 0;  ///< the caller's: comes back with the exchange
  std::string url{};
  bool is_head = false;
  std::filesystem::path body{};  ///< where the decoded content goes; its folder must exist
  std::vector<std::pair<std::string, std::string>> headers{};  ///< If-None-Match …; no line breaks
  /// First and one past the last byte asked for; past 0: to the end. A server that answers 200 is cut off
  /// after `most_bytes`.
  std::optional<std::pair<std::uint64_t, std::uint64_t>> range{};
  std::uint64_t most_bytes = std::uint64_t{8}
                             << 20;  ///< decoded; what comes beyond is not read, the exchange is_truncated
  double most_inflation = 200;       ///< decoded over transferred bytes, beyond 1 MiB: a bomb
  bool wants_identity = false;       ///< asks for the content as it is, not compressed: what evidence keeps
  std::chrono::milliseconds time_limit{std::chrono::minutes{2}};
  /// Called once with the response head: false breaks off before the content (is_truncated).
  std::function<bool(const Exchange& so_far)> wants_body{};
};

struct FetchPoolSettings {
  FetchSettings fetch{};  ///< guard, user agent, proxy, authorities, speed limits
  std::size_t most_at_once = 64;
  bool uses_http2 = true;
  const Clock* clock = nullptr;  ///< for `began_at` and `ended_at`; must outlive the pool. None: the system's
};

/// Not thread-safe, but for `interrupt`. No cookies at all, no credentials, no Referer; certificates
/// verified; every address checked as it is connected to, after every DNS answer, and the connection made to
/// the checked address; a connection that is used again is one of those. Limits that end an exchange: its
/// own, the settings' least speed, 64 KiB or 300 lines of heads ("too_large"). To be cut off at `most_bytes`
/// or by `wants_body` is no error: is_truncated, error_code "".
class FetchPool {
 public:
  /// Throws Error{io}.
  explicit FetchPool(FetchPoolSettings settings);
  ~FetchPool();
  FetchPool(const FetchPool&) = delete;
  FetchPool& operator=(const FetchPool&) = delete;

  /// A URL that is refused comes back as an exchange with error_code "forbidden_address" or "invalid_url",
  /// nothing sent. Throws Error: invalid_input for an empty range or a header with a line break, io. Not to
  /// be called from `wants_body`.
  void add(FetchOrder order);
  struct Done {
    std::uint64_t ticket = 0;
    Exchange exchange{};
  };
  /// Those that have ended, waiting at most so long for the first; none when time was up or `interrupt` came
  /// since the last call. Throws Error{io} when a body cannot be written (its order is over then, the others
  /// go on), and what `wants_body` throws.
  [[nodiscard]] std::vector<Done> wait(std::chrono::milliseconds longest);
  /// Ends every order with error_code "cancelled"; `wait` gives them.
  void cancel_all();
  /// Wakes `wait`; thread-safe.
  void interrupt();
  /// Orders that `wait` has not given yet.
  [[nodiscard]] std::size_t running() const;

 private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace reelprint::crawler
