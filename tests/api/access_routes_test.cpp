#include "api/routes/access_routes.h"

#include <gtest/gtest.h>

#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <thread>

#include "api/accounts.h"
#include "api_harness.h"
#include "store/sqlite.h"

namespace reelprint::api {
namespace {

constexpr const char* kPassword = "a walrus in the attic";

void add_cheap_routes(Router& router, const Backend& backend) {
  Backend cheap = backend;
  cheap.login.cost = {.passes = 1, .memory_bytes = 8192};
  add_access_routes(router, cheap);
}

std::string text_in(const http::Response& response, std::string_view name) {
  const auto body = json_of(response);
  const auto* found = body.as_object().if_contains(name);
  return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

std::int64_t number_in(const http::Response& response, std::string_view name) {
  return json_of(response).as_object().at(name).to_number<std::int64_t>();
}

/// The cookie that an answer sets, as the next request says it.
std::string cookie_in(const http::Response& response) {
  const std::string field = field_of(response, "Set-Cookie");
  return field.substr(0, field.find(';'));
}

class AccessRoutes : public testing::Test {
 protected:
  TenantId tenant(const char* name, store::TenantKind kind = store::TenantKind::holder) {
    return add_tenant(harness_.store(), name, kind, {"test", "", {}}).id;
  }
  http::Response add_kim(const std::string& role = "admin") {
    return admin_.post("/v1/users", R"({"email":"kim@lotus.example","name":"kim","role":")" + role +
                                        R"(","password":")" + kPassword + R"("})");
  }
  http::Response log_in(const std::string& password = kPassword) {
    return nobody_.post("/v1/sessions", R"({"email":"kim@lotus.example","password":")" + password + R"("})");
  }
  static ApiClient::Fields bearer(const std::string& key) { return {{"Authorization", "Bearer " + key}}; }

  ApiHarness harness_{add_cheap_routes};
  ApiClient admin_ = harness_.as(Role::admin);
  ApiClient nobody_ = harness_.anonymous();
};

TEST_F(AccessRoutes, AKeyIsShownOnceAndWorks) {
  const auto made = admin_.post("/v1/keys", R"({"name":"console","role":"admin"})");
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(field_of(made, "Cache-Control"), "no-store");
  const std::string key = text_in(made, "key");
  const auto me = nobody_.get("/v1/me", bearer(key));
  EXPECT_EQ(me.status, 200U);
  EXPECT_EQ(text_in(me, "role"), "admin");
  const auto shown = admin_.get(field_of(made, "Location"));
  EXPECT_EQ(shown.status, 200U);
  EXPECT_EQ(shown.body.find(key.substr(12)), std::string::npos);
  EXPECT_EQ(admin_.get("/v1/keys").body.find(key.substr(12)), std::string::npos);
}

TEST_F(AccessRoutes, AKeyIsNotKeptWithAnAnswerForAnIdempotencyKey) {
  const auto made =
      admin_.post("/v1/keys", R"({"name":"console","role":"admin"})", {{"Idempotency-Key", "once"}});
  ASSERT_EQ(made.status, 201U);
  const std::string secret = text_in(made, "key").substr(12);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(harness_.folder())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
  }
}

TEST_F(AccessRoutes, OfTwoThatTakeANameAtOnceOneIsRefused) {
  const std::pair<std::string, std::string> kinds[] = {
      {"/v1/tenants", R"({"name":"Lotus","kind":"holder"})"},
      {"/v1/users",
       R"({"email":"kim@lotus.example","name":"kim","role":"admin","password":"four plain words 7"})"}};
  for (const auto& [path, body] : kinds) {
    std::array<http::Response, 2> answers;
    {
      std::vector<std::jthread> threads;
      for (http::Response& answer : answers) threads.emplace_back([&] { answer = admin_.post(path, body); });
    }
    if (answers[0].status != 201) std::swap(answers[0], answers[1]);
    EXPECT_EQ(answers[0].status, 201U) << answers[0].body;
    EXPECT_EQ(answers[1].status, 422U) << answers[1].body;
    EXPECT_EQ(problem_of(answers[1]), "invalid-fields");
  }
}

TEST_F(AccessRoutes, ARevokedKeyIsRefusedAndRevokedOnce) {
  const auto made = admin_.post("/v1/keys", R"({"name":"console","role":"admin"})");
  const std::string path = field_of(made, "Location");
  EXPECT_EQ(admin_.del(path).status, 204U);
  EXPECT_EQ(admin_.del(path).status, 204U);
  EXPECT_EQ(nobody_.get("/v1/me", bearer(text_in(made, "key"))).status, 401U);
  EXPECT_EQ(admin_.post(path + "/rotation").status, 409U);
}

TEST_F(AccessRoutes, ARotatedKeyOverlapsWithItsSuccessor) {
  const auto old = admin_.post("/v1/keys", R"({"name":"console","role":"admin"})");
  const auto next = admin_.post(field_of(old, "Location") + "/rotation", R"({"overlap_s":60})");
  ASSERT_EQ(next.status, 201U) << next.body;
  EXPECT_EQ(number_in(next, "rotated_from"), number_in(old, "id"));
  EXPECT_EQ(nobody_.get("/v1/me", bearer(text_in(old, "key"))).status, 200U);
  harness_.clock.advance(std::chrono::seconds(60));
  EXPECT_EQ(nobody_.get("/v1/me", bearer(text_in(old, "key"))).status, 401U);
  EXPECT_EQ(nobody_.get("/v1/me", bearer(text_in(next, "key"))).status, 200U);
}

TEST_F(AccessRoutes, AHolderMakesKeysOfItsOwnRoleAndTenantOnly) {
  const TenantId lotus = tenant("Lotus");
  const TenantId orchid = tenant("Orchid");
  const ApiClient holder = harness_.as(Role::holder, lotus);
  const auto made = holder.post("/v1/keys", R"({"name":"ingest"})");
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(text_in(made, "role"), "holder");
  EXPECT_EQ(number_in(made, "tenant"), lotus.value);
  for (const std::string& more :
       {std::string(R"("role":"admin")"), std::string(R"("role":"legal")"),
        std::string(R"("role":"auditor")"), R"("tenant":)" + std::to_string(orchid.value)}) {
    const auto refused = holder.post("/v1/keys", R"({"name":"ingest",)" + more + "}");
    EXPECT_EQ(refused.status, 422U) << more;
  }
}

TEST_F(AccessRoutes, AHolderRotatesNoKeyOfAnotherRoleButMayRevokeIt) {
  const TenantId lotus = tenant("Lotus");
  const ApiClient holder = harness_.as(Role::holder, lotus);
  const auto legal = admin_.post(
      "/v1/keys", R"({"name":"counsel","role":"legal","tenant":)" + std::to_string(lotus.value) + "}");
  ASSERT_EQ(legal.status, 201U) << legal.body;
  EXPECT_EQ(holder.post(field_of(legal, "Location") + "/rotation").status, 403U);
  EXPECT_EQ(holder.del(field_of(legal, "Location")).status, 204U);
}

TEST_F(AccessRoutes, ATenantSeesItsOwnKeysOnly) {
  const TenantId lotus = tenant("Lotus");
  const TenantId orchid = tenant("Orchid");
  const auto own = harness_.as(Role::holder, lotus).post("/v1/keys", R"({"name":"mine"})");
  const auto other = harness_.as(Role::holder, orchid).post("/v1/keys", R"({"name":"theirs"})");
  const auto free = admin_.post("/v1/keys", R"({"name":"everywhere","role":"admin"})");
  const auto seen = json_of(harness_.as(Role::holder, lotus).get("/v1/keys"));
  ASSERT_EQ(seen.at("items").as_array().size(), 1U);
  EXPECT_EQ(seen.at("items").at(0).at("name"), "mine");
  EXPECT_EQ(harness_.as(Role::holder, lotus).del(field_of(other, "Location")).status, 404U);
  EXPECT_EQ(harness_.as(Role::holder, lotus).del(field_of(free, "Location")).status, 404U);
  EXPECT_EQ(json_of(admin_.get("/v1/keys?limit=2")).at("items").as_array().size(), 2U);
}

TEST_F(AccessRoutes, AKeyThatExpiresInThePastOrFitsNoTenantIsRefusedFieldByField) {
  const auto refused = admin_.post(
      "/v1/keys", R"({"name":"","role":"holder","expires_at":"2001-01-01T00:00:00Z","colour":"red"})");
  EXPECT_EQ(refused.status, 422U);
  for (const char* where : {"/name", "/tenant", "/expires_at", "/colour"})
    EXPECT_NE(refused.body.find(where), std::string::npos) << where << " in " << refused.body;
}

TEST_F(AccessRoutes, APersonLogsInActsAndLogsOut) {
  ASSERT_EQ(add_kim().status, 201U);
  const auto in = log_in();
  ASSERT_EQ(in.status, 201U) << in.body;
  const std::string set = field_of(in, "Set-Cookie");
  EXPECT_TRUE(set.ends_with("; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200")) << set;
  const ApiClient::Fields cookie{{"Cookie", cookie_in(in)}};
  const ApiClient::Fields both{{"Cookie", cookie_in(in)}, {"X-CSRF-Token", text_in(in, "csrf_token")}};
  const auto session = nobody_.get("/v1/sessions/current", cookie);
  EXPECT_EQ(session.status, 200U);
  EXPECT_EQ(text_in(session, "csrf_token"), text_in(in, "csrf_token"));
  EXPECT_EQ(nobody_.post("/v1/keys", R"({"name":"x","role":"admin"})", cookie).status, 401U);
  EXPECT_EQ(nobody_.post("/v1/keys", R"({"name":"x","role":"admin"})", both).status, 201U);
  EXPECT_EQ(nobody_.del("/v1/sessions/current", cookie).status, 401U);
  const auto out = nobody_.del("/v1/sessions/current", both);
  EXPECT_EQ(out.status, 204U) << out.body;
  EXPECT_EQ(field_of(out, "Set-Cookie"), "reelprint=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  EXPECT_EQ(nobody_.get("/v1/me", cookie).status, 401U);
}

TEST_F(AccessRoutes, AWrongLoginIs401ThenThrottledAndIsNotUndone) {
  ASSERT_EQ(add_kim().status, 201U);
  const auto wrong = log_in("not the password");
  EXPECT_EQ(wrong.status, 401U);
  EXPECT_EQ(field_of(wrong, "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(field_of(wrong, "Set-Cookie"), "");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(log_in("not the password").status, 401U);
  const auto throttled = log_in();
  EXPECT_EQ(throttled.status, 429U);
  EXPECT_EQ(field_of(throttled, "Retry-After"), "1");
  harness_.clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(log_in().status, 201U);
}

TEST_F(AccessRoutes, APersonChangesTheOwnPasswordWithTheCurrentOne) {
  ASSERT_EQ(add_kim().status, 201U);
  const auto in = log_in();
  const ApiClient::Fields both{{"Cookie", cookie_in(in)}, {"X-CSRF-Token", text_in(in, "csrf_token")}};
  const auto change = [&](const std::string& current, const std::string& next) {
    return nobody_.put("/v1/me/password",
                       R"({"current_password":")" + current + R"(","new_password":")" + next + R"("})", both);
  };
  EXPECT_EQ(change("not the password", "two walruses in it").status, 422U);
  EXPECT_EQ(change(kPassword, "password1234").status, 422U);
  EXPECT_EQ(change(kPassword, "two walruses in it").status, 204U);
  EXPECT_EQ(nobody_.get("/v1/me", {{"Cookie", cookie_in(in)}}).status, 401U);
  EXPECT_EQ(log_in().status, 401U);
  EXPECT_EQ(log_in("two walruses in it").status, 201U);
}

TEST_F(AccessRoutes, AnAdminChangesDisablesAndResetsAUser) {
  const auto made = add_kim();
  const std::string path = field_of(made, "Location");
  const auto in = log_in();
  EXPECT_EQ(admin_.patch(path, R"({"name":"Kim"})", {{"If-Match", "\"v9\""}}).status, 412U);
  const auto changed = admin_.patch(path, R"({"name":"Kim"})", {{"If-Match", field_of(made, "ETag")}});
  EXPECT_EQ(changed.status, 200U);
  EXPECT_EQ(field_of(changed, "ETag"), "\"v2\"");
  EXPECT_EQ(admin_.patch(path, R"({"role":"holder"})").status, 422U);
  EXPECT_EQ(admin_.put(path + "/password", R"({"password":"too short"})").status, 422U);
  EXPECT_EQ(admin_.put(path + "/password", R"({"password":"three walruses"})").status, 204U);
  EXPECT_EQ(nobody_.get("/v1/me", {{"Cookie", cookie_in(in)}}).status, 401U);
  EXPECT_EQ(log_in("three walruses").status, 201U);
  EXPECT_EQ(admin_.patch(path, R"({"disabled":true})").status, 200U);
  EXPECT_EQ(log_in("three walruses").status, 401U);
}

TEST_F(AccessRoutes, AUserWithAFaultIsRefusedFieldByField) {
  ASSERT_EQ(add_kim().status, 201U);
  const auto refused = admin_.post(
      "/v1/users", R"({"email":"KIM@lotus.example","name":"","role":"king","password":"password1234"})");
  EXPECT_EQ(refused.status, 422U);
  for (const char* where : {"/email", "/name", "/role", "/password"})
    EXPECT_NE(refused.body.find(where), std::string::npos) << where << " in " << refused.body;
  EXPECT_EQ(json_of(admin_.get("/v1/users")).at("items").as_array().size(), 1U);
}

TEST_F(AccessRoutes, TenantsAreMadeRenamedAndSeenByTheirAuditors) {
  const auto made = admin_.post("/v1/tenants", R"({"name":"Lotus","kind":"holder"})");
  ASSERT_EQ(made.status, 201U) << made.body;
  const std::string path = field_of(made, "Location");
  EXPECT_EQ(admin_.post("/v1/tenants", R"({"name":"Lotus","kind":"platform"})").status, 422U);
  EXPECT_EQ(admin_.post("/v1/tenants", R"({"name":"Orchid","kind":"band"})").status, 422U);
  const auto renamed = admin_.patch(path, R"({"name":"Lotus Films"})", {{"If-Match", "\"v1\""}});
  EXPECT_EQ(text_in(renamed, "name"), "Lotus Films");
  EXPECT_EQ(admin_.patch(path, R"({"name":"Lotus"})", {{"If-Match", "\"v1\""}}).status, 412U);
  tenant("Orchid");
  const ApiClient auditor = harness_.as(Role::auditor, TenantId{number_in(made, "id")});
  EXPECT_EQ(json_of(auditor.get("/v1/tenants")).at("items").as_array().size(), 1U);
  EXPECT_EQ(json_of(admin_.get("/v1/tenants")).at("items").as_array().size(), 2U);
}

TEST_F(AccessRoutes, TheAuditLogIsFilteredPagedAndNarrowedToATenant) {
  const auto lotus = admin_.post("/v1/tenants", R"({"name":"Lotus","kind":"holder"})");
  tenant("Orchid");
  ASSERT_EQ(admin_.post("/v1/keys", R"({"name":"x","role":"admin"})").status, 201U);
  const auto first = json_of(admin_.get("/v1/audit?limit=2"));
  ASSERT_EQ(first.at("items").as_array().size(), 2U);
  EXPECT_EQ(first.at("items").at(0).at("action"), "key.create");
  const std::string next(first.at("next").as_string());
  EXPECT_EQ(json_of(admin_.get("/v1/audit?limit=2&cursor=" + next)).at("items").as_array().size(), 1U);
  EXPECT_EQ(json_of(admin_.get("/v1/audit?action=tenant.")).at("items").as_array().size(), 2U);
  const ApiClient auditor = harness_.as(Role::auditor, TenantId{number_in(lotus, "id")});
  EXPECT_EQ(json_of(auditor.get("/v1/audit")).at("items").as_array().size(), 1U);
  EXPECT_EQ(auditor.get("/v1/audit?tenant=2").status, 404U);
  EXPECT_EQ(admin_.get("/v1/audit?colour=red").status, 400U);
}

TEST_F(AccessRoutes, VerificationTellsWhereTheAuditLogIsBroken) {
  tenant("Lotus");
  tenant("Orchid");
  const auto whole = json_of(admin_.get("/v1/audit/verification"));
  EXPECT_EQ(whole.at("ok"), true);
  EXPECT_EQ(whole.at("entries"), 2);
  harness_.database().run_script(
      {"tamper", "DROP TRIGGER audit_keeps_entries; UPDATE audit SET actor = 'nobody' WHERE id = 2"});
  const auto broken = json_of(admin_.get("/v1/audit/verification"));
  EXPECT_EQ(broken.at("ok"), false);
  EXPECT_EQ(broken.at("first_broken"), 2);
}

}  // namespace
}  // namespace reelprint::api
