// An HTTP proxy for one program of others that asks the network by itself: it reaches what the guard lets it
// reach, one request at a time, and each is written down.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/clock.h"
#include "core/descriptor.h"
#include "crawler/guarded_fetch.h"

namespace reelprint::crawler {

/// A request that came through, or did not. Of https only the host is known: the rest is between the two.
struct ProxiedRequest {
  std::string url{};        ///< "https://videos.example/" of a tunnel
  std::string refused{};    ///< why it was not sent: "address: …", "robots: …"; "" when it was
  std::string address{};    ///< IP address that it went to; "" when there was no connection
  int status = 0;           ///< of http; of a tunnel 0
  std::uint64_t bytes = 0;  ///< received
  WallTime at{};
  std::chrono::milliseconds took{0};

  friend bool operator==(const ProxiedRequest&, const ProxiedRequest&) = default;
};

struct GuardedProxySettings {
  FetchSettings fetch{};
  /// Why an address that the guard allows is not to be asked all the same; "" when it is. Called on the
  /// proxy's thread.
  std::function<std::string(const std::string& url)> refusal{};
  std::size_t most_requests = 200;
  std::uint64_t most_bytes = std::uint64_t{64} << 20;  ///< of all answers
  std::chrono::milliseconds idle_limit{30'000};        ///< of a connection on which nothing comes
};

/// Serves until it goes, on a thread of its own, which alone touches what is below.
class GuardedProxy {
 public:
  /// `listener`: a listening socket.
  GuardedProxy(Descriptor listener, GuardedProxySettings settings);
  GuardedProxy(const GuardedProxy&) = delete;
  GuardedProxy& operator=(const GuardedProxy&) = delete;

  /// Ends what is under way, and itself. All that there were, in order; once.
  [[nodiscard]] std::vector<ProxiedRequest> end();

 private:
  void serve(const std::stop_token& stop);
  void serve_one(Descriptor client, const std::stop_token& stop);
  std::uint64_t pass_on(int client, int server, ProxiedRequest& request, const std::stop_token& stop);

  Descriptor listener_;
  GuardedProxySettings settings_;
  std::uint64_t bytes_ = 0;
  std::vector<ProxiedRequest> requests_;
  std::jthread thread_;
};

}  // namespace reelprint::crawler
