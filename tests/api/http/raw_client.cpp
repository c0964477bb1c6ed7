#include "tests/api/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace reelprint::api::http {
namespace {

constexpr int kPatienceMs = 10'000;

}  // namespace

RawClient::RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    throw std::runtime_error("connect to the server");
}

RawClient::~RawClient() {
  close();
}

void RawClient::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

void RawClient::end_writing() {
  ::shutdown(fd_, SHUT_WR);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::read_more() {
  pollfd look{fd_, POLLIN, 0};
  if (::poll(&look, 1, kPatienceMs) <= 0) throw std::runtime_error("the server says nothing");
  std::array<char, 65536> room{};
  const ssize_t got = ::recv(fd_, room.data(), room.size(), 0);
  if (got <= 0) return false;
  unread_.append(room.data(), static_cast<std::size_t>(got));
  return true;
}

std::string RawClient::read_until(std::string_view text) {
  for (;;) {
    const std::size_t end = unread_.find(text);
    if (end != std::string::npos) return take(end + text.size());
    if (!read_more()) return take(unread_.size());
  }
}

std::string RawClient::take(std::size_t bytes) {
  while (unread_.size() < bytes && read_more()) continue;
  std::string taken = unread_.substr(0, bytes);
  unread_.erase(0, taken.size());
  return taken;
}

std::string RawClient::take_line() {
  std::string line = read_until("\r\n");
  if (line.ends_with("\r\n")) line.resize(line.size() - 2);
  return line;
}

RawAnswer RawClient::receive(bool to_head) {
  RawAnswer answer;
  const std::string first = take_line();
  if (first.size() < 12) return answer;
  answer.status = std::stoi(first.substr(9, 3));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const std::size_t colon = line.find(": ");
    answer.headers.add(line.substr(0, colon), line.substr(colon + 2));
  }
  if (to_head || answer.status < 200 || answer.status == 204 || answer.status == 304) return answer;
  if (const auto length = answer.headers.find("Content-Length")) {
    answer.body = take(std::stoul(std::string(*length)));
  } else if (answer.headers.find("Transfer-Encoding")) {
    for (;;) {
      const std::size_t bytes = std::stoul(take_line(), nullptr, 16);
      answer.body += take(bytes);
      take_line();
      if (bytes == 0) break;
    }
  } else {
    while (read_more()) continue;
    answer.body = take(unread_.size());
  }
  return answer;
}

bool RawClient::is_at_end() {
  return unread_.empty() && !read_more();
}

}  // namespace reelprint::api::http
