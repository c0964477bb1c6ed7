// A name server that wishes us no good, in a network of its own: names that lead inside, now or the next
// time.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "crawler/fetch_pool.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_web.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;

/// Addresses that it gives out for any name, question by question; the last go on for ever.
using Answers = std::vector<std::vector<std::string>>;

/// Answers questions for A records on port 53 of the loopback (RFC 1035), with a life of no time.
class NameServer {
 public:
  explicit NameServer(Answers answers)
      : answers_(std::move(answers)), socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(53);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_up_ = ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    thread_ = std::jthread([this] { serve(); });
  }
  ~NameServer() { ::shutdown(socket_, SHUT_RDWR); }
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;
  [[nodiscard]] bool is_up() const { return is_up_; }

 private:
  void serve() {
    std::array<char, 512> question{};
    sockaddr_in from{};
    socklen_t size = sizeof from;
    for (;;) {
      const ssize_t got =
          ::recvfrom(socket_, question.data(), question.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (got <= 0) return;
      const std::string answer = answer_to({question.data(), static_cast<std::size_t>(got)});
      ::sendto(socket_, answer.data(), answer.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
    }
  }
  std::string answer_to(const std::string& question) {
    const std::size_t end = question.find('\0', 12) + 5;
    std::vector<std::string> given;
    if (question[end - 3] == 1) given = answers_[std::min(asked_++, answers_.size() - 1)];
    std::string text = question.substr(0, 2) + "\x81\x80" + question.substr(4, 2) + '\0' +
                       static_cast<char>(given.size()) + std::string(4, '\0') + question.substr(12, end - 12);
    for (const std::string& address : given) {
      in_addr bytes{};
      ::inet_pton(AF_INET, address.c_str(), &bytes);
      text += std::string("\xC0\x0C\0\1\0\1\0\0\0\0\0\4", 12);
      text.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
    }
    return text;
  }

  Answers answers_;
  int socket_;
  bool is_up_ = false;
  std::size_t asked_ = 0;
  std::jthread thread_;
};

/// Nothing but a loopback, and its port 53 for names. Whether we are let.
bool enter_own_network(const std::filesystem::path& folder) {
  if (::unshare(CLONE_NEWNET | CLONE_NEWNS) != 0) return false;
  ifreq loopback{};
  loopback.ifr_name[0] = 'l';
  loopback.ifr_name[1] = 'o';
  loopback.ifr_flags = IFF_UP;
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  const bool is_up = ::ioctl(socket, SIOCSIFFLAGS, &loopback) == 0;
  ::close(socket);
  std::ofstream(folder / "resolv.conf") << "nameserver 127.0.0.1\n";
  return is_up && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount((folder / "resolv.conf").c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) == 0;
}

/// What a child in a network of its own says: "" when that cannot be had here.
template <class Work>
std::string in_own_network(const std::filesystem::path& folder, Work work) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (enter_own_network(folder)) std::ofstream(folder / "said") << work();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  std::ifstream said(folder / "said");
  return {std::istreambuf_iterator<char>(said), {}};
}

std::string fetch(const std::string& url, const std::filesystem::path& folder) {
  FetchPoolSettings settings;
  settings.fetch.also_allowed = {*parse_network("127.0.0.1/32")};  // in place of a public one
  FetchPool pool(settings);
  pool.add({.url = url, .body = folder / "body"});
  const auto done = pool.wait(20s);
  if (done.size() != 1) return "nothing\n";
  const Exchange& exchange = done[0].exchange;
  return std::to_string(exchange.status) + " " + exchange.address + " " + exchange.error_code + "\n";
}

TEST(NameRebinding, LeadsToNoForbiddenAddressNowOrTheNextTime) {
  const test::TemporaryFolder folder;
  const std::string said = in_own_network(folder.path(), [&] {
    const NameServer names({{"127.0.0.1"},
                            {"10.0.0.1"},
                            {"169.254.169.254", "127.0.0.1"},
                            {"127.0.0.2", "192.168.1.1"},
                            {"0.0.0.0"},
                            {"100.64.0.1"},
                            {"127.0.0.1"},
                            {"10.0.0.1"}});
    if (!names.is_up()) return std::string();
    const test::TestWeb web([](const test::WebRequest& request, test::WebConnection& connection) {
      const bool is_moved = request.target == "/moved";
      connection.send(is_moved ? test::web_answer(302, "", "Location: http://inner.example/\r\n")
                               : test::web_answer(200));
    });
    std::string text;
    for (int i = 0; i < 6; ++i) text += fetch(web.url("/", "rebinding.example"), folder.path());
    // A redirect is a request of its own to whoever follows it.
    text += fetch(web.url("/moved", "rebinding.example"), folder.path());
    text += fetch("http://inner.example/", folder.path());
    return text + std::to_string(web.connections());
  });
  if (said.empty()) GTEST_SKIP() << "namespaces are not permitted here";
  EXPECT_EQ(said,
            "200 127.0.0.1 \n0  forbidden_address\n200 127.0.0.1 \n0  forbidden_address\n"
            "0  forbidden_address\n0  forbidden_address\n302 127.0.0.1 \n0  forbidden_address\n3");
}

}  // namespace
}  // namespace reelprint::crawler
