#include "tests/support/test_web.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <list>
#include <stdexcept>
#include <thread>

namespace reelprint::test {
namespace {

class PlainConnection : public WebConnection {
 public:
  explicit PlainConnection(int socket) : socket_(socket) {}

  bool send(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  std::string receive(std::size_t most) override {
    std::string bytes(most, '\0');
    const ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), 0);
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return bytes;
  }
  void close() override { is_closed_ = true; }
  void reset() override {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    is_closed_ = true;
  }
  [[nodiscard]] bool is_closed() const { return is_closed_; }
  [[nodiscard]] int socket() const { return socket_; }

 private:
  int socket_;
  bool is_closed_ = false;
};

class TlsConnection final : public PlainConnection {
 public:
  TlsConnection(int socket, SSL_CTX* context) : PlainConnection(socket), session_(SSL_new(context)) {
    SSL_set_fd(session_, socket);
    if (SSL_accept(session_) != 1) close();
  }
  ~TlsConnection() override { SSL_free(session_); }

  bool send(std::string_view bytes) override {
    return SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())) > 0;
  }
  std::string receive(std::size_t most) override {
    if (is_closed()) return {};
    std::string bytes(most, '\0');
    bytes.resize(static_cast<std::size_t>(
        std::max(SSL_read(session_, bytes.data(), static_cast<int>(bytes.size())), 0)));
    return bytes;
  }

 private:
  SSL* session_;
};

std::size_t length_of_body(std::string_view head) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  const std::size_t at = head.find(kName);
  return at == std::string_view::npos ? 0 : std::stoul(std::string(head.substr(at + kName.size(), 12)));
}

/// The next one; `read` keeps what came of the one after it.
std::optional<WebRequest> next_request(WebConnection& connection, std::string& read) {
  std::size_t end = std::string::npos;
  std::size_t size = std::string::npos;
  while (end == std::string::npos || read.size() < size) {
    const std::string more = connection.receive(16'384);
    if (more.empty()) return std::nullopt;
    read += more;
    if (end == std::string::npos) end = read.find("\r\n\r\n");
    if (end != std::string::npos) size = end + 4 + length_of_body(std::string_view(read).substr(0, end));
  }
  WebRequest request{.head = read.substr(0, end + 4), .body = read.substr(end + 4, size - end - 4)};
  read.erase(0, size);
  const std::size_t blank = request.head.find(' ');
  request.method = request.head.substr(0, blank);
  request.target = request.head.substr(blank + 1, request.head.find(' ', blank + 1) - blank - 1);
  return request;
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned offered_size, void* wanted) {
  const auto& protocol = *static_cast<const std::string*>(wanted);
  for (unsigned at = 0; at < offered_size; at += 1U + offered[at]) {
    const std::string_view offer(reinterpret_cast<const char*>(offered) + at + 1, offered[at]);
    if (offer != protocol) continue;
    *chosen = offered + at + 1;
    *size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_NOACK;
}

}  // namespace

struct TestWeb::State {
  Serve serve;
  std::optional<WebCertificate> certificate;
  SSL_CTX* context = nullptr;
  int listener = -1;
  std::uint16_t port = 0;
  std::mutex mutex;  // guards the four below
  std::vector<WebRequest> requests;
  std::vector<int> open;
  std::size_t connections = 0;
  std::list<std::jthread> threads;
  std::jthread accepting;

  void listen();
  void prepare_tls();
  void accept_all(const std::stop_token& stop);
  void converse(int socket);
  void serve_on(PlainConnection& connection);
};

void TestWeb::State::listen() {
  listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, 128) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    throw std::runtime_error("listen on the loopback");
  }
  port = ntohs(address.sin_port);
}

void TestWeb::State::prepare_tls() {
  if (!certificate) return;
  context = SSL_CTX_new(TLS_server_method());
  if (SSL_CTX_use_certificate_chain_file(context, certificate->chain.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, certificate->key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw std::runtime_error("use the certificate");
  }
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, &certificate->protocol);
}

void TestWeb::State::accept_all(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd waiting{listener, POLLIN, 0};
    if (::poll(&waiting, 1, 10) <= 0) continue;
    const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const std::lock_guard lock(mutex);
    ++connections;
    open.push_back(socket);
    threads.emplace_back([this, socket] { converse(socket); });
  }
}

void TestWeb::State::converse(int socket) {
  sigset_t pipe{};  // a client that is gone is none of the process's business
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  if (context == nullptr) {
    PlainConnection connection(socket);
    serve_on(connection);
  } else {
    TlsConnection connection(socket, context);
    serve_on(connection);
  }
  const std::lock_guard lock(mutex);
  std::erase(open, socket);
  ::close(socket);
}

void TestWeb::State::serve_on(PlainConnection& connection) {
  std::string read;
  while (!connection.is_closed()) {
    const auto request = next_request(connection, read);
    if (!request) return;
    {
      const std::lock_guard lock(mutex);
      requests.push_back(*request);
    }
    serve(*request, connection);
  }
}

TestWeb::TestWeb(Serve serve, std::optional<WebCertificate> certificate) : state_(std::make_unique<State>()) {
  state_->serve = std::move(serve);
  state_->certificate = std::move(certificate);
  state_->prepare_tls();
  state_->listen();
  state_->accepting = std::jthread([this](const std::stop_token& stop) { state_->accept_all(stop); });
}

TestWeb::~TestWeb() {
  state_->accepting.request_stop();
  state_->accepting.join();
  {
    const std::lock_guard lock(state_->mutex);
    for (const int socket : state_->open) ::shutdown(socket, SHUT_RDWR);
  }
  state_->threads.clear();
  ::close(state_->listener);
  SSL_CTX_free(state_->context);
}

std::uint16_t TestWeb::port() const {
  return state_->port;
}

std::string TestWeb::url(const std::string& path, const std::string& host) const {
  return (state_->context == nullptr ? "http://" : "https://") + host + ":" + std::to_string(state_->port) +
         path;
}

std::vector<WebRequest> TestWeb::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

std::size_t TestWeb::connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->connections;
}

WebCertificate make_certificate(const std::filesystem::path& folder) {
  const WebCertificate made{.chain = folder / "chain.pem", .key = folder / "key.pem"};
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=localhost "
      "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout '" +
      made.key.string() + "' -out '" + made.chain.string() + "' 2>/dev/null";
  if (std::system(command.c_str()) != 0) throw std::runtime_error("make a certificate");
  return made;
}

std::string web_answer(int status, std::string_view body, std::string_view headers) {
  return "HTTP/1.1 " + std::to_string(status) + " Whatever\r\n" + std::string(headers) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace reelprint::test
