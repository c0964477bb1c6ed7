// Tells endpoints what happened: the outbox's deliveries, sent as Standard Webhooks 1.0 says
// (standardwebhooks.com).
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "crawler/guarded_fetch.h"
#include "store/events.h"
#include "store/store.h"

namespace reelprint::pipeline {

struct WebhookSettings {
  crawler::FetchSettings fetch;
  std::chrono::milliseconds time_limit{15'000};  ///< of one attempt
  std::size_t threads = 4;                       ///< attempts at a time; never two of one endpoint
  std::chrono::milliseconds poll{1'000};         ///< how soon events of other processes are found
  /// Told when the outbox itself cannot be used; the sender goes on trying.
  std::function<void(std::string_view what)> on_trouble{};
};

/// Why nothing may be sent to a URL, as far as one can tell without the network; nothing when it may.
[[nodiscard]] std::optional<std::string> refusal_of_webhook_url(const std::string& url,
                                                                const WebhookSettings& settings);

/// "msg_5": the same at each attempt, for the receiver to know what it has already.
[[nodiscard]] std::string webhook_id(EventId event);
/// {"type": …, "timestamp": …, "data": …}
[[nodiscard]] std::string webhook_body(const store::Event& event);
/// webhook-id, webhook-timestamp and webhook-signature, the latter with the old secret too while it is valid.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> webhook_headers(
    const store::Endpoint& endpoint, EventId event, std::string_view body, WallTime now);

/// How long to wait after attempt number `attempts` (from 1): 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h,
/// 24 h, each up to a quarter less, or as the receiver asks if that is longer, but never over a day; nothing
/// after the tenth.
[[nodiscard]] std::optional<std::chrono::microseconds> webhook_retry_delay(
    DeliveryId delivery, int attempts, std::optional<std::chrono::seconds> retry_after);

/// Tries what is due first, once: 2xx has delivered it, 410 disables the endpoint, everything else is tried
/// again or dead. False when nothing is due. Throws what the store throws.
bool send_due_webhook(store::Store& store, const Clock& clock, const WebhookSettings& settings,
                      const std::stop_token& stop);

/// Threads that send whatever is due. Several processes may send from one folder. At least once: what was
/// under way when a process was killed is sent again, with the same id.
class WebhookSender {
 public:
  /// Opens nothing yet. The clock must outlive it.
  WebhookSender(std::filesystem::path folder, const Clock& clock, WebhookSettings settings);
  /// Stops.
  ~WebhookSender();
  WebhookSender(const WebhookSender&) = delete;
  WebhookSender& operator=(const WebhookSender&) = delete;

  /// Throws what opening a Store throws.
  void start();
  /// An event has been committed. Thread-safe.
  void wake();
  /// Breaks off what is under way, to be sent again at the next start.
  void stop();

 private:
  void work(const std::stop_token& stop, store::Store& store);

  std::filesystem::path folder_;
  const Clock& clock_;
  WebhookSettings settings_;
  std::mutex mutex_;  // guards wakes_
  std::condition_variable_any changed_;
  std::uint64_t wakes_ = 0;
  std::vector<std::jthread> threads_;
};

}  // namespace reelprint::pipeline
