#include "api/http/connection.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "api/http/answer_writer.h"
#include "api/http/body_reader.h"
#include "api/http/cors.h"
#include "api/http/encoding.h"
#include "api/http/request_id.h"
#include "api/http/target.h"

namespace reelprint::api::http {
namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr std::size_t kReadBytes = std::size_t{4} << 10;
constexpr std::chrono::milliseconds kLingerTime{2000};
constexpr std::size_t kLingerBytes = std::size_t{64} << 20;  // a refused upload, still on its way

Problem overloaded() {
  Problem problem(503, "overloaded", "The service has more to do than it can", "Try again a little later.");
  problem.headers.add("Retry-After", "1");
  return problem;
}

/// Empty lines before a request are skipped (RFC 9112, section 2.2).
void skip_empty_lines(std::string& unread) {
  std::size_t begin = 0;
  while (unread.compare(begin, 2, "\r\n") == 0) begin += 2;
  unread.erase(0, begin);
}

}  // namespace

Connection::Connection(std::shared_ptr<Transport> transport, std::string peer, Shared& shared,
                       asio::steady_timer pause)
    : peer_(std::move(peer)),
      shared_(shared),
      settings_(shared.settings),
      link_{shared, std::move(transport), std::move(pause), {}} {}

asio::awaitable<void> Connection::run() {
  const bool is_open = co_await link_.transport->open(steady_clock::now() + settings_.request.header_time);
  bool going_on = is_open;
  while (going_on) going_on = co_await serve();
  if (has_answered_) co_await linger();
  link_.transport->close();
}

void Connection::wind_down() {
  link_.winding_down = true;
  link_.pause.cancel();
  if (is_idle_) link_.transport->wake();
}

void Connection::cut() {
  link_.winding_down = true;
  link_.cut = true;
  link_.pause.cancel();
  link_.transport->close();
}

/// False when the connection is to end.
asio::awaitable<bool> Connection::serve() {
  Exchange exchange;
  has_answered_ = false;
  const bool came = co_await receive_head(exchange);
  if (!came) co_return false;
  ++requests_;
  if (!exchange.response) co_await answer(exchange);
  bool sent = false;
  if (exchange.response && !exchange.client_left && !link_.cut) {
    exchange.keep_alive = exchange.keep_alive && !link_.winding_down;
    sent = co_await send_answer(link_, exchange);
    has_answered_ = sent;
  }
  if (exchange.call || exchange.request.sink) {
    const auto release = [&exchange] {
      exchange.call.reset();
      exchange.request.sink.reset();
    };
    co_await on_worker(shared_.workers, release);
  }
  report(exchange, sent);
  co_return sent&& exchange.keep_alive && !link_.winding_down;
}

/// False when there is no request: the client has left, or was idle for too long.
asio::awaitable<bool> Connection::receive_head(Exchange& exchange) {
  const RequestLimits& limits = settings_.request;
  const auto first_time = requests_ == 0 ? limits.header_time : limits.keep_alive_time;
  skip_empty_lines(link_.unread);
  if (link_.unread.empty()) {
    if (link_.winding_down) co_return false;
    is_idle_ = true;
    const bool came = co_await receive_more(exchange, steady_clock::now() + first_time);
    is_idle_ = false;
    if (!came) co_return false;
  }
  exchange.begun = steady_clock::now();
  const Deadline deadline = exchange.begun + limits.header_time;
  for (;;) {
    skip_empty_lines(link_.unread);
    const std::size_t end = link_.unread.find("\r\n\r\n");
    if (end != std::string::npos && end + 4 <= limits.header_bytes) {
      exchange.head_text = link_.unread.substr(0, end + 4);
      link_.unread.erase(0, end + 4);
      break;
    }
    const bool is_too_long = end != std::string::npos || link_.unread.size() >= limits.header_bytes;
    const bool has_line = link_.unread.find('\n') != std::string::npos;
    if (is_too_long || (!has_line && link_.unread.size() > limits.target_bytes)) {
      exchange.request.id = request_id_of({});
      exchange.answer(has_line ? Problem(431, "headers-too-large", "The header fields are too large")
                               : Problem(414, "target-too-long", "The request's target is too long"));
      co_return true;
    }
    const bool came = co_await receive_more(exchange, deadline);
    if (exchange.response) co_return true;
    if (!came) co_return false;
  }
  understand(exchange);
  co_return true;
}

/// False when nothing more will come; then there may be an answer to what did.
asio::awaitable<bool> Connection::receive_more(Exchange& exchange, Deadline deadline) {
  const std::size_t before = link_.unread.size();
  link_.unread.resize(before + kReadBytes);
  const std::span<char> room(link_.unread.data() + before, kReadBytes);
  const ReadResult result = co_await link_.transport->read(room, deadline);
  link_.unread.resize(before + result.bytes);
  if (result.reading == Reading::timed_out && before > 0) {
    exchange.request.id = request_id_of({});
    exchange.answer(Problem(408, "too-slow", "The request came too slowly"));
  }
  co_return result.reading == Reading::got;
}

void Connection::understand(Exchange& exchange) {
  Request& request = exchange.request;
  request.id = request_id_of({});
  exchange.received_bytes = 0;
  exchange.guard([&] {
    exchange.head = parse_head(exchange.head_text, settings_.request.fields);
    request.method = exchange.head.method;
    request.headers = exchange.head.headers;
    request.id = request_id_of(request.headers);
    if (exchange.head.target.size() > settings_.request.target_bytes)
      throw Problem(414, "target-too-long", "The request's target is too long");
    Target target = parse_target(exchange.head.target);
    request.path = std::move(target.path);
    request.query = std::move(target.query);
    Origin origin = origin_of(request.headers, peer_, link_.transport->is_secure(), shared_.proxies);
    request.remote = std::move(origin.address);
    request.secure = origin.secure;
    exchange.keep_alive =
        exchange.head.keep_alive && requests_ + 1 < settings_.request.requests_per_connection;
  });
}

asio::awaitable<void> Connection::answer(Exchange& exchange) {
  exchange.response = preflight(exchange.request, settings_.cors_origins);
  if (!exchange.response) co_await begin(exchange);
  if (!exchange.response && exchange.head.has_body()) co_await receive_body(exchange);
  if (exchange.client_left) co_return;
  if (!exchange.response) {
    co_await respond(exchange);
  } else if (exchange.head.has_body()) {
    exchange.keep_alive = false;  // what is unread of the body would be taken for the next request
  }
}

asio::awaitable<void> Connection::begin(Exchange& exchange) {
  const auto ask = [this, &exchange] {
    exchange.guard([&] { exchange.call = shared_.application.begin(exchange.request); });
  };
  const bool was_asked = co_await on_free_worker(shared_.workers, ask);
  if (!was_asked) exchange.answer(overloaded());
}

asio::awaitable<void> Connection::receive_body(Exchange& exchange) {
  if (exchange.head.content_length.value_or(0) > exchange.call->most_body_bytes) {
    exchange.answer(
        Problem(413, "too-large", "The body is too large",
                "At most " + std::to_string(exchange.call->most_body_bytes) + " bytes are taken."));
    co_return;
  }
  if (exchange.head.expects_continue && link_.unread.empty()) {
    const bool sent =
        co_await link_.transport->write("HTTP/1.1 100 Continue\r\n\r\n", settings_.request.idle_time);
    exchange.client_left = !sent;
  }
  if (!exchange.client_left) co_await read_body(link_, exchange);
}

asio::awaitable<void> Connection::respond(Exchange& exchange) {
  std::optional<Deadline> until;
  const auto ask = [&exchange, &until] {
    exchange.guard([&] {
      if (exchange.call->sink) {
        exchange.call->sink->finish();
        exchange.request.sink = exchange.call->sink;
      }
      Answer given = exchange.call->respond(exchange.request);
      if (const auto* pending = std::get_if<Pending>(&given)) {
        until = pending->until;
        return;
      }
      exchange.response = std::move(std::get<Response>(given));
      compress(*exchange.response, exchange.request.headers);
    });
    if (exchange.response) exchange.call.reset();
  };
  co_await on_worker(shared_.workers, ask);
  if (until) co_await poll(exchange, *until);
}

asio::awaitable<void> Connection::poll(Exchange& exchange, Deadline until) {
  while (!exchange.response) {
    co_await rest(link_, settings_.pacing.poll);
    exchange.client_left = link_.cut || link_.transport->has_left();
    if (exchange.client_left) co_return;
    const bool is_late = link_.winding_down || steady_clock::now() >= until;
    const auto ask = [&exchange, is_late] {
      exchange.guard([&] {
        exchange.response = exchange.call->poll(exchange.request, is_late);
        if (exchange.response) compress(*exchange.response, exchange.request.headers);
        if (!exchange.response && is_late) throw std::logic_error("a late call had no answer");
      });
    };
    co_await on_worker(shared_.workers, ask);
  }
}

/// A connection closed with something unread in it is reset, and the client might lose the answer: so what
/// it sends still is read for a while.
asio::awaitable<void> Connection::linger() {
  link_.transport->end_writing();
  const Deadline deadline = steady_clock::now() + kLingerTime;
  std::array<char, kReadBytes> room{};
  std::size_t bytes = 0;
  while (bytes < kLingerBytes) {
    const ReadResult result = co_await link_.transport->read(room, deadline);
    if (result.reading != Reading::got) break;
    bytes += result.bytes;
  }
}

void Connection::report(Exchange& exchange, bool sent) {
  const auto time = steady_clock::now() - exchange.begun;
  shared_.application.done({exchange.request, sent ? exchange.response->status : 0, exchange.received_bytes,
                            exchange.sent_bytes, std::chrono::duration_cast<std::chrono::microseconds>(time),
                            exchange.failure});
}

}  // namespace reelprint::api::http
