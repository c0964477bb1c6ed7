#include "api/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "tests/api/http/raw_client.h"
#include "tests/api/http/scripted.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::api::http {
namespace {

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

class ServerTest : public testing::Test {
 protected:
  std::uint16_t start() {
    server_ = std::make_unique<Server>(settings_, application_);
    server_->start();
    return server_->port();
  }

  std::string kept_;  ///< by sinks
  Scripted application_;
  ServerSettings settings_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersSeveralRequestsOfAConnection) {
  RawClient client(start());
  EXPECT_EQ(client.ask(kGet).body, "GET /a");
  EXPECT_EQ(client.ask("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc").body, "POST /b abc");
  EXPECT_EQ(client.ask(kGet).status, 200);
}

TEST_F(ServerTest, AnswersPipelinedRequestsInTheirOrder) {
  RawClient client(start());
  std::string requests;
  for (int i = 0; i < 50; ++i) {
    const std::string body = "body " + std::to_string(i);
    requests += "POST /" + std::to_string(i) +
                " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }
  client.send(requests);
  for (int i = 0; i < 50; ++i) {
    const std::string number = std::to_string(i);
    ASSERT_EQ(client.receive().body, "POST /" + number + " body " + number);
  }
}

TEST_F(ServerTest, PutsChunksTogether) {
  RawClient client(start());
  const RawAnswer answer = client.ask(
      "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n1;name=value\r\nd\r\n0\r\nTrailer: t\r\n\r\n");
  EXPECT_EQ(answer.body, "POST /c abcd");
  EXPECT_EQ(client.ask(kGet).body, "GET /a");
}

TEST_F(ServerTest, SendsNoBodyToHead) {
  RawClient client(start());
  client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
  const RawAnswer answer = client.receive(true);
  EXPECT_EQ(answer.headers.find("Content-Length"), "7");
  EXPECT_EQ(client.ask(kGet).body, "GET /a");
}

TEST_F(ServerTest, AsksForTheBodyOnlyWhenTheHeadersAreTaken) {
  RawClient client(start());
  const std::string head = "POST /b HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
  EXPECT_EQ(client.ask(head).status, 100);
  EXPECT_EQ(client.ask("z").body, "POST /b z");
  application_.on_begin = [](Request&, Call&) { throw Problem(403, "forbidden", "No"); };
  EXPECT_EQ(client.ask(head).status, 403);
}

TEST_F(ServerTest, KeepsASoundRequestIdAndMakesOneOtherwise) {
  RawClient client(start());
  EXPECT_EQ(
      client.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a.B_9-\r\n\r\n").headers.find("X-Request-Id"),
      "a.B_9-");
  const RawAnswer answer = client.ask("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a b\r\n\r\n");
  EXPECT_EQ(answer.headers.find("X-Request-Id").value_or("").size(), 32U);
}

TEST_F(ServerTest, SaysThatAnswersAreNeitherKeptNorGuessedAt) {
  RawClient client(start());
  const RawAnswer answer = client.ask(kGet);
  EXPECT_EQ(answer.headers.find("Cache-Control"), "no-store");
  EXPECT_EQ(answer.headers.find("X-Content-Type-Options"), "nosniff");
  EXPECT_FALSE(answer.headers.find("Strict-Transport-Security"));
}

TEST_F(ServerTest, LetsNobodyPutAHeaderIntoAnAnswer) {
  application_.on_respond = [](Request&) {
    Response response;
    response.headers.add("Location", "/a\r\nSet-Cookie: b");
    response.headers.add("Content-Length", "99");
    return Answer(response);
  };
  RawClient client(start());
  const RawAnswer answer = client.ask(kGet);
  EXPECT_EQ(answer.headers.find("Location"), "/a  Set-Cookie: b");
  EXPECT_EQ(answer.headers.find("Content-Length"), "0");
}

TEST_F(ServerTest, SpeaksHttp10) {
  RawClient client(start());
  const RawAnswer answer = client.ask("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_EQ(answer.body, "GET /a");
  EXPECT_EQ(answer.headers.find("Connection"), "close");
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(ServerTest, SendsAFileWhole) {
  test::TemporaryFolder folder;
  const std::string bytes(1'000'000, 'f');
  std::ofstream(folder.path() / "file") << bytes;
  application_.on_respond = [&](Request&) {
    Response response;
    response.file = folder.path() / "file";
    return Answer(response);
  };
  RawClient client(start());
  EXPECT_EQ(client.ask(kGet).body, bytes);
  std::filesystem::remove(folder.path() / "file");
  EXPECT_EQ(client.ask(kGet).status, 500);
}

TEST_F(ServerTest, CompressesLargeTextForWhoAsks) {
  application_.on_respond = [&](Request&) {
    Response response;
    response.body.assign(10'000, ' ');
    return Answer(response);
  };
  RawClient client(start());
  const RawAnswer answer = client.ask("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(answer.headers.find("Content-Encoding"), "gzip");
  EXPECT_LT(answer.body.size(), 200U);
  EXPECT_EQ(client.ask(kGet).body.size(), 10'000U);
}

TEST_F(ServerTest, AsksAgainForAnAnswerThatIsPending) {
  std::atomic<int> asked{0};
  application_.on_respond = [](Request&) {
    return Answer(Pending{std::chrono::steady_clock::now() + std::chrono::hours(1)});
  };
  application_.on_poll = [&](Request&, bool is_late) -> std::optional<Response> {
    EXPECT_FALSE(is_late);
    if (++asked < 3) return std::nullopt;
    return Response{};
  };
  settings_.pacing.poll = std::chrono::milliseconds(1);
  RawClient client(start());
  EXPECT_EQ(client.ask(kGet).status, 200);
  EXPECT_EQ(asked, 3);
}

TEST_F(ServerTest, AsksALastTimeWhenItIsLate) {
  application_.on_respond = [](Request&) { return Answer(Pending{std::chrono::steady_clock::now()}); };
  application_.on_poll = [&](Request&, bool is_late) {
    EXPECT_TRUE(is_late);
    Response response;
    response.status = 202;
    return std::optional(response);
  };
  RawClient client(start());
  EXPECT_EQ(client.ask(kGet).status, 202);
}

TEST_F(ServerTest, AsksNoMoreWhenTheClientHasLeft) {
  application_.on_respond = [](Request&) {
    return Answer(Pending{std::chrono::steady_clock::now() + std::chrono::hours(1)});
  };
  application_.on_poll = [&](Request&, bool) { return std::optional<Response>(); };
  settings_.pacing.poll = std::chrono::milliseconds(1);
  RawClient client(start());
  client.send(kGet);
  client.close();
  while (application_.told().empty()) std::this_thread::yield();
  EXPECT_EQ(application_.told().at(0).status, 0U);
}

TEST_F(ServerTest, AnswersAPreflightOfAConfiguredOriginOnly) {
  settings_.cors_origins = {"https://a.example"};
  RawClient client(start());
  const std::string ask = "OPTIONS /a HTTP/1.1\r\nHost: x\r\nAccess-Control-Request-Method: GET\r\nOrigin: ";
  const RawAnswer answer = client.ask(ask + "https://a.example\r\n\r\n");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.headers.find("Access-Control-Allow-Origin"), "https://a.example");
  const RawAnswer other = client.ask(ask + "https://b.example\r\n\r\n");
  EXPECT_EQ(other.body, "OPTIONS /a");
  EXPECT_FALSE(other.headers.find("Access-Control-Allow-Origin"));
}

/// Keeps what it gets in a string that outlives it.
class KeptSink final : public BodySink {
 public:
  explicit KeptSink(std::string& kept) : kept_(kept) {}
  ~KeptSink() override { kept_ += is_finished_ ? "|finished" : "|left"; }
  void write(std::span<const std::byte> bytes) override {
    kept_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void finish() override { is_finished_ = true; }

 private:
  std::string& kept_;
  bool is_finished_ = false;
};

TEST_F(ServerTest, StreamsABodyIntoItsSink) {
  application_.on_begin = [this](Request&, Call& call) { call.sink = std::make_shared<KeptSink>(kept_); };
  RawClient client(start());
  const std::string body(500'000, 's');
  const RawAnswer answer = client.ask("PUT /s HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n" + body);
  EXPECT_EQ(answer.body, "PUT /s");
  while (application_.told().empty()) std::this_thread::yield();
  EXPECT_TRUE(kept_ == body + "|finished");
}

TEST_F(ServerTest, LeavesWhatCameOfABrokenBodyWithItsSink) {
  application_.on_begin = [this](Request&, Call& call) { call.sink = std::make_shared<KeptSink>(kept_); };
  RawClient client(start());
  client.send("PUT /s HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\nabc");
  client.close();
  while (application_.told().empty()) std::this_thread::yield();
  EXPECT_EQ(kept_, "abc|left");
}

}  // namespace
}  // namespace reelprint::api::http
