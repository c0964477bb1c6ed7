#include "api/http/transport.h"

#include <poll.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>
#include <utility>

namespace reelprint::api::http {
namespace {

namespace asio = boost::asio;
using Socket = asio::ip::tcp::socket;
using boost::system::error_code;

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;

/// Stream is Socket or asio::ssl::stream<Socket>.
template <class Stream>
class SocketTransport final : public Transport, public std::enable_shared_from_this<SocketTransport<Stream>> {
 public:
  static constexpr bool kIsTls = !std::is_same_v<Stream, Socket>;

  explicit SocketTransport(Socket socket) requires(!kIsTls)
      : watchdog_(socket.get_executor()), stream_(std::move(socket)) {}
  SocketTransport(Socket socket, std::shared_ptr<TlsContext> tls) requires kIsTls
      : tls_(std::move(tls)),
        watchdog_(socket.get_executor()),
        stream_(std::move(socket), *tls_) {}

  asio::awaitable<bool> open(Deadline deadline) override {
    if constexpr (kIsTls) {
      error_code error;
      watch(deadline);
      co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                       asio::redirect_error(asio::use_awaitable, error));
      unwatch();
      co_return !error;
    } else {
      static_cast<void>(deadline);
      co_return true;
    }
  }

  asio::awaitable<ReadResult> read(std::span<char> room, Deadline deadline) override {
    error_code error;
    watch(deadline);
    reading_ = true;
    const std::size_t bytes = co_await stream_.async_read_some(
        asio::buffer(room.data(), room.size()), asio::redirect_error(asio::use_awaitable, error));
    reading_ = false;
    unwatch();
    const bool was_woken = std::exchange(woken_, false);
    ReadResult result;
    result.bytes = bytes;
    if (!error) {
      result.reading = Reading::got;
    } else if (error == asio::error::operation_aborted && !is_closed_ && (timed_out_ || was_woken)) {
      result.reading = timed_out_ ? Reading::timed_out : Reading::woken;
    }
    co_return result;
  }

  asio::awaitable<bool> write(std::string_view bytes, std::chrono::milliseconds idle) override {
    while (!bytes.empty()) {
      error_code error;
      watch(std::chrono::steady_clock::now() + idle);
      const std::size_t written =
          co_await stream_.async_write_some(asio::buffer(bytes.data(), std::min(bytes.size(), kPieceBytes)),
                                            asio::redirect_error(asio::use_awaitable, error));
      unwatch();
      if (error) co_return false;
      bytes.remove_prefix(written);
    }
    co_return !is_closed_;
  }

  void wake() override {
    if (!reading_) return;
    woken_ = true;
    error_code ignored;
    socket().cancel(ignored);
  }
  void end_writing() override {
    error_code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
  }
  void close() override {
    is_closed_ = true;
    error_code ignored;
    socket().close(ignored);
    watchdog_.cancel();
  }
  bool has_left() override {
    if (is_closed_) return true;
    pollfd look{socket().native_handle(), POLLRDHUP, 0};
    return ::poll(&look, 1, 0) > 0 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
  }
  bool is_secure() const override { return kIsTls; }

 private:
  Socket& socket() {
    if constexpr (kIsTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }

  /// Cancels the operation that begins now if it has not ended by then.
  void watch(Deadline deadline) {
    timed_out_ = false;
    const std::uint64_t operation = ++operation_;
    watchdog_.expires_at(deadline);
    watchdog_.async_wait([this, self = this->shared_from_this(), operation](const error_code& error) {
      if (error || operation != operation_) return;
      timed_out_ = true;
      error_code ignored;
      socket().cancel(ignored);
    });
  }
  void unwatch() {
    ++operation_;
    watchdog_.cancel();
  }

  std::shared_ptr<TlsContext> tls_;
  asio::steady_timer watchdog_;
  Stream stream_;
  std::uint64_t operation_ = 0;
  bool timed_out_ = false;
  bool reading_ = false;
  bool woken_ = false;
  bool is_closed_ = false;
};

}  // namespace

std::shared_ptr<Transport> make_transport(Socket socket, std::shared_ptr<TlsContext> tls) {
  if (tls)
    return std::make_shared<SocketTransport<asio::ssl::stream<Socket>>>(std::move(socket), std::move(tls));
  return std::make_shared<SocketTransport<Socket>>(std::move(socket));
}

}  // namespace reelprint::api::http
