// A small web on the loopback: many hosts, each an address of 127.0.0.0/8 on one port, and a log of who asked
// what, from when to when.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace reelprint::test {

/// One request, as it was seen.
struct SeenRequest {
  std::size_t host = 0;  ///< number of it
  std::string method{};
  std::string target{};
  std::map<std::string, std::string> headers{};  ///< names in lower case
  std::chrono::steady_clock::time_point began_at{};
  std::chrono::steady_clock::time_point ended_at{};
  int status = 0;
  std::uint64_t sent = 0;  ///< bytes of the body that the client took
};

/// Gives bytes of a body; false when the client is gone, or the web ends.
using SendBytes = std::function<bool(std::string_view bytes)>;

struct WebAnswer {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< besides Content-Length
  std::string body{};
  std::filesystem::path file{};  ///< instead of `body`
  bool takes_ranges = false;     ///< of body or file
  bool is_chunked = false;       ///< no Content-Length: the end of the connection ends it
  /// Instead of body and file: sends what it likes, under the length given (0: none is said).
  std::function<void(const SendBytes& send)> stream{};
  std::uint64_t stream_bytes = 0;
};

/// Thread-safe. Ends with the object.
class LoopbackWeb {
 public:
  using Serve = std::function<WebAnswer(const SeenRequest& request)>;

  /// Hosts 1 to `hosts` (at most 250) at 127.0.1.1, 127.0.1.2 …
  explicit LoopbackWeb(std::size_t hosts);
  ~LoopbackWeb();
  LoopbackWeb(const LoopbackWeb&) = delete;
  LoopbackWeb& operator=(const LoopbackWeb&) = delete;

  /// "http://127.0.1.HOST:PORT" and `target`.
  [[nodiscard]] std::string url(std::size_t host, std::string_view target = "/") const;
  /// What a path of a host is answered with, whatever its query; before, and 404 for what is not said.
  void put(std::size_t host, const std::string& path, WebAnswer answer);
  void put(std::size_t host, const std::string& path, Serve serve);
  /// Asked for what has no `put`; of all hosts.
  void put_rest(Serve serve);
  void remove(std::size_t host, const std::string& path);

  /// In the order in which they began; those under way too, with a status of 0.
  [[nodiscard]] std::vector<SeenRequest> requests() const;
  /// The most that a host ever had under way at a time.
  [[nodiscard]] std::size_t most_at_once(std::size_t host) const;
  [[nodiscard]] std::uint64_t sent_bytes() const;
  void forget_requests();

 private:
  struct Host {
    int listener = -1;
    std::map<std::string, Serve> pages;
    std::size_t at_once = 0;
    std::size_t most_at_once = 0;
  };

  void accept_all(const std::stop_token& stop);
  void serve_connection(std::size_t host, int socket);
  bool serve_one(std::size_t host, int socket, std::string& unread);
  [[nodiscard]] Serve serve_of(std::size_t host, const std::string& target) const;
  std::size_t begin(const SeenRequest& request);
  void end(std::size_t host, std::size_t number, int status, std::uint64_t sent);

  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable ended_;
  std::vector<Host> hosts_;  ///< [0] is none
  Serve rest_;
  std::vector<SeenRequest> requests_;
  std::size_t forgotten_ = 0;
  std::set<int> connections_;
  std::size_t threads_ = 0;
  std::atomic<bool> is_ending_ = false;
  std::jthread acceptor_;
};

/// "text/html" and a body, the page around it made.
[[nodiscard]] WebAnswer html(const std::string& body, const std::string& head = {});
[[nodiscard]] WebAnswer text(const std::string& body, const std::string& type = "text/plain");
[[nodiscard]] WebAnswer redirect(const std::string& to, int status = 302);
/// A media file; `takes_ranges`: as most servers do.
[[nodiscard]] WebAnswer media(const std::filesystem::path& file, bool takes_ranges = true,
                              const std::string& type = "video/mp4");

}  // namespace reelprint::test
