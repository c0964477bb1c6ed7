#include "api/http/body_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <limits>
#include <span>

namespace reelprint::api::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kPieceBytes = std::size_t{128} << 10;  // what a sink gets at once
constexpr std::size_t kReadBytes = std::size_t{32} << 10;
constexpr std::size_t kMostOverheadBytes = std::size_t{16} << 10;  // the head of a chunk, or trailers

class BodyReader {
 public:
  BodyReader(Link& link, Exchange& exchange)
      : link_(link), exchange_(exchange), limits_(link.shared.settings.request) {}

  asio::awaitable<void> read() {
    start();
    begun_ = std::chrono::steady_clock::now();
    while (!is_over()) {
      if (needs_more_) {
        co_await receive();
      } else {
        parse();
      }
      const bool is_full = filled_ == room_.size() || parser_.is_done() || is_over();
      if (is_full && filled_ > 0) co_await deliver();
      if (parser_.is_done()) break;
    }
  }

 private:
  [[nodiscard]] bool is_over() const { return exchange_.response || exchange_.client_left; }

  /// The parser learns from the head how the body is framed.
  void start() {
    error_code error;
    parser_.body_limit(std::numeric_limits<std::uint64_t>::max());  // it is limited here
    parser_.header_limit(static_cast<std::uint32_t>(limits_.header_bytes));
    parser_.put(asio::buffer(exchange_.head_text), error);
    parser_.eager(true);
    parser_.on_chunk_header(on_chunk_);
    if (error || !parser_.is_header_done()) {
      exchange_.answer(Problem(400, "malformed-request", "The request is malformed", error.message()));
    }
    const std::size_t length = exchange_.head.content_length.value_or(kPieceBytes);
    needs_more_ = link_.unread.empty();
    room_.resize(std::clamp<std::size_t>(length, 1, kPieceBytes));
  }

  void parse() {
    auto& body = parser_.get().body();
    body.data = room_.data() + filled_;
    body.size = room_.size() - filled_;
    error_code error;
    const std::size_t used = parser_.put(asio::buffer(link_.unread), error);
    link_.unread.erase(0, used);
    const std::size_t filled = room_.size() - body.size;
    exchange_.received_bytes += filled - filled_;
    filled_ = filled;
    needs_more_ = error == beast_http::error::need_more || used == 0 || link_.unread.empty();
    const bool is_fault =
        error && error != beast_http::error::need_more && error != beast_http::error::need_buffer;
    if (error == beast_http::error::body_limit ||
        exchange_.received_bytes > exchange_.call->most_body_bytes) {
      filled_ = 0;
      exchange_.answer(Problem(413, "too-large", "The body is too large"));
    } else if (is_fault) {
      exchange_.answer(Problem(400, "malformed-request", "The body is malformed", error.message()));
    } else if (needs_more_ && link_.unread.size() > kMostOverheadBytes) {
      exchange_.answer(Problem(400, "malformed-request", "The body's chunks are malformed"));
    }
  }

  asio::awaitable<void> receive() {
    const std::size_t before = link_.unread.size();
    link_.unread.resize(before + kReadBytes);
    const std::span<char> room(link_.unread.data() + before, kReadBytes);
    const ReadResult result = co_await link_.transport->read(room, deadline());
    link_.unread.resize(before + result.bytes);
    needs_more_ = result.reading == Reading::woken;
    if (result.reading == Reading::got) co_return;
    if (result.reading == Reading::timed_out) {
      exchange_.answer(Problem(408, "too-slow", "The body came too slowly"));
    } else if (result.reading == Reading::ended) {
      exchange_.client_left = true;
    }
  }

  /// The earliest of: no byte for too long, too few bytes on the average, the whole request too long.
  [[nodiscard]] Deadline deadline() const {
    const std::chrono::milliseconds earned(exchange_.received_bytes * 1000 /
                                           std::max<std::size_t>(limits_.least_bytes_per_s, 1));
    return std::min({std::chrono::steady_clock::now() + limits_.idle_time,
                     begun_ + limits_.idle_time + earned, exchange_.deadline(link_.shared.settings)});
  }

  asio::awaitable<void> deliver() {
    const std::span<const char> piece(room_.data(), filled_);
    filled_ = 0;
    if (!exchange_.call->sink) {
      exchange_.request.body.append(piece.data(), piece.size());
      co_return;
    }
    // What came must not be lost because the rest of it was refused: the answer already there stays.
    const auto write = [this, piece] {
      exchange_.guard([&] { exchange_.call->sink->write(std::as_bytes(piece)); });
    };
    co_await on_worker(link_.shared.workers, write);
  }

  /// A chunk that says that it will be too large is refused before it comes.
  void expect_chunk(std::uint64_t bytes, error_code& error) const {
    const std::uint64_t room = exchange_.call->most_body_bytes - exchange_.received_bytes;
    if (exchange_.received_bytes > exchange_.call->most_body_bytes || bytes > room)
      error = beast_http::error::body_limit;
  }

  Link& link_;
  Exchange& exchange_;
  const RequestLimits& limits_;
  // The parser keeps a reference to it.
  std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> on_chunk_ =
      [this](std::uint64_t bytes, boost::beast::string_view, error_code& error) {
        expect_chunk(bytes, error);
      };
  beast_http::request_parser<beast_http::buffer_body> parser_;
  std::string room_;
  std::size_t filled_ = 0;
  bool needs_more_ = false;
  Deadline begun_;
};

}  // namespace

asio::awaitable<void> read_body(Link& link, Exchange& exchange) {
  BodyReader reader(link, exchange);
  co_await reader.read();
}

}  // namespace reelprint::api::http
