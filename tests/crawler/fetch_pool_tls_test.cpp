// The fetch pool over TLS, and by HTTP/2.
#include <gtest/gtest.h>

#include "core/error.h"
#include "core/files.h"
#include "tests/crawler/fetch_pool_fixture.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using test::TestWeb;
using test::web_answer;
using test::WebConnection;
using test::WebRequest;

class FetchPoolTlsTest : public FetchPoolTest {
 protected:
  FetchPoolTlsTest() : certificate_(test::make_certificate(folder_.path())) {
    settings_.fetch.certificate_authorities = certificate_.chain;
  }
  test::WebCertificate certificate_;
};

TEST_F(FetchPoolTlsTest, RecordsTheCertificatesAlsoOfAConnectionUsedAgain) {
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); },
      certificate_);
  const Exchange exchange = fetch(order(web.url()));
  EXPECT_EQ(exchange.error_code, "");
  ASSERT_EQ(exchange.certificates.size(), 1U);
  const auto bytes = read_file(certificate_.chain, 1 << 20);
  EXPECT_EQ(exchange.certificates[0].pem,
            std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  EXPECT_EQ(exchange.certificates[0].subject, "CN=localhost");
  EXPECT_EQ(exchange.certificates[0].issuer, "CN=localhost");
  EXPECT_NE(exchange.certificates[0].digest, Sha256{});
  EXPECT_EQ(fetch(order(web.url())).certificates, exchange.certificates);
  EXPECT_EQ(web.connections(), 1U);
}

TEST_F(FetchPoolTlsTest, TrustsNoStrangersCertificate) {
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); },
      certificate_);
  settings_.fetch.certificate_authorities = "";
  const Exchange exchange = fetch(order(web.url()));
  EXPECT_EQ(exchange.error_code, "tls");
  EXPECT_TRUE(web.requests().empty());
}

std::string frame(char type, char flags, char stream, const std::string& payload) {
  return std::string{'\0', '\0', static_cast<char>(payload.size()), type, flags, '\0', '\0', '\0', stream} +
         payload;
}

/// Answers the first request of an HTTP/2 connection (RFC 9113): 103, then 200 with five bytes.
void answer_by_http2(const WebRequest&, WebConnection& connection) {
  const std::string interim(
      "\x08\x03"
      "103\x00\x04link\x04</a>",
      16);                                                 // RFC 7541: ":status" is 8
  const std::string head("\x88\x00\x05x-odd\x03two", 12);  // 0x88: ":status: 200"
  const std::string ping(8, 'p');
  connection.send(frame(4, 0, 0, "") + frame(6, 0, 0, ping));
  std::string read;
  while (read.find(ping) == std::string::npos) {
    const std::string more = connection.receive(4096);
    if (more.empty()) return;
    read += more;
  }
  connection.send(frame(1, 4, 1, interim) + frame(1, 4, 1, head) + frame(0, 1, 1, "film!"));
  connection.wait_for_end();
}

TEST_F(FetchPoolTlsTest, RecordsHttp2AsLinesOfText) {
  certificate_.protocol = "h2";
  const TestWeb web(answer_by_http2, certificate_);
  const Exchange exchange = fetch(order(web.url("/a?b")));
  EXPECT_EQ(exchange.error_code, "") << exchange.error;
  EXPECT_EQ(exchange.http_version, "HTTP/2");
  EXPECT_TRUE(exchange.request_head.starts_with("GET /a?b HTTP/2\r\nHost: 127.0.0.1:"))
      << exchange.request_head;
  EXPECT_EQ(exchange.interim_heads, "HTTP/2 103 \r\nlink: </a>\r\n\r\n");
  EXPECT_EQ(exchange.response_head, "HTTP/2 200 \r\nx-odd: two\r\n\r\n");
  EXPECT_EQ(content(exchange), "film!");
  EXPECT_GE(exchange.wire_bytes, exchange.response_head.size() + 5);  // content counts, or all would be bombs
  EXPECT_EQ(exchange.certificates.size(), 1U);
}

TEST_F(FetchPoolTlsTest, OffersNoHttp2WhenItIsTurnedOff) {
  certificate_.protocol = "h2";
  const TestWeb web(
      [](const WebRequest&, WebConnection& connection) { connection.send(web_answer(200, "film")); },
      certificate_);
  settings_.uses_http2 = false;
  EXPECT_EQ(fetch(order(web.url())).http_version, "HTTP/1.1");
}

}  // namespace
}  // namespace reelprint::crawler
