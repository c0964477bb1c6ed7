#include "pipeline/webhook_sender.h"

#include <gtest/gtest.h>

#include <atomic>

#include "access/signature.h"
#include "tests/support/eventually.h"
#include "tests/support/loopback_server.h"
#include "tests/support/set_clock.h"
#include "tests/support/temporary_folder.h"

namespace reelprint::pipeline {
namespace {

using namespace std::chrono_literals;
using store::Delivery;
using store::DeliveryState;
using test::http_answer;
using test::LoopbackConnection;
using test::LoopbackServer;

// The secret of the examples that Standard Webhooks' own libraries are tested with.
constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kOldSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
constexpr TenantId kOurs{1};

std::string header_of(const std::string& request, const std::string& name) {
  const std::size_t begin = request.find(name + ": ") + name.size() + 2;
  return request.substr(begin, request.find("\r\n", begin) - begin);
}
std::string body_of(const std::string& request) {
  return request.substr(request.find("\r\n\r\n") + 4);
}

class WebhookSenderTest : public testing::Test {
 protected:
  WebhookSenderTest() {
    settings_.fetch.allow_loopback = true;
    settings_.poll = 2ms;
  }

  EndpointId add(const LoopbackServer& server) {
    return events_.add_endpoint({.tenant = kOurs,
                                 .url = server.url("/hook"),
                                 .secret = kSecret,
                                 .old_secret = kOldSecret,
                                 .created_at = clock_.now(),
                                 .old_secret_until = clock_.now() + 24h});
  }
  EventId emit() {
    return events_.emit(
        {.tenant = kOurs, .type = "screening.completed", .data = R"({"screening":5})", .at = clock_.now()});
  }
  bool send() { return send_due_webhook(store_, clock_, settings_, {}); }
  [[nodiscard]] Delivery only(EndpointId endpoint) { return events_.deliveries(endpoint, {}, {}, 10).at(0); }

  test::TemporaryFolder folder_;
  test::SetClock clock_;
  store::Store store_{folder_.path()};
  store::Events events_{store_.database()};
  WebhookSettings settings_;
};

TEST_F(WebhookSenderTest, SendsASignedEvent) {
  const LoopbackServer server(
      [](const std::string&, const LoopbackConnection& connection) { connection.send(http_answer(204)); });
  const EndpointId endpoint = add(server);
  const EventId event = emit();
  EXPECT_TRUE(send());
  EXPECT_FALSE(send());
  EXPECT_EQ(only(endpoint).state, DeliveryState::delivered);
  EXPECT_EQ(only(endpoint).status, 204);
  const std::string request = server.requests().at(0);
  EXPECT_EQ(body_of(request),
            R"({"type":"screening.completed","timestamp":"2027-01-15T08:00:00Z","data":{"screening":5}})");
  const std::string id = header_of(request, "webhook-id");
  EXPECT_EQ(id, "msg_" + std::to_string(event.value));
  EXPECT_EQ(header_of(request, "webhook-timestamp"), "1800000000");
  const std::string body = body_of(request);
  const access::SignedMessage message{id, 1'800'000'000, body};
  EXPECT_TRUE(access::is_signed(kSecret, message, header_of(request, "webhook-signature")));
  EXPECT_TRUE(access::is_signed(kOldSecret, message, header_of(request, "webhook-signature")));
}

TEST_F(WebhookSenderTest, SignsAsAnotherImplementationDoes) {
  // Made with Python's hmac and base64 of the standard library.
  const auto headers = webhook_headers({.secret = kSecret}, EventId{7}, R"({"test": 2432232314})",
                                       WallTime{std::chrono::seconds{1'614'265'330}});
  EXPECT_EQ(headers.at(2).second, "v1,KKK1SikcGu/XNPE1+mzvalJOZEOD1n7py0wniAFp+vU=");
}

TEST_F(WebhookSenderTest, ForgetsTheOldSecretAfterItsTime) {
  store::Endpoint endpoint{.secret = kSecret, .old_secret = kOldSecret, .old_secret_until = clock_.now()};
  EXPECT_EQ(webhook_headers(endpoint, EventId{7}, "{}", clock_.now()).at(2).second.find(' '),
            std::string::npos);
  endpoint.old_secret_until += 1s;
  EXPECT_NE(webhook_headers(endpoint, EventId{7}, "{}", clock_.now()).at(2).second.find(' '),
            std::string::npos);
}

TEST_F(WebhookSenderTest, TriesAgainWithTheSameIdUntilItIsReceived) {
  std::atomic<int> tries = 0;
  const LoopbackServer server([&](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(++tries < 4 ? 500 : 200, "not now"));
  });
  const EndpointId endpoint = add(server);
  emit();
  for (int attempt = 1; attempt < 4; ++attempt) {
    ASSERT_TRUE(send());
    ASSERT_FALSE(send());
    EXPECT_EQ(only(endpoint).answer, "not now");
    EXPECT_EQ(only(endpoint).attempts, attempt);
    clock_.advance(*webhook_retry_delay(only(endpoint).id, attempt, {}));
  }
  ASSERT_TRUE(send());
  EXPECT_EQ(only(endpoint).state, DeliveryState::delivered);
  const auto requests = server.requests();
  EXPECT_EQ(header_of(requests.at(0), "webhook-id"), header_of(requests.at(3), "webhook-id"));
  EXPECT_NE(header_of(requests.at(0), "webhook-timestamp"), header_of(requests.at(3), "webhook-timestamp"));
}

TEST_F(WebhookSenderTest, GivesUpAfterTenAttempts) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(302, "", "Location: https://example.org/\r\n"));
  });
  const EndpointId endpoint = add(server);
  emit();
  for (int attempt = 1; attempt <= 10; ++attempt) {
    ASSERT_TRUE(send()) << attempt;
    clock_.advance(25h);
  }
  EXPECT_FALSE(send());
  EXPECT_EQ(only(endpoint).state, DeliveryState::dead);
  EXPECT_TRUE(events_.replay(only(endpoint).id, clock_.now()));
  EXPECT_TRUE(send());
}

TEST_F(WebhookSenderTest, DisablesAnEndpointThatIsGone) {
  const LoopbackServer server(
      [](const std::string&, const LoopbackConnection& connection) { connection.send(http_answer(410)); });
  const EndpointId endpoint = add(server);
  emit();
  ASSERT_TRUE(send());
  EXPECT_EQ(only(endpoint).state, DeliveryState::dead);
  EXPECT_FALSE(events_.endpoint(endpoint)->enabled);
}

TEST_F(WebhookSenderTest, WaitsAsLongAsTheReceiverAsks) {
  const LoopbackServer server([](const std::string&, const LoopbackConnection& connection) {
    connection.send(http_answer(429, "", "Retry-After: 3600\r\n"));
  });
  const EndpointId endpoint = add(server);
  emit();
  ASSERT_TRUE(send());
  EXPECT_EQ(only(endpoint).next_at, clock_.now() + 1h);
}

TEST_F(WebhookSenderTest, TriesAgainWhenNobodyAnswers) {
  EndpointId endpoint;
  {
    const LoopbackServer server([](const std::string&, const LoopbackConnection&) {});
    endpoint = add(server);
    emit();
    ASSERT_TRUE(send());
  }
  EXPECT_EQ(only(endpoint).state, DeliveryState::waiting);
  EXPECT_EQ(only(endpoint).status, 0);
  EXPECT_FALSE(only(endpoint).answer.empty());
}

TEST_F(WebhookSenderTest, SendsNothingToWhereItMayNot) {
  const LoopbackServer server(
      [](const std::string&, const LoopbackConnection& connection) { connection.send(http_answer(200)); });
  settings_.fetch.allow_loopback = false;
  const EndpointId endpoint = add(server);
  emit();
  ASSERT_TRUE(send());
  EXPECT_EQ(only(endpoint).state, DeliveryState::waiting);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(WebhookSenderTest, SendsEverythingOnItsThreadsOneAtATimeToEach) {
  std::atomic<int> received = 0;
  const LoopbackServer server([&](const std::string&, const LoopbackConnection& connection) {
    ++received;
    connection.send(http_answer(200));
  });
  const EndpointId endpoint = add(server);
  for (int i = 0; i < 20; ++i) emit();
  WebhookSender sender(folder_.path(), clock_, settings_);
  sender.start();
  ASSERT_TRUE(test::eventually([&] { return events_.waiting() == 0; }));
  emit();
  sender.wake();
  ASSERT_TRUE(test::eventually([&] { return events_.waiting() == 0; }));
  sender.stop();
  EXPECT_EQ(received, 21);
  EXPECT_EQ(events_.deliveries(endpoint, DeliveryState::delivered, {}, 100).size(), 21U);
}

TEST(WebhookRetryDelay, FollowsItsScheduleAndStaysWithinADay) {
  EXPECT_LE(*webhook_retry_delay(DeliveryId{1}, 1, {}), 5s);
  EXPECT_GE(*webhook_retry_delay(DeliveryId{1}, 9, {}), 18h);
  EXPECT_FALSE(webhook_retry_delay(DeliveryId{1}, 10, {}));
  EXPECT_EQ(webhook_retry_delay(DeliveryId{1}, 1, std::chrono::seconds::max()), 24h);
  EXPECT_LE(*webhook_retry_delay(DeliveryId{1}, 1, -5s), 5s);
}

}  // namespace
}  // namespace reelprint::pipeline
