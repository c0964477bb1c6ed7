#include "crawler/guarded_proxy.h"

#include <curl/curl.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "crawler/curl_guard.h"
#include "crawler/normal_url.h"
#include "crawler/proxy_request.h"

namespace reelprint::crawler {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kMostHeadBytes = std::size_t{64} << 10;
constexpr milliseconds kTick{100};
/// A client that keeps an idle connection and makes another one wants the other.
constexpr milliseconds kIdleBesideAnother{500};

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

/// What came so far; "" at the end.
std::string receive(int socket) {
  std::array<char, 16'384> piece{};
  for (;;) {
    const ssize_t size = ::recv(socket, piece.data(), piece.size(), 0);
    if (size < 0 && errno == EINTR) continue;
    return size <= 0 ? std::string() : std::string(piece.data(), static_cast<std::size_t>(size));
  }
}

bool is_readable(int socket, milliseconds patience) {
  pollfd waiting{socket, POLLIN, 0};
  return ::poll(&waiting, 1, static_cast<int>(patience.count())) > 0;
}

/// Head with the empty line, and what came behind it; nothing when it does not come or has no end.
std::optional<std::string> read_head(int socket, milliseconds limit, const std::stop_token& stop) {
  std::string text;
  const auto deadline = steady_clock::now() + limit;
  while (text.find("\r\n\r\n") == std::string::npos) {
    if (stop.stop_requested() || steady_clock::now() > deadline || text.size() > kMostHeadBytes)
      return std::nullopt;
    if (!is_readable(socket, kTick)) continue;
    const std::string piece = receive(socket);
    if (piece.empty()) return std::nullopt;
    text += piece;
  }
  return text;
}

/// Waits for what it sends to be taken, but not for ever.
void make_patient(int socket) {
  ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) & ~O_NONBLOCK);
  const timeval limit{10, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

/// A connection that the guard has seen to.
struct Connected {
  CurlHandle handle{};
  int socket = -1;
  std::string address{};
  std::string problem{};
};

/// By way of the settings' proxy, if there is one.
Connected connect_to(const std::string& url, const FetchSettings& settings) {
  Connected made;
  ConnectGuard guard(settings);
  set_guards(made.handle, settings, settings.connect_limit);
  guard.watch(made.handle);
  const std::string host = host_key(url);
  const bool is_https = host.starts_with("https://");
  const bool has_port = host.find(':', host.find("//") + 2) > host.rfind(']') &&
                        host.find(':', host.find("//") + 2) != std::string::npos;
  const std::string place =
      "http://" + host.substr(host.find("//") + 2) + (is_https && !has_port ? ":443" : "");
  curl_easy_setopt(made.handle.raw(), CURLOPT_URL, place.c_str());
  curl_easy_setopt(made.handle.raw(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(made.handle.raw(), CURLOPT_HTTPPROXYTUNNEL, 1L);
  const CURLcode code = curl_easy_perform(made.handle.raw());
  if (!guard.refused_address().empty())
    made.problem = "address: " + guard.refused_address() + " is not of the public internet";
  else if (code != CURLE_OK)
    made.problem = std::string("connect: ") + curl_easy_strerror(code);
  curl_socket_t socket = CURL_SOCKET_BAD;
  if (code == CURLE_OK) curl_easy_getinfo(made.handle.raw(), CURLINFO_ACTIVESOCKET, &socket);
  made.socket = static_cast<int>(socket);
  if (made.socket >= 0) make_patient(made.socket);
  const char* address = nullptr;
  if (code == CURLE_OK) curl_easy_getinfo(made.handle.raw(), CURLINFO_PRIMARY_IP, &address);
  if (address != nullptr) made.address = address;
  return made;
}

}  // namespace

GuardedProxy::GuardedProxy(Descriptor listener, GuardedProxySettings settings)
    : listener_(std::move(listener)), settings_(std::move(settings)) {
  settings_.fetch.connect_limit = std::min(settings_.fetch.connect_limit, milliseconds{10'000});
  thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

std::vector<ProxiedRequest> GuardedProxy::end() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  return std::move(requests_);
}

void GuardedProxy::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!is_readable(listener_.number(), kTick)) continue;
    Descriptor client(::accept4(listener_.number(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!client) continue;
    make_patient(client.number());
    try {
      serve_one(std::move(client), stop);
    } catch (const Error&) {
      continue;  // libcurl has no handle left: this request gets no answer
    }
  }
}

void GuardedProxy::serve_one(Descriptor client, const std::stop_token& stop) {
  const auto head = read_head(client.number(), settings_.idle_limit, stop);
  const auto wanted = head ? read_proxy_request(*head) : std::nullopt;
  if (!wanted) {
    send_all(client.number(), "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    return;
  }
  const auto began = steady_clock::now();
  ProxiedRequest request{.url = wanted->url, .at = SystemClock().now()};
  const bool is_used_up = requests_.size() >= settings_.most_requests || bytes_ >= settings_.most_bytes;
  if (is_used_up) request.refused = "extractor: it has asked for too much";
  if (const auto why = refusal_of_url(wanted->url, settings_.fetch); why && request.refused.empty())
    request.refused = "address: " + *why;
  if (request.refused.empty() && settings_.refusal) request.refused = settings_.refusal(wanted->url);
  std::optional<Connected> server;
  if (request.refused.empty()) {
    server = connect_to(wanted->url, settings_.fetch);
    request.refused = server->problem;
    request.address = server->address;
  }
  if (!request.refused.empty()) {
    send_all(client.number(), "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  } else if ((!wanted->is_tunnel || send_all(client.number(), "HTTP/1.1 200 OK\r\n\r\n")) &&
             send_all(server->socket, wanted->to_send)) {
    request.bytes = pass_on(client.number(), server->socket, request, stop);
    if (wanted->is_tunnel) request.status = 0;
  }
  request.took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
  if (requests_.size() < 2 * settings_.most_requests) requests_.push_back(std::move(request));
}

/// Both ways, until either side ends, nothing comes any more or it is too much. Bytes from the server.
std::uint64_t GuardedProxy::pass_on(int client, int server, ProxiedRequest& request,
                                    const std::stop_token& stop) {
  std::uint64_t received = 0;
  auto last = steady_clock::now();
  while (!stop.stop_requested() && bytes_ < settings_.most_bytes) {
    const auto idle = steady_clock::now() - last;
    if (idle > settings_.idle_limit) break;
    if (idle > kIdleBesideAnother && received > 0 && is_readable(listener_.number(), milliseconds{0})) break;
    std::array<pollfd, 2> waiting{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(waiting.data(), waiting.size(), static_cast<int>(kTick.count())) <= 0) continue;
    last = steady_clock::now();
    if (waiting[0].revents != 0) {
      const std::string bytes = receive(client);
      if (bytes.empty() || !send_all(server, bytes)) break;
    }
    if (waiting[1].revents != 0) {
      const std::string bytes = receive(server);
      if (bytes.empty()) break;
      if (received == 0 && bytes.starts_with("HTTP/1.") && bytes.size() > 12)
        std::from_chars(bytes.data() + 9, bytes.data() + 12, request.status);
      received += bytes.size();
      bytes_ += bytes.size();
      if (!send_all(client, bytes)) break;
    }
  }
  return received;
}

}  // namespace reelprint::crawler
