#include "crawler/http_client.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "core/error.h"
#include "tests/support/loopback_server.h"

namespace reelprint::crawler {
namespace {

using namespace std::chrono_literals;
using test::http_answer;
using test::LoopbackConnection;
using test::LoopbackServer;

LoopbackServer::Serve answering(std::string answer) {
  return [answer = std::move(answer)](const std::string&, const LoopbackConnection& connection) {
    connection.send(answer);
  };
}

class HttpClient : public testing::Test {
 protected:
  HttpClient() { ::setenv("no_proxy", "*", 1); }
  static std::optional<ErrorCode> error_of(const HttpRequest& request, std::chrono::seconds patience = 10s) {
    try {
      (void)call(request, patience, {});
    } catch (const Error& error) {
      return error.code();
    }
    return std::nullopt;
  }
};

TEST_F(HttpClient, BringsAnAnswerOfAnyStatus) {
  const LoopbackServer server(answering(http_answer(503, "busy", "Retry-After: 7\r\nLocation: /x\r\n")));
  const HttpAnswer answer = call({.url = server.url("/a?b"), .headers = {{"X-A", "1"}}}, 10s, {});
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.body, "busy");
  EXPECT_EQ(answer.location, "/x");
  EXPECT_EQ(answer.retry_after, 7s);
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_TRUE(server.requests()[0].starts_with("GET /a?b HTTP/1.1\r\n"));
  EXPECT_NE(server.requests()[0].find("X-A: 1\r\n"), std::string::npos);
}

TEST_F(HttpClient, TakesNoMoreThanItWants) {
  const LoopbackServer server(answering(http_answer(200, std::string(101, 'x'))));
  EXPECT_EQ(error_of({.url = server.url(), .most_answer_bytes = 100}), ErrorCode::too_large);
  EXPECT_EQ(error_of({.url = server.url(), .most_answer_bytes = 101}), std::nullopt);
}

TEST_F(HttpClient, RefusesWhatIsNoWebAddressAndHeadersWithLineBreaks) {
  EXPECT_EQ(error_of({.url = "file:///etc/passwd"}), ErrorCode::invalid_input);
  EXPECT_EQ(error_of({.url = "http://127.0.0.1:1/", .headers = {{"X", "a\r\nY: b"}}}),
            ErrorCode::invalid_input);
}

TEST_F(HttpClient, KeepsAProblemWithTheConnectionApart) {
  EXPECT_EQ(error_of({.url = "http://127.0.0.1:1/"}), ErrorCode::io) << "nobody listens";
  const LoopbackServer rude([](const std::string&, const LoopbackConnection&) {});
  EXPECT_EQ(error_of({.url = rude.url()}), ErrorCode::io);
}

}  // namespace
}  // namespace reelprint::crawler
