#include "tests/support/loopback_web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <stdexcept>

namespace reelprint::test {
namespace {

constexpr std::uint32_t kFirstAddress = 0x7F000100;  ///< 127.0.1.0
constexpr std::size_t kMostHead = 64 * 1024;

sockaddr_in address_of(std::size_t host, std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(kFirstAddress + static_cast<std::uint32_t>(host));
  address.sin_port = htons(port);
  return address;
}

/// A port that every address has free: tried until one is.
int listen_on(std::size_t host, std::uint16_t& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = address_of(host, port);
  socklen_t size = sizeof address;
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, 64) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    ::close(listener);
    return -1;
  }
  port = ntohs(address.sin_port);
  return listener;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

SeenRequest read_head(std::size_t host, const std::string& head) {
  SeenRequest request;
  request.host = host;
  const std::size_t line = head.find("\r\n");
  const std::size_t method = head.find(' ');
  const std::size_t target = head.find(' ', method + 1);
  request.method = head.substr(0, method);
  request.target = head.substr(method + 1, target - method - 1);
  for (std::size_t at = line + 2; at < head.size();) {
    const std::size_t end = std::min(head.find("\r\n", at), head.size());
    const std::size_t colon = head.find(':', at);
    if (colon < end) {
      const std::size_t value = head.find_first_not_of(' ', colon + 1);
      request.headers[lower(head.substr(at, colon - at))] =
          value < end ? head.substr(value, end - value) : "";
    }
    at = end + 2;
  }
  return request;
}

/// "bytes=5-9" of a body of so many bytes, as [first, second).
std::optional<std::pair<std::uint64_t, std::uint64_t>> range_of(const SeenRequest& request,
                                                                std::uint64_t bytes) {
  const auto found = request.headers.find("range");
  if (found == request.headers.end() || !found->second.starts_with("bytes=")) return std::nullopt;
  const std::string& text = found->second;
  const std::size_t dash = text.find('-');
  std::uint64_t first = 0;
  std::uint64_t last = bytes - 1;
  std::from_chars(text.data() + 6, text.data() + dash, first);
  if (dash + 1 < text.size()) std::from_chars(text.data() + dash + 1, text.data() + text.size(), last);
  return std::pair(std::min(first, bytes), std::min(last + 1, bytes));
}

std::string head_of(const WebAnswer& answer, int status, std::optional<std::uint64_t> length,
                    const std::string& more) {
  std::string head = "HTTP/1.1 " + std::to_string(status) + " Whatever\r\n";
  for (const auto& [name, value] : answer.headers) head += name + ": " + value + "\r\n";
  if (length) head += "Content-Length: " + std::to_string(*length) + "\r\n";
  return head + more + (answer.is_chunked || !length ? "Connection: close\r\n\r\n" : "\r\n");
}

struct Sent {
  int status = 0;
  std::uint64_t bytes = 0;
  bool goes_on = false;
};

Sent send_file(int socket, const WebAnswer& answer, std::uint64_t begin, std::uint64_t end, Sent sent) {
  std::ifstream in(answer.file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(begin));
  std::array<char, 65536> part{};
  while (begin < end) {
    const auto want = std::min<std::uint64_t>(part.size(), end - begin);
    in.read(part.data(), static_cast<std::streamsize>(want));
    if (static_cast<std::uint64_t>(in.gcount()) != want || !send_all(socket, {part.data(), want}))
      return sent;
    sent.bytes += want;
    begin += want;
  }
  sent.goes_on = true;
  return sent;
}

Sent send_stream(int socket, const WebAnswer& answer, const std::atomic<bool>& is_ending) {
  Sent sent{answer.status, 0, false};
  const auto length = answer.stream_bytes > 0 ? std::optional(answer.stream_bytes) : std::nullopt;
  if (!send_all(socket, head_of(answer, answer.status, length, "Connection: close\r\n"))) return sent;
  answer.stream([&](std::string_view bytes) {
    if (is_ending || !send_all(socket, bytes)) return false;
    sent.bytes += bytes.size();
    return true;
  });
  return sent;
}

Sent send_answer(int socket, const SeenRequest& request, const WebAnswer& answer,
                 const std::atomic<bool>& is_ending) {
  if (answer.stream) return send_stream(socket, answer, is_ending);
  const std::uint64_t total =
      answer.file.empty() ? answer.body.size() : std::filesystem::file_size(answer.file);
  std::uint64_t begin = 0;
  std::uint64_t end = total;
  int status = answer.status;
  std::string more = answer.takes_ranges ? "Accept-Ranges: bytes\r\n" : "";
  if (const auto range = answer.takes_ranges ? range_of(request, total) : std::nullopt) {
    std::tie(begin, end) = *range;
    status = begin < end ? 206 : 416;
    more += "Content-Range: bytes " +
            (status == 206 ? std::to_string(begin) + "-" + std::to_string(end - 1) : std::string("*")) + "/" +
            std::to_string(total) + "\r\n";
    if (status == 416) end = begin;
  }
  Sent sent{status, 0, false};
  const auto length = answer.is_chunked ? std::nullopt : std::optional(end - begin);
  if (!send_all(socket, head_of(answer, status, length, more))) return sent;
  if (request.method == "HEAD" || begin >= end) {
    sent.goes_on = !answer.is_chunked;
    return sent;
  }
  if (!answer.file.empty()) return send_file(socket, answer, begin, end, sent);
  if (!send_all(socket, std::string_view(answer.body).substr(begin, end - begin))) return sent;
  sent.bytes = end - begin;
  sent.goes_on = !answer.is_chunked;
  return sent;
}

}  // namespace

LoopbackWeb::LoopbackWeb(std::size_t hosts) : hosts_(hosts + 1) {
  for (int attempt = 0; attempt < 50; ++attempt) {
    std::uint16_t port = 0;
    bool all = true;
    for (std::size_t host = 1; host <= hosts && all; ++host)
      all = (hosts_[host].listener = listen_on(host, port)) >= 0;
    if (all) {
      port_ = port;
      acceptor_ = std::jthread([this](const std::stop_token& stop) { accept_all(stop); });
      return;
    }
    for (Host& host : hosts_) {
      if (host.listener >= 0) ::close(host.listener);
      host.listener = -1;
    }
  }
  throw std::runtime_error("make a web for tests: no port is free on all addresses");
}

LoopbackWeb::~LoopbackWeb() {
  is_ending_ = true;
  acceptor_.request_stop();
  acceptor_.join();
  for (const Host& host : hosts_)
    if (host.listener >= 0) ::close(host.listener);
  std::unique_lock lock(mutex_);
  for (const int socket : connections_) ::shutdown(socket, SHUT_RDWR);
  ended_.wait(lock, [this] { return threads_ == 0; });
}

std::string LoopbackWeb::url(std::size_t host, std::string_view target) const {
  return "http://127.0.1." + std::to_string(host) + ":" + std::to_string(port_) + std::string(target);
}

void LoopbackWeb::put(std::size_t host, const std::string& path, WebAnswer answer) {
  put(host, path, [answer = std::move(answer)](const SeenRequest&) { return answer; });
}

void LoopbackWeb::put(std::size_t host, const std::string& path, Serve serve) {
  const std::lock_guard lock(mutex_);
  hosts_.at(host).pages[path] = std::move(serve);
}

void LoopbackWeb::put_rest(Serve serve) {
  const std::lock_guard lock(mutex_);
  rest_ = std::move(serve);
}

void LoopbackWeb::remove(std::size_t host, const std::string& path) {
  const std::lock_guard lock(mutex_);
  hosts_.at(host).pages.erase(path);
}

std::vector<SeenRequest> LoopbackWeb::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t LoopbackWeb::most_at_once(std::size_t host) const {
  const std::lock_guard lock(mutex_);
  return hosts_.at(host).most_at_once;
}

std::uint64_t LoopbackWeb::sent_bytes() const {
  const std::lock_guard lock(mutex_);
  std::uint64_t sum = 0;
  for (const SeenRequest& request : requests_) sum += request.sent;
  return sum;
}

void LoopbackWeb::forget_requests() {
  const std::lock_guard lock(mutex_);
  forgotten_ += requests_.size();
  requests_.clear();
}

void LoopbackWeb::accept_all(const std::stop_token& stop) {
  std::vector<pollfd> waiting;
  for (std::size_t i = 1; i < hosts_.size(); ++i) waiting.push_back({hosts_[i].listener, POLLIN, 0});
  while (!stop.stop_requested()) {
    if (::poll(waiting.data(), waiting.size(), 20) <= 0) continue;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      if ((waiting[i].revents & POLLIN) == 0) continue;
      const int socket = ::accept4(waiting[i].fd, nullptr, nullptr, SOCK_CLOEXEC);
      if (socket < 0) continue;
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const std::lock_guard lock(mutex_);
      connections_.insert(socket);
      ++threads_;
      std::thread([this, host = i + 1, socket] { serve_connection(host, socket); }).detach();
    }
  }
}

void LoopbackWeb::serve_connection(std::size_t host, int socket) {
  std::string unread;
  while (!is_ending_ && serve_one(host, socket, unread)) {
  }
  const std::lock_guard lock(mutex_);
  connections_.erase(socket);
  ::close(socket);
  --threads_;
  ended_.notify_all();
}

bool LoopbackWeb::serve_one(std::size_t host, int socket, std::string& unread) {
  std::size_t end = 0;
  while ((end = unread.find("\r\n\r\n")) == std::string::npos) {
    std::array<char, 8192> part{};
    const ssize_t size = ::recv(socket, part.data(), part.size(), 0);
    if (size <= 0 || unread.size() > kMostHead) return false;
    unread.append(part.data(), static_cast<std::size_t>(size));
  }
  SeenRequest request = read_head(host, unread.substr(0, end + 2));
  unread.erase(0, end + 4);
  request.began_at = std::chrono::steady_clock::now();
  const std::size_t number = begin(request);
  const Sent sent = send_answer(socket, request, serve_of(host, request.target)(request), is_ending_);
  this->end(host, number, sent.status, sent.bytes);
  const auto connection = request.headers.find("connection");
  return sent.goes_on && (connection == request.headers.end() || connection->second != "close");
}

LoopbackWeb::Serve LoopbackWeb::serve_of(std::size_t host, const std::string& target) const {
  const std::lock_guard lock(mutex_);
  const auto& pages = hosts_.at(host).pages;
  const auto found = pages.find(target.substr(0, target.find('?')));
  if (found != pages.end()) return found->second;
  if (rest_) return rest_;
  return [](const SeenRequest&) { return WebAnswer{.status = 404, .body = "nothing here"}; };
}

std::size_t LoopbackWeb::begin(const SeenRequest& request) {
  const std::lock_guard lock(mutex_);
  Host& host = hosts_.at(request.host);
  host.most_at_once = std::max(host.most_at_once, ++host.at_once);
  requests_.push_back(request);
  return forgotten_ + requests_.size() - 1;
}

void LoopbackWeb::end(std::size_t host, std::size_t number, int status, std::uint64_t sent) {
  const std::lock_guard lock(mutex_);
  --hosts_.at(host).at_once;
  if (number < forgotten_) return;
  SeenRequest& request = requests_.at(number - forgotten_);
  request.ended_at = std::chrono::steady_clock::now();
  request.status = status;
  request.sent = sent;
}

WebAnswer html(const std::string& body, const std::string& head) {
  return {.headers = {{"Content-Type", "text/html; charset=utf-8"}},
          .body = "<!doctype html><html><head>" + head + "</head><body>" + body + "</body></html>"};
}

WebAnswer text(const std::string& body, const std::string& type) {
  return {.headers = {{"Content-Type", type}}, .body = body};
}

WebAnswer redirect(const std::string& to, int status) {
  return {.status = status, .headers = {{"Location", to}}};
}

WebAnswer media(const std::filesystem::path& file, bool takes_ranges, const std::string& type) {
  return {.headers = {{"Content-Type", type}}, .file = file, .takes_ranges = takes_ranges};
}

}  // namespace reelprint::test
