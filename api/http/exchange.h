// Internal to http/: one request on its way to its answer, and the connection it came by.
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/http/application.h"
#include "api/http/head.h"
#include "api/http/origin.h"
#include "api/http/server.h"
#include "api/http/transport.h"
#include "api/http/work_queue.h"

namespace reelprint::api::http {

/// What all connections of a server share; it outlives them.
struct Shared {
  const ServerSettings& settings;
  Application& application;
  WorkQueue& workers;
  AddressBlocks proxies;
  std::atomic<std::size_t> event_streams{0};
};

/// A connection as those who read and write it see it. On its strand only.
struct Link {
  Shared& shared;
  std::shared_ptr<Transport> transport;
  boost::asio::steady_timer pause;  ///< cancelled when the server stops
  std::string unread;               ///< received, but not used up
  bool winding_down = false;        ///< the server stops: no further request
  bool cut = false;                 ///< nothing more is waited for
};

struct Exchange {
  Request request;
  RequestHead head;
  std::string head_text;  ///< as it was received
  std::unique_ptr<Call> call;
  std::optional<Response> response;
  std::string failure;  ///< what the application threw, other than a Problem
  bool keep_alive = false;
  bool client_left = false;
  std::size_t received_bytes = 0;
  std::size_t sent_bytes = 0;
  std::chrono::steady_clock::time_point begun;

  [[nodiscard]] Deadline deadline(const ServerSettings& settings) const {
    return begun + settings.request.request_time;
  }
  void answer(const Problem& problem);
  /// Runs one of the application's functions; what it throws becomes the answer.
  void guard(const std::function<void()>& function);
};

/// Runs `task` on a worker thread and goes on where the caller was.
[[nodiscard]] boost::asio::awaitable<void> on_worker(WorkQueue& workers, std::function<void()> task);
/// As on_worker, unless the queue is full: then false, at once.
[[nodiscard]] boost::asio::awaitable<bool> on_free_worker(WorkQueue& workers, std::function<void()> task);

/// Waits; woken by a cancelled `link.pause`.
[[nodiscard]] boost::asio::awaitable<void> rest(Link& link, std::chrono::milliseconds time);

}  // namespace reelprint::api::http
