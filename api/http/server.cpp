#include "api/http/server.h"

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include "api/http/connection.h"
#include "core/error.h"

namespace reelprint::api::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kAcceptAgain{100};
constexpr std::string_view kTooMany =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view kTooManyOfOne =
    "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

std::size_t at_least_one(std::size_t threads) {
  return threads == 0 ? 1 : threads;
}

}  // namespace

class Server::Implementation {
 public:
  Implementation(ServerSettings settings, Application& application)
      : settings_(std::move(settings)),
        io_(static_cast<int>(at_least_one(settings_.io_threads))),
        acceptor_(asio::make_strand(io_)),
        workers_(at_least_one(settings_.worker_threads), settings_.limits.queued_requests),
        shared_{settings_, application, workers_, AddressBlocks(settings_.trusted_proxies)} {
    if (!address_of(settings_.address))
      throw Error(ErrorCode::invalid_input, "listen on '" + settings_.address + "': this is no address");
    if (settings_.tls) tls_ = make_tls_context(*settings_.tls);
  }

  void start() {
    listen();
    asio::co_spawn(acceptor_.get_executor(), accept(), [](const std::exception_ptr&) {});
    for (std::size_t i = 0; i < at_least_one(settings_.io_threads); ++i) {
      threads_.emplace_back([this] { io_.run(); });
    }
  }

  std::uint16_t port() const { return port_; }

  void stop(std::chrono::milliseconds grace) {
    const std::lock_guard once(stopping_);
    if (threads_.empty()) return;
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
    });
    const auto deadline = std::chrono::steady_clock::now() + grace;
    {
      std::unique_lock lock(mutex_);
      is_stopping_ = true;
      tell_all(&Connection::wind_down);
      if (!gone_.wait_until(lock, deadline, [this] { return connections_.empty(); })) {
        tell_all(&Connection::cut);
        gone_.wait(lock, [this] { return connections_.empty(); });
      }
    }
    work_.reset();
    threads_.clear();
  }

  void reload_certificates() {
    if (!settings_.tls) return;
    auto fresh = make_tls_context(*settings_.tls);
    const std::lock_guard lock(mutex_);
    tls_ = std::move(fresh);
  }

  ServerLoad load() const {
    const std::lock_guard lock(mutex_);
    return {connections_.size(), shared_.event_streams, workers_.waiting(), workers_.refused(),
            refused_connections_};
  }

 private:
  struct Entry {
    std::weak_ptr<Connection> connection;
    asio::any_io_executor executor;
    std::string peer;
  };

  void listen() {
    try {
      const tcp::endpoint endpoint(asio::ip::make_address(settings_.address), settings_.port);
      acceptor_.open(endpoint.protocol());
      acceptor_.set_option(tcp::acceptor::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen();
      port_ = acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
      throw Error(ErrorCode::io, "listen on '" + settings_.address + "' port " +
                                     std::to_string(settings_.port) + ": " + error.code().message());
    }
  }

  asio::awaitable<void> accept() {
    while (acceptor_.is_open()) {
      error_code error;
      const asio::any_io_executor strand = asio::make_strand(io_);
      tcp::socket socket =
          co_await acceptor_.async_accept(strand, asio::redirect_error(asio::use_awaitable, error));
      if (!error) {
        admit(std::move(socket));
      } else if (acceptor_.is_open()) {  // out of descriptors, or the client left at once
        asio::steady_timer pause(acceptor_.get_executor(), kAcceptAgain);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
      }
    }
  }

  void admit(tcp::socket socket) {
    error_code error;
    const tcp::endpoint endpoint = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    const auto address = address_of(endpoint.address().to_string());
    const std::string peer = address ? to_string(*address) : endpoint.address().to_string();
    const bool is_proxy = address && shared_.proxies.contains(*address);
    const std::lock_guard lock(mutex_);
    if (is_stopping_) return;
    const auto known = by_peer_.find(peer);
    const std::size_t of_peer = known == by_peer_.end() ? 0 : known->second;
    if (connections_.size() >= settings_.limits.connections) return refuse(socket, kTooMany);
    if (!is_proxy && of_peer >= settings_.limits.connections_per_address)
      return refuse(socket, kTooManyOfOne);
    serve(std::move(socket), peer);
  }

  /// Needs mutex_ to be held.
  void serve(tcp::socket socket, const std::string& peer) {
    const asio::any_io_executor executor = socket.get_executor();
    const auto connection = std::make_shared<Connection>(make_transport(std::move(socket), tls_), peer,
                                                         shared_, asio::steady_timer(executor));
    const std::uint64_t number = ++last_number_;
    connections_.emplace(number, Entry{connection, executor, peer});
    ++by_peer_[peer];
    asio::co_spawn(executor, connection->run(),
                   [this, number, connection](const std::exception_ptr&) { forget(number); });
  }

  /// Says why in one go, as far as the socket takes it: nothing is waited for. Needs mutex_ to be held.
  void refuse(tcp::socket& socket, std::string_view answer) {
    ++refused_connections_;
    if (tls_) return;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(tcp::socket::shutdown_send, ignored);
  }

  void forget(std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    const auto entry = connections_.find(number);
    if (entry == connections_.end()) return;
    const auto peer = by_peer_.find(entry->second.peer);
    if (--peer->second == 0) by_peer_.erase(peer);
    connections_.erase(entry);
    if (connections_.empty()) gone_.notify_all();
  }

  /// Needs mutex_ to be held.
  void tell_all(void (Connection::*what)()) {
    for (const auto& [number, entry] : connections_) {
      asio::post(entry.executor, [what, weak = entry.connection] {
        if (const auto connection = weak.lock()) ((*connection).*what)();
      });
    }
  }

  ServerSettings settings_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  tcp::acceptor acceptor_;
  WorkQueue workers_;
  Shared shared_;
  std::atomic<std::uint16_t> port_{0};
  std::mutex stopping_;       ///< guards threads_
  mutable std::mutex mutex_;  ///< guards what follows down to gone_
  std::shared_ptr<TlsContext> tls_;
  std::map<std::uint64_t, Entry> connections_;
  std::map<std::string, std::size_t> by_peer_;
  std::uint64_t last_number_ = 0;
  std::uint64_t refused_connections_ = 0;
  bool is_stopping_ = false;
  std::condition_variable gone_;
  std::vector<std::jthread> threads_;
};

Server::Server(ServerSettings settings, Application& application)
    : implementation_(std::make_unique<Implementation>(std::move(settings), application)) {}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

void Server::start() {
  implementation_->start();
}

std::uint16_t Server::port() const {
  return implementation_->port();
}

void Server::stop(std::chrono::milliseconds grace) {
  implementation_->stop(grace);
}

void Server::reload_certificates() {
  implementation_->reload_certificates();
}

ServerLoad Server::load() const {
  return implementation_->load();
}

}  // namespace reelprint::api::http
