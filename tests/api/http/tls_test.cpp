// The server by TLS, with certificates made here.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/error.h"
#include "tests/api/http/scripted.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api::http {
namespace {

class TlsTest : public testing::Test {
 protected:
  TlsTest() { make_certificate("first"); }

  void make_certificate(const std::string& name) const {
    const std::string files = " -keyout '" + key().string() + "' -out '" + chain().string() + "'";
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=" +
        name + files + " 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }
  [[nodiscard]] std::filesystem::path chain() const { return folder_.path() / "chain.pem"; }
  [[nodiscard]] std::filesystem::path key() const { return folder_.path() / "key.pem"; }
  void start() {
    settings_.tls = TlsFiles{chain(), key()};
    server_ = std::make_unique<Server>(settings_, application_);
    server_->start();
  }
  test::TemporaryFolder folder_;
  Scripted application_;
  ServerSettings settings_;
  std::unique_ptr<Server> server_;
};

/// A client that takes any certificate and asks once.
class TlsClient {
 public:
  explicit TlsClient(std::uint16_t port, int most_version = TLS1_3_VERSION)
      : fd_(::socket(AF_INET, SOCK_STREAM, 0)), context_(SSL_CTX_new(TLS_client_method())) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SSL_CTX_set_max_proto_version(context_, most_version);
    session_ = SSL_new(context_);
    is_open_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
               SSL_set_fd(session_, fd_) == 1 && SSL_connect(session_) == 1;
  }
  ~TlsClient() {
    SSL_free(session_);
    SSL_CTX_free(context_);
    ::close(fd_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  [[nodiscard]] bool is_open() const { return is_open_; }
  /// All that comes until `end` has come.
  std::string ask(std::string_view bytes, std::string_view end) {
    SSL_write(session_, bytes.data(), static_cast<int>(bytes.size()));
    std::string text;
    char room[4096];
    while (text.find(end) == std::string::npos) {
      const int got = SSL_read(session_, room, sizeof(room));
      if (got <= 0) break;
      text.append(room, static_cast<std::size_t>(got));
    }
    return text;
  }
  [[nodiscard]] std::string certificate_name() const {
    X509* const certificate = SSL_get1_peer_certificate(session_);
    char name[100] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof(name));
    X509_free(certificate);
    return name;
  }

 private:
  int fd_;
  SSL_CTX* context_;
  SSL* session_ = nullptr;
  bool is_open_ = false;
};

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

TEST_F(TlsTest, AnswersAndAsksToStayWithTls) {
  start();
  TlsClient client(server_->port());
  ASSERT_TRUE(client.is_open());
  for (int i = 0; i < 3; ++i) {
    const std::string answer = client.ask(kGet, "GET /a");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK"));
    EXPECT_NE(answer.find("Strict-Transport-Security"), std::string::npos);
  }
}

TEST_F(TlsTest, SpeaksNothingOlderThanTls12) {
  start();
  EXPECT_TRUE(TlsClient(server_->port(), TLS1_2_VERSION).is_open());
  EXPECT_FALSE(TlsClient(server_->port(), TLS1_1_VERSION).is_open());
}

TEST_F(TlsTest, ChangesCertificatesWithoutDroppingConnections) {
  start();
  TlsClient old(server_->port());
  EXPECT_EQ(old.certificate_name(), "first");
  make_certificate("second");
  server_->reload_certificates();
  EXPECT_TRUE(old.ask(kGet, "GET /a").starts_with("HTTP/1.1 200"));
  EXPECT_EQ(TlsClient(server_->port()).certificate_name(), "second");
}

TEST_F(TlsTest, KeepsTheOldCertificateWhenTheNewOneIsNone) {
  start();
  std::filesystem::resize_file(key(), 10);
  EXPECT_THROW(server_->reload_certificates(), Error);
  EXPECT_EQ(TlsClient(server_->port()).certificate_name(), "first");
}

TEST_F(TlsTest, AnswersWhoIsTooSlow) {
  settings_.request.header_time = std::chrono::milliseconds(500);
  start();
  TlsClient client(server_->port());
  EXPECT_TRUE(client.ask("GET / HT", "too-slow").starts_with("HTTP/1.1 408"));
}

}  // namespace
}  // namespace reelprint::api::http
