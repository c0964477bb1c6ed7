#include "tests/support/http_client.h"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace reelprint::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using Loopback = asio::ip::address_v4;

std::string lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lowered;
}

std::string text_of(beast::string_view text) {
  return {text.data(), text.size()};
}

/// Runs what was started until it has ended.
void run(asio::io_context& io) {
  io.restart();
  io.run();
}

void expect(const boost::system::error_code& error, const std::string& what) {
  if (error) throw std::runtime_error(what + ": " + error.message());
}

}  // namespace

HttpAnswer http(std::uint16_t port, std::string_view method, const std::string& target,
                const HttpHeaders& headers, const std::string& body, std::chrono::seconds time) {
  const std::string what = std::string(method) + " " + target;
  asio::io_context io;
  beast::tcp_stream stream(io);
  stream.expires_after(time);
  boost::system::error_code error;
  stream.async_connect(tcp::endpoint(Loopback::loopback(), port),
                       [&](boost::system::error_code e) { error = e; });
  run(io);
  expect(error, what + ": connect");
  bhttp::request<bhttp::string_body> request;
  request.method_string({method.data(), method.size()});
  request.target(target);
  request.version(11);
  request.set(bhttp::field::host, "127.0.0.1:" + std::to_string(port));
  request.set(bhttp::field::connection, "close");
  for (const auto& [name, value] : headers) request.insert(name, value);
  request.body() = body;
  if (!body.empty() || method != "GET") request.prepare_payload();
  // An answer may come before all of the body was taken: then writing fails, and reading tells why.
  bhttp::async_write(stream, request, [](boost::system::error_code, std::size_t) {});
  run(io);
  beast::flat_buffer buffer;
  bhttp::response_parser<bhttp::string_body> parser;
  parser.body_limit(std::uint64_t{256} << 20);
  if (method == "HEAD") parser.skip(true);
  bhttp::async_read(stream, buffer, parser, [&](boost::system::error_code e, std::size_t) { error = e; });
  run(io);
  expect(error, what);
  HttpAnswer answer;
  answer.status = parser.get().result_int();
  for (const auto& field : parser.get())
    answer.headers[lower(text_of(field.name_string()))] = text_of(field.value());
  answer.body = std::move(parser.get().body());
  return answer;
}

struct HttpReceiver::State {
  asio::io_context io;
  tcp::acceptor acceptor{io, tcp::endpoint(Loopback::loopback(), 0)};
  std::vector<unsigned> statuses;
  mutable std::mutex mutex;  // guards requests
  mutable std::condition_variable changed;
  std::vector<HttpRequest> requests;
  std::thread thread;

  unsigned note(HttpRequest request) {
    const std::lock_guard lock(mutex);
    requests.push_back(std::move(request));
    changed.notify_all();
    return statuses[std::min(requests.size(), statuses.size()) - 1];
  }

  void serve(tcp::socket& socket) {
    boost::system::error_code error;
    beast::flat_buffer buffer;
    bhttp::request<bhttp::string_body> request;
    bhttp::read(socket, buffer, request, error);
    if (error) return;
    HttpRequest seen{text_of(request.method_string()), text_of(request.target()), {}, request.body()};
    for (const auto& field : request)
      seen.headers.emplace_back(lower(text_of(field.name_string())), text_of(field.value()));
    bhttp::response<bhttp::string_body> response(static_cast<bhttp::status>(note(std::move(seen))), 11);
    response.set(bhttp::field::connection, "close");
    response.prepare_payload();
    bhttp::write(socket, response, error);
    socket.shutdown(tcp::socket::shutdown_both, error);
  }

  void accept_next() {
    acceptor.async_accept([this](boost::system::error_code error, tcp::socket socket) {
      if (error) return;
      serve(socket);
      accept_next();
    });
  }
};

HttpReceiver::HttpReceiver(std::vector<unsigned> statuses) : state_(std::make_unique<State>()) {
  state_->statuses = std::move(statuses);
  state_->accept_next();
  state_->thread = std::thread([this] { state_->io.run(); });
}

HttpReceiver::~HttpReceiver() {
  state_->io.stop();
  state_->thread.join();
}

std::uint16_t HttpReceiver::port() const {
  return state_->acceptor.local_endpoint().port();
}

std::vector<HttpRequest> HttpReceiver::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

std::vector<HttpRequest> HttpReceiver::wait_for(std::size_t count, std::chrono::seconds time) const {
  std::unique_lock lock(state_->mutex);
  if (!state_->changed.wait_for(lock, time, [&] { return state_->requests.size() >= count; }))
    throw std::runtime_error("receive " + std::to_string(count) + " requests: only " +
                             std::to_string(state_->requests.size()) + " came");
  return state_->requests;
}

}  // namespace reelprint::test
