// Internal to http/: one connection: its requests one after the other.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "api/http/exchange.h"

namespace reelprint::api::http {

/// On the strand of its transport only.
class Connection {
 public:
  /// `peer` is the client's address.
  Connection(std::shared_ptr<Transport> transport, std::string peer, Shared& shared,
             boost::asio::steady_timer pause);

  /// Until the connection has ended; it must live as long.
  [[nodiscard]] boost::asio::awaitable<void> run();
  /// Ends when the request in progress has its answer.
  void wind_down();
  /// Ends now.
  void cut();

 private:
  boost::asio::awaitable<bool> serve();
  boost::asio::awaitable<bool> receive_head(Exchange& exchange);
  boost::asio::awaitable<bool> receive_more(Exchange& exchange, Deadline deadline);
  void understand(Exchange& exchange);
  boost::asio::awaitable<void> answer(Exchange& exchange);
  boost::asio::awaitable<void> begin(Exchange& exchange);
  boost::asio::awaitable<void> receive_body(Exchange& exchange);
  boost::asio::awaitable<void> respond(Exchange& exchange);
  boost::asio::awaitable<void> poll(Exchange& exchange, Deadline until);
  boost::asio::awaitable<void> linger();
  void report(Exchange& exchange, bool sent);

  std::string peer_;
  Shared& shared_;
  const ServerSettings& settings_;
  Link link_;
  std::size_t requests_ = 0;
  bool is_idle_ = false;
  bool has_answered_ = false;  ///< so that the client must be given time to read it
};

}  // namespace reelprint::api::http
