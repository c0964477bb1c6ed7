// What an attacker sends to the running service: each gets the right status and learns nothing, and nobody
// else waits.
#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "tests/e2e/running_service.h"

namespace reelprint::e2e {
namespace {

using namespace std::string_literals;

/// Sends whatever bytes it is given. Every wait ends after twenty seconds.
class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval limit{20, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      ::close(fd_);
      throw std::runtime_error("connect: refused");
    }
  }
  ~RawConnection() { ::close(fd_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(std::string_view bytes) const { (void)!::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  /// All that comes until the service closes.
  [[nodiscard]] std::string rest() const {
    std::string all;
    char buffer[4096];
    for (ssize_t n = 0; (n = ::recv(fd_, buffer, sizeof buffer, 0)) > 0;)
      all.append(buffer, static_cast<std::size_t>(n));
    return all;
  }

 private:
  int fd_;
};

std::size_t answers_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find("HTTP/1.1 ", at)) != std::string_view::npos; ++at) ++count;
  return count;
}

struct Attack {
  const char* name;
  std::string bytes;  ///< without the line of the key, which stands where {} is
  const char* status;
};

const std::string kPost = "POST /v1/holders HTTP/1.1\r\nHost: x\r\n{}Content-Type: application/json\r\n";
/// A second request in what may or may not be a first one's body.
const std::string kSmuggled = "GET /v1/tenants HTTP/1.1\r\nHost: x\r\n{}\r\n";

std::vector<Attack> attacks() {
  const std::string chunked = kPost + "Transfer-Encoding: chunked\r\n";
  return {
      {"two kinds of length", chunked + "Content-Length: 5\r\n\r\n0\r\n\r\n" + kSmuggled, "400"},
      {"two lengths", kPost + "Content-Length: 0\r\nContent-Length: 90\r\n\r\n" + kSmuggled, "400"},
      {"a list of lengths", kPost + "Content-Length: 0, 0\r\n\r\n" + kSmuggled, "400"},
      {"a length with a sign", kPost + "Content-Length: +5\r\n\r\n12345" + kSmuggled, "400"},
      {"a blank before a colon", kPost + "Content-Length : 5\r\n\r\n12345" + kSmuggled, "400"},
      {"an unknown coding", kPost + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + kSmuggled, "501"},
      {"chunked twice", chunked + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kSmuggled, "400"},
      {"a folded line", kPost + "X: a\r\n Content-Length: 5\r\n\r\n" + kSmuggled, "400"},
      {"a bare line feed", kPost + "X: a\nContent-Length: 5\r\n\r\n" + kSmuggled, "400"},
      {"a NUL in a header", kPost + "X: a\0b\r\n\r\n"s + kSmuggled, "400"},
      {"a NUL in the path", "GET /v1/holders/1%00 HTTP/1.1\r\nHost: x\r\n{}\r\n", "400"},
      {"a way up", "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\n{}\r\n", "400"},
      {"a chunk that is none", chunked + "\r\nzz\r\n" + kSmuggled, "400"},
      {"a chunk with a sign", chunked + "\r\n-1\r\n" + kSmuggled, "400"},
      {"a chunk longer than it says", chunked + "\r\n2\r\n{}}}\r\n0\r\n\r\n" + kSmuggled, "400"},
      {"an endless chunk", chunked + "\r\nffffffffffffffff\r\n" + kSmuggled, "413"},
      {"a body too large", kPost + "Content-Length: 99999999999\r\n\r\n" + kSmuggled, "413"},
      {"an address too long", "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: x\r\n{}\r\n", "414"},
      {"headers too long", kPost + "X: " + std::string(70'000, 'a') + "\r\n\r\n", "431"},
      {"no host", "GET /v1/holders HTTP/1.1\r\n{}\r\n", "400"},
      {"two hosts", "GET /v1/holders HTTP/1.1\r\nHost: a\r\nHost: b\r\n{}\r\n", "400"},
      {"an unknown method", "BREW /v1/holders HTTP/1.1\r\nHost: x\r\n{}\r\n", "501"},
      {"another protocol", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n"s, "400"},
  };
}

class Attacked : public ReelprintTest {
 protected:
  void start(const Words& options = {}) { service = std::make_unique<RunningService>(program, options); }
  [[nodiscard]] static std::string with_key(std::string bytes, const std::string& key) {
    for (std::size_t at = 0; (at = bytes.find("{}", at)) != std::string::npos;)
      bytes.replace(at, 2, "Authorization: Bearer " + key + "\r\n");
    return bytes;
  }

  const std::string root = make_key(program, {"root", "--role", "admin"});
  std::unique_ptr<RunningService> service;
};

TEST_F(Attacked, RefusesWhatIsMalformedOnceAndClosesTheConnection) {
  start();
  for (const Attack& attack : attacks()) {
    const RawConnection connection(service->port());
    connection.send(with_key(attack.bytes, root));
    const std::string answer = connection.rest();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 "s + attack.status)) << attack.name << ": " << answer;
    EXPECT_EQ(answers_in(answer), 1U) << attack.name << ": what came behind it was taken for a request";
    EXPECT_NE(answer.find("application/problem+json"), std::string::npos) << attack.name;
    EXPECT_EQ(answer.find(program.data().string()), std::string::npos) << attack.name << " tells a path";
    EXPECT_EQ(answer.find(root), std::string::npos) << attack.name << " tells the key";
  }
  EXPECT_TRUE(objects_of(service->client(root).get("/v1/holders"), "items").empty());
  EXPECT_EQ(service->end(SIGTERM).exit_code, 0);
}

TEST_F(Attacked, AnswersEachOfManyPipelinedRequestsToItsOwnKey) {
  start();
  const std::string ask = "GET /v1/tenants HTTP/1.1\r\nHost: x\r\n";
  std::string all;
  for (int i = 0; i < 10; ++i) {
    all += with_key(ask + "{}\r\n", root);
    all += with_key(ask + "{}\r\n", "rp_wrong");
  }
  const RawConnection connection(service->port());
  connection.send(all + "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answers = connection.rest();
  EXPECT_EQ(answers_in(answers), 21U) << answers;
  std::size_t at = 0;
  for (int i = 0; i < 10; ++i) {
    for (const char* status : {"HTTP/1.1 200", "HTTP/1.1 401"}) {
      at = answers.find("HTTP/1.1 ", at);
      EXPECT_EQ(answers.substr(at, 12), status) << i;
      ++at;
    }
  }
}

TEST_F(Attacked, ServesOthersWhileManySendTheirHeadsAndBodiesSlowly) {
  start({"--http.header-time-s", "2", "--http.idle-time-s", "2", "--http.connections-per-address", "1000"});
  const std::string upload = with_key(
      "POST /v1/screenings HTTP/1.1\r\nHost: x\r\n{}Content-Type: video/mp4\r\nContent-Length: "
      "5000\r\n\r\nsome",
      root);
  std::vector<std::unique_ptr<RawConnection>> slow;
  for (int i = 0; i < 60; ++i) {
    slow.push_back(std::make_unique<RawConnection>(service->port()));
    slow.back()->send(i % 2 == 0 ? "GET /v1/holders HTTP/1.1\r\nHost:" : upload);
  }
  const Client client = service->client(root);
  for (int i = 0; i < 20; ++i) {
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(client.send("GET", "/v1/holders").status, 200U);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
  }
  for (const auto& connection : slow) EXPECT_TRUE(connection->rest().starts_with("HTTP/1.1 4"));
  EXPECT_EQ(client.send("GET", "/v1/holders").status, 200U);
  EXPECT_EQ(service->end(SIGTERM).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
