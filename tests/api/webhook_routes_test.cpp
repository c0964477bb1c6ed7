#include "api/routes/webhook_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "access/signature.h"
#include "api_harness.h"
#include "store/audit.h"
#include "store/tenants.h"

namespace reelprint::api {
namespace {

using namespace std::chrono_literals;
using store::DeliveryState;

class WebhookRoutes : public testing::Test {
 protected:
  static void add_routes(Router& router, const Backend& backend) {
    add_webhook_routes(router, backend);
    add_event_routes(router, backend);
  }
  TenantId tenant(const std::string& name) {
    store::Tenant made;
    made.name = name;
    made.created_at = harness_.clock.now();
    return store::Tenants(harness_.database()).add(made);
  }
  std::int64_t create(const ApiClient& client, const std::string& body = R"({"url":"https://a.example/h"})") {
    const auto response = client.post("/v1/webhooks", body);
    EXPECT_EQ(response.status, 201U) << response.body;
    return json_of(response).at("id").as_int64();
  }
  static std::string path_of(std::int64_t id) { return "/v1/webhooks/" + std::to_string(id); }
  std::size_t items(const ApiClient& client, const std::string& target) {
    return json_of(client.get(target)).at("items").as_array().size();
  }
  EventId emit(TenantId of) {
    return events_.emit(
        {.tenant = of, .type = "screening.completed", .data = R"({"a":1})", .at = harness_.clock.now()});
  }

  ApiHarness harness_{add_routes};
  store::Events events_{harness_.database()};
  TenantId ours_ = tenant("ours");
  TenantId theirs_ = tenant("theirs");
  ApiClient holder_ = harness_.as(Role::holder, ours_);
  ApiClient other_ = harness_.as(Role::platform, theirs_);
};

TEST_F(WebhookRoutes, ShowTheSecretOnceOnly) {
  const auto made = holder_.post("/v1/webhooks", R"({"url":"https://a.example/h","types":["a.b"]})");
  ASSERT_EQ(made.status, 201U);
  const auto body = json_of(made);
  EXPECT_TRUE(access::is_webhook_secret(std::string(body.at("secret").as_string())));
  EXPECT_EQ(body.at("tenant").as_int64(), ours_.value);
  EXPECT_EQ(field_of(made, "Location"), path_of(body.at("id").as_int64()));
  EXPECT_EQ(field_of(made, "ETag"), "\"v1\"");
  const auto seen = holder_.get(path_of(body.at("id").as_int64()));
  EXPECT_EQ(seen.status, 200U);
  EXPECT_EQ(seen.body.find("whsec_"), std::string::npos);
  EXPECT_EQ(holder_.get("/v1/webhooks").body.find("whsec_"), std::string::npos);
}

TEST_F(WebhookRoutes, KeepNoSecretForAnIdempotencyKey) {
  const ApiClient::Fields once{{"Idempotency-Key", "once"}};
  const std::string path = path_of(create(holder_));
  for (const std::string& target : {std::string("/v1/webhooks"), path + "/secret"}) {
    const std::string body = target == path + "/secret" ? "" : R"({"url":"https://a.example/h"})";
    const auto first = holder_.post(target, body, once);
    const auto second = holder_.post(target, body, once);
    ASSERT_LT(second.status, 300U) << second.body;
    EXPECT_EQ(field_of(second, "Idempotency-Replayed"), "");
    EXPECT_EQ(field_of(second, "Cache-Control"), "no-store");
    EXPECT_NE(json_of(first).at("secret"), json_of(second).at("secret"));
  }
}

TEST_F(WebhookRoutes, RefuseUrlsOfTheInside) {
  for (const char* url : {"http://127.0.0.1/", "http://10.0.0.1/", "ftp://a.example/", "http://localhost/",
                          "https://user:secret@a.example/", "not a url"}) {
    const auto response = holder_.post("/v1/webhooks", R"({"url":")" + std::string(url) + R"("})");
    EXPECT_EQ(response.status, 422U) << url;
    EXPECT_EQ(json_of(response).at("errors").at(0).at("where").as_string(), "/url") << response.body;
  }
}

TEST_F(WebhookRoutes, RefuseTypesAndTenantsThatThereAreNot) {
  EXPECT_EQ(holder_.post("/v1/webhooks", R"({"url":"https://a.example/","types":["A B"]})").status, 422U);
  EXPECT_EQ(holder_.post("/v1/webhooks", R"({"url":"https://a.example/","tenant":2})").status, 422U);
  EXPECT_EQ(
      harness_.as(Role::admin).post("/v1/webhooks", R"({"url":"https://a.example/","tenant":99})").status,
      422U);
}

TEST_F(WebhookRoutes, LetAnAdminMakeOneForATenant) {
  const auto id = create(harness_.as(Role::admin),
                         R"({"url":"https://a.example/","tenant":)" + std::to_string(theirs_.value) + "}");
  EXPECT_EQ(other_.get(path_of(id)).status, 200U);
}

TEST_F(WebhookRoutes, AreNotThereForAnotherTenant) {
  const auto id = create(holder_);
  emit(ours_);
  const auto delivery = events_.deliveries(EndpointId{id}, {}, {}, 1).at(0).id.value;
  EXPECT_EQ(other_.get(path_of(id)).status, 404U);
  EXPECT_EQ(other_.patch(path_of(id), R"({"enabled":false})").status, 404U);
  EXPECT_EQ(other_.del(path_of(id)).status, 404U);
  EXPECT_EQ(other_.post(path_of(id) + "/secret").status, 404U);
  EXPECT_EQ(other_.post(path_of(id) + "/test").status, 404U);
  EXPECT_EQ(other_.get(path_of(id) + "/deliveries").status, 404U);
  EXPECT_EQ(other_.get("/v1/deliveries/" + std::to_string(delivery)).status, 404U);
  EXPECT_EQ(other_.post("/v1/deliveries/" + std::to_string(delivery) + "/replay").status, 404U);
  EXPECT_EQ(other_.get("/v1/events/1").status, 404U);
  EXPECT_EQ(items(other_, "/v1/webhooks"), 0U);
  EXPECT_EQ(items(other_, "/v1/events"), 0U);
  EXPECT_EQ(items(harness_.as(Role::admin), "/v1/webhooks"), 1U);
}

TEST_F(WebhookRoutes, AreChangedByNoAuditor) {
  const auto id = create(holder_);
  const auto auditor = harness_.as(Role::auditor);
  EXPECT_EQ(auditor.get(path_of(id)).status, 200U);
  EXPECT_EQ(auditor.del(path_of(id)).status, 403U);
  EXPECT_EQ(auditor.post("/v1/webhooks", R"({"url":"https://a.example/"})").status, 403U);
}

TEST_F(WebhookRoutes, ChangeOnlyWhatIsGivenAndOnlyFromTheVersionThatWasSeen) {
  const auto id = create(holder_, R"({"url":"https://a.example/h","types":["a.b"],"description":"one"})");
  const auto changed = holder_.patch(path_of(id), R"({"enabled":false})", {{"If-Match", "\"v1\""}});
  ASSERT_EQ(changed.status, 200U) << changed.body;
  EXPECT_EQ(field_of(changed, "ETag"), "\"v2\"");
  EXPECT_FALSE(json_of(changed).at("enabled").as_bool());
  EXPECT_EQ(json_of(changed).at("description").as_string(), "one");
  EXPECT_EQ(json_of(changed).at("types").as_array().size(), 1U);
  EXPECT_EQ(holder_.patch(path_of(id), R"({"enabled":true})", {{"If-Match", "\"v1\""}}).status, 412U);
  EXPECT_EQ(holder_.patch(path_of(id), R"({"url":"http://10.0.0.1/"})").status, 422U);
  EXPECT_EQ(holder_.patch(path_of(id), R"({"secret":"whsec_"})").status, 422U);
}

TEST_F(WebhookRoutes, RotateTheSecretAndKeepTheOldOneForAWhile) {
  const auto id = create(holder_);
  const std::string first = events_.endpoint(EndpointId{id})->secret;
  const auto rotated = holder_.post(path_of(id) + "/secret", R"({"overlap_s":60})");
  ASSERT_EQ(rotated.status, 200U) << rotated.body;
  const auto endpoint = events_.endpoint(EndpointId{id});
  EXPECT_EQ(json_of(rotated).at("secret").as_string(), endpoint->secret);
  EXPECT_NE(endpoint->secret, first);
  EXPECT_EQ(endpoint->old_secret, first);
  EXPECT_EQ(endpoint->old_secret_until, harness_.clock.now() + 60s);
}

TEST_F(WebhookRoutes, SendATestToOneAlone) {
  const auto id = create(holder_);
  const auto silent = create(holder_);
  const auto response = holder_.post(path_of(id) + "/test");
  EXPECT_EQ(response.status, 202U);
  EXPECT_EQ(items(holder_, path_of(id) + "/deliveries"), 1U);
  EXPECT_EQ(items(holder_, path_of(silent) + "/deliveries"), 0U);
  ASSERT_EQ(holder_.patch(path_of(silent), R"({"enabled":false})").status, 200U);
  EXPECT_EQ(holder_.post(path_of(silent) + "/test").status, 409U);
}

TEST_F(WebhookRoutes, ShowDeliveriesByStateAndReplayThem) {
  const auto id = create(holder_);
  emit(ours_);
  const DeliveryId delivery =
      events_.take_due(1, harness_.clock.now(), harness_.clock.now()).at(0).delivery.id;
  events_.settle(delivery, false, 500, "oops", {}, harness_.clock.now());
  EXPECT_EQ(items(holder_, path_of(id) + "/deliveries?state=dead"), 1U);
  EXPECT_EQ(items(holder_, path_of(id) + "/deliveries?state=waiting"), 0U);
  EXPECT_EQ(holder_.get(path_of(id) + "/deliveries?state=lost").status, 400U);
  const auto seen = json_of(holder_.get("/v1/deliveries/" + std::to_string(delivery.value)));
  EXPECT_EQ(seen.at("status").as_int64(), 500);
  EXPECT_TRUE(seen.at("next_at").is_null());
  EXPECT_EQ(holder_.post("/v1/deliveries/" + std::to_string(delivery.value) + "/replay").status, 202U);
  EXPECT_EQ(events_.delivery(delivery)->state, DeliveryState::waiting);
}

TEST_F(WebhookRoutes, ListEventsAfterTheLastOneSeen) {
  const EventId first = emit(ours_);
  emit(theirs_);
  const EventId last = emit(ours_);
  const auto after = json_of(holder_.get("/v1/events?after=" + std::to_string(first.value)));
  ASSERT_EQ(after.at("items").as_array().size(), 1U);
  EXPECT_EQ(after.at("items").at(0).at("id").as_int64(), last.value);
  EXPECT_EQ(after.at("items").at(0).at("data").at("a").as_int64(), 1);
  EXPECT_TRUE(after.at("next").is_null());
  EXPECT_FALSE(json_of(holder_.get("/v1/events?limit=1")).at("next").is_null());
  EXPECT_EQ(holder_.get("/v1/events?after=x").status, 400U);
}

TEST_F(WebhookRoutes, NoteEveryChangeInTheAuditLogWithoutSecrets) {
  const auto id = create(holder_, R"({"url":"https://a.example/h?token=secret"})");
  ASSERT_EQ(holder_.post(path_of(id) + "/secret").status, 200U);
  ASSERT_EQ(holder_.del(path_of(id)).status, 204U);
  const auto entries = store::Audit(harness_.database()).list({}, {}, 10);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].action, "webhook.delete");
  EXPECT_EQ(entries[1].action, "webhook.rotate_secret");
  EXPECT_EQ(entries[2].action, "webhook.create");
  for (const auto& entry : entries) {
    EXPECT_EQ(entry.tenant, ours_);
    EXPECT_EQ(entry.detail.find("whsec_"), std::string::npos);
    EXPECT_EQ(entry.detail.find("token"), std::string::npos);
  }
}

TEST_F(WebhookRoutes, AllowNoMoreThanFiftyToATenant) {
  for (int i = 0; i < 50; ++i) create(holder_);
  EXPECT_EQ(holder_.post("/v1/webhooks", R"({"url":"https://a.example/"})").status, 409U);
  create(other_);
}

}  // namespace
}  // namespace reelprint::api
