// Requests that are wrong, too large, too slow or too many.
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <string>

#include "tests/api/http/raw_client.h"
#include "tests/api/http/scripted.h"

namespace reelprint::api::http {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

class HostileTest : public testing::Test {
 protected:
  std::uint16_t start() {
    server_ = std::make_unique<Server>(settings_, application_);
    server_->start();
    return server_->port();
  }
  /// The status of the answer, and that the connection ends after it.
  int refusal_of(std::string_view bytes) {
    if (!server_) start();
    RawClient client(server_->port());
    client.send(bytes);
    const RawAnswer answer = client.receive();
    EXPECT_EQ(answer.headers.find("Connection"), "close");
    EXPECT_TRUE(client.is_at_end());
    return answer.status;
  }

  Scripted application_;
  ServerSettings settings_;
  std::unique_ptr<Server> server_;
};

TEST_F(HostileTest, RefusesWhatIsMalformedWithoutAskingTheApplication) {
  EXPECT_EQ(refusal_of("nonsense\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("BREW / HTTP/1.1\r\nHost: x\r\n\r\n"), 501);
  EXPECT_EQ(refusal_of("GET / HTTP/3.0\r\nHost: x\r\n\r\n"), 505);
  EXPECT_EQ(refusal_of(std::string_view("\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", 11)), 400);
  EXPECT_EQ(application_.begun, 0);
}

TEST_F(HostileTest, RefusesTooLongHeadsBeforeTheyEnd) {
  settings_.request.header_bytes = 2000;
  settings_.request.target_bytes = 500;
  EXPECT_EQ(refusal_of("GET /" + std::string(3000, 'a')), 414);
  EXPECT_EQ(refusal_of("GET /" + std::string(600, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nX: " + std::string(3000, 'a')), 431);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(2000, 'a') + "\r\n\r\n"), 431);
}

TEST_F(HostileTest, RefusesALargeBodyByItsLengthAlone) {
  const int status =
      refusal_of("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n");
  EXPECT_EQ(status, 413);
}

TEST_F(HostileTest, RefusesALargeBodyInChunksWhenItBecomesTooLarge) {
  application_.on_begin = [](Request&, Call& call) { call.most_body_bytes = 10; };
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(refusal_of(head + "5\r\nabcde\r\n6\r\nabcdef\r\n"), 413);
  EXPECT_EQ(refusal_of(head + "ffffffffffffffff\r\nabcde"), 413);
}

TEST_F(HostileTest, RefusesMalformedChunks) {
  const std::string head = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(refusal_of(head + "x\r\n"), 400);
  EXPECT_EQ(refusal_of(head + "3\r\nabcd\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of(head + "-1\r\n"), 400);
  EXPECT_EQ(refusal_of(head + "11111111111111111\r\n"), 400);
  EXPECT_EQ(refusal_of(head + "1;" + std::string(100'000, 'e')), 400);
}

TEST_F(HostileTest, LetsTheClientReadARefusalAlthoughItGoesOnSending) {
  application_.on_begin = [](Request&, Call&) { throw Problem(401, "unauthorized", "Who are you?"); };
  RawClient client(start());
  client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
  client.send(std::string(20'000'000, 'x'));
  EXPECT_EQ(client.receive().status, 401);
}

TEST_F(HostileTest, CutsWhoSendsHeadersTooSlowly) {
  settings_.request.header_time = milliseconds(20);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost:"), 408);
}

TEST_F(HostileTest, CutsWhoSendsNothing) {
  settings_.request.header_time = milliseconds(20);
  RawClient client(start());
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(HostileTest, CutsWhoSendsABodyTooSlowly) {
  settings_.request.idle_time = milliseconds(20);
  EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"), 408);
}

TEST_F(HostileTest, CutsWhoIsIdleBetweenRequests) {
  settings_.request.keep_alive_time = milliseconds(20);
  RawClient client(start());
  EXPECT_EQ(client.ask(kGet).status, 200);
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(HostileTest, LimitsTheRequestsOfAConnection) {
  settings_.request.requests_per_connection = 2;
  RawClient client(start());
  EXPECT_FALSE(client.ask(kGet).headers.find("Connection"));
  EXPECT_EQ(client.ask(kGet).headers.find("Connection"), "close");
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(HostileTest, RefusesConnectionsBeyondTheLimits) {
  settings_.limits.connections_per_address = 1;
  RawClient first(start());
  EXPECT_EQ(first.ask(kGet).status, 200);
  EXPECT_EQ(RawClient(server_->port()).receive().status, 429);
  EXPECT_EQ(server_->load().refused_connections, 1U);
}

TEST_F(HostileTest, LetsATrustedProxyOpenAsManyAsThereAre) {
  settings_.limits = {.connections = 2, .connections_per_address = 1};
  settings_.trusted_proxies = {"127.0.0.1"};
  RawClient first(start());
  RawClient second(server_->port());
  EXPECT_EQ(first.ask(kGet).status, 200);
  EXPECT_EQ(second.ask(kGet).status, 200);
  EXPECT_EQ(RawClient(server_->port()).receive().status, 503);
}

TEST_F(HostileTest, ShedsWhatDoesNotFitIntoTheQueueWithoutAskingTheApplication) {
  std::promise<void> free;
  std::atomic<int> busy{0};
  application_.on_respond = [&, gate = free.get_future().share()](Request&) {
    ++busy;
    gate.wait();
    return Answer(Response{});
  };
  settings_.worker_threads = 1;
  settings_.limits.queued_requests = 1;
  RawClient first(start());
  first.send(kGet);
  while (busy < 1) continue;
  RawClient second(server_->port());
  second.send(kGet);
  while (server_->load().queued < 1) continue;
  RawClient third(server_->port());
  const RawAnswer answer = third.ask(kGet);
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.headers.find("Retry-After"), "1");
  EXPECT_EQ(application_.begun, 1);
  free.set_value();
  EXPECT_EQ(first.receive().status, 200);
  EXPECT_EQ(second.receive().status, 200);
}

TEST_F(HostileTest, TellsNothingOfAFailure) {
  application_.on_respond = [](Request&) -> Answer { throw std::runtime_error("secret"); };
  RawClient client(start());
  const RawAnswer answer = client.ask(kGet);
  EXPECT_EQ(answer.status, 500);
  EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  EXPECT_EQ(client.ask(kGet).status, 500) << "the connection goes on";
  EXPECT_EQ(application_.told().at(0).failure, "secret");
}

}  // namespace
}  // namespace reelprint::api::http
