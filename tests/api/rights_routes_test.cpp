#include "api/routes/rights_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/dry_run_job.h"
#include "api_harness.h"
#include "store/audit.h"
#include "store/events.h"
#include "store/jobs.h"
#include "store/rights.h"
#include "store/tenants.h"
#include "store/works.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

class RightsRoutes : public testing::Test {
 protected:
  RightsRoutes() {
    store::Tenants tenants(harness_.database());
    own_ = tenants.add({{}, "Aurora", store::TenantKind::holder, {}, 1});
    foreign_ = tenants.add({{}, "Boreal", store::TenantKind::holder, {}, 1});
    platform_ = tenants.add({{}, "Tube", store::TenantKind::platform, {}, 1});
    store::Works works(harness_.database());
    holder_ = works.add_holder("Aurora", own_);
    other_ = works.add_holder("Boreal", foreign_);
    series_ = works.add(holder_, "The Lantern Oath", "{}");
    other_series_ = works.add(other_, "Snow", "{}");
  }

  [[nodiscard]] std::string licence_body(HolderId holder) const {
    return R"({"holder":)" + std::to_string(holder.value) +
           R"(,"name":"TV Nord","grantee":{"accounts":["tvnord"]},"territories":["DE","AT"]})";
  }
  /// The id of a licence that the holder made.
  std::string made_licence() {
    const http::Response response =
        harness_.as(Role::holder, own_).post("/v1/licences", licence_body(holder_));
    EXPECT_EQ(response.status, 201U) << response.body;
    return std::to_string(json_of(response).at("id").as_int64());
  }

  ApiHarness harness_{add_rights_routes};
  TenantId own_;
  TenantId foreign_;
  TenantId platform_;
  HolderId holder_;
  HolderId other_;
  SeriesId series_;
  SeriesId other_series_;
};

TEST_F(RightsRoutes, MakesALicenceAuditsItAndTellsIt) {
  const ApiClient client = harness_.as(Role::holder, own_);
  const http::Response made = client.post("/v1/licences", licence_body(holder_));
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(field_of(made, "Location"), "/v1/licences/1");
  const json::value licence = json_of(client.get("/v1/licences/1"));
  EXPECT_EQ(licence.at("name"), "TV Nord");
  EXPECT_EQ(licence.at("territories"), (json::array{"AT", "DE"}));
  EXPECT_EQ(licence.at("grantee").at("accounts"), json::value(json::array{"tvnord"}));
  EXPECT_TRUE(licence.at("from").is_null());
  const auto entries = store::Audit(harness_.database()).list({}, {}, 10);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].action, "licence.create");
  EXPECT_EQ(entries[0].object, "licence 1");
  EXPECT_EQ(entries[0].tenant, own_);
  const auto events = store::Events(harness_.database()).events_after(own_, {}, 10);
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].type, "licence.changed");
  EXPECT_EQ(json::parse(events[0].data).at("change"), "create");
}

TEST_F(RightsRoutes, KeepsARevokedLicence) {
  const std::string path = "/v1/licences/" + made_licence();
  const ApiClient client = harness_.as(Role::holder, own_);
  EXPECT_EQ(client.del(path).status, 204U);
  const http::Response shown = client.get(path);
  EXPECT_EQ(shown.status, 200U);
  EXPECT_EQ(json_of(shown).at("revoked_at"), json::value(to_rfc3339(harness_.clock.now())));
  EXPECT_EQ(client.del(path).status, 409U);
  EXPECT_EQ(problem_of(client.del(path)), "already-revoked");
}

TEST_F(RightsRoutes, ChangesTheVersionThatIfMatchNamesMemberByMember) {
  const std::string path = "/v1/licences/" + made_licence();
  const ApiClient client = harness_.as(Role::holder, own_);
  const std::string tag = field_of(client.get(path), "ETag");
  const http::Response changed = client.patch(path, R"({"territories":[]})", {{"If-Match", tag}});
  ASSERT_EQ(changed.status, 200U) << changed.body;
  EXPECT_EQ(json_of(changed).at("version"), 2);
  EXPECT_EQ(json_of(changed).at("name"), "TV Nord");
  EXPECT_TRUE(json_of(changed).at("territories").as_array().empty());
  EXPECT_EQ(json_of(client.get(path)), json_of(changed));
  EXPECT_EQ(client.patch(path, R"({"name":"x"})", {{"If-Match", tag}}).status, 412U);
}

TEST_F(RightsRoutes, KnowsNothingOfAnotherTenantsThings) {
  const std::string path = "/v1/licences/" + made_licence();
  for (const Role role : {Role::holder, Role::legal, Role::auditor}) {
    const ApiClient stranger = harness_.as(role, foreign_);
    EXPECT_EQ(stranger.get(path).status, 404U);
    EXPECT_TRUE(json_of(stranger.get("/v1/licences")).at("items").as_array().empty());
  }
  const ApiClient stranger = harness_.as(Role::holder, foreign_);
  EXPECT_EQ(stranger.patch(path, "{}").status, 404U);
  EXPECT_EQ(stranger.del(path).status, 404U);
  EXPECT_EQ(stranger.post("/v1/licences", licence_body(holder_)).status, 422U);
}

TEST_F(RightsRoutes, LetsLegalAndAuditorsReadOnlyAndPlatformsNothing) {
  const std::string path = "/v1/licences/" + made_licence();
  for (const Role role : {Role::legal, Role::auditor}) {
    const ApiClient reader = harness_.as(role, own_);
    EXPECT_EQ(reader.get(path).status, 200U);
    EXPECT_EQ(reader.del(path).status, 403U);
    EXPECT_EQ(reader.post("/v1/licences", licence_body(holder_)).status, 403U);
  }
  EXPECT_EQ(harness_.as(Role::platform, platform_).get("/v1/licences").status, 403U);
  EXPECT_EQ(harness_.anonymous().get("/v1/licences").status, 401U);
  EXPECT_EQ(harness_.as(Role::admin).get(path).status, 200U);
}

TEST_F(RightsRoutes, TellsAllThatIsWrongWithALicence) {
  const ApiClient client = harness_.as(Role::holder, own_);
  const std::string body =
      R"({"holder":)" + std::to_string(holder_.value) +
      R"(,"grantee":{"platforms":[99],"url_patterns":["*"]},"works":{"series":[)" +
      std::to_string(other_series_.value) +
      R"(]},"territories":["UK"],"from":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z","colour":1})";
  const http::Response response = client.post("/v1/licences", body);
  ASSERT_EQ(response.status, 422U) << response.body;
  for (const char* expected : {"name", "no platform 99", "no URL pattern", "has no series", "'UK' is no code",
                               "must be after", "colour"})
    EXPECT_NE(response.body.find(expected), std::string::npos) << expected << "\n" << response.body;
  for (const char* grantee : {"{}", R"({"accounts":[""]})", R"({"accounts":"tvnord"})", "[]"}) {
    const std::string named = R"({"holder":)" + std::to_string(holder_.value) + R"(,"name":"x","grantee":)";
    EXPECT_EQ(client.post("/v1/licences", named + grantee + "}").status, 422U) << grantee;
  }
}

TEST_F(RightsRoutes, FindsLicencesByTheirFilters) {
  made_licence();
  const ApiClient client = harness_.as(Role::holder, own_);
  const auto count = [&](const std::string& query) {
    return json_of(client.get("/v1/licences?" + query)).at("items").as_array().size();
  };
  EXPECT_EQ(count("account=TVNORD"), 1U);
  EXPECT_EQ(count("account=pirate"), 0U);
  EXPECT_EQ(count("territory=DE"), 1U);
  EXPECT_EQ(count("territory=VN"), 0U);
  EXPECT_EQ(count("series=" + std::to_string(series_.value)), 1U);
  EXPECT_EQ(count("active_at=2026-01-01T00:00:00Z"), 1U);
  EXPECT_EQ(count("holder=" + std::to_string(other_.value)), 0U);
  EXPECT_EQ(client.get("/v1/licences?colour=red").status, 400U);
}

TEST_F(RightsRoutes, KeepsPolicies) {
  const ApiClient client = harness_.as(Role::holder, own_);
  const http::Response made =
      client.post("/v1/policies", R"({"holder":)" + std::to_string(holder_.value) +
                                      R"(,"name":"House rules","priority":3,"rules":[{"action":"block",)"
                                      R"("least_matched_s":30,"modality":"picture"},{"action":"track"}]})");
  ASSERT_EQ(made.status, 201U) << made.body;
  const json::value policy = json_of(made);
  EXPECT_EQ(policy.at("rules").as_array().size(), 2U);
  EXPECT_EQ(policy.at("rules").as_array()[0].at("least_matched_s").to_number<double>(), 30);
  const http::Response changed = client.patch("/v1/policies/1", R"({"enabled":false})");
  EXPECT_EQ(json_of(changed).at("enabled"), false);
  EXPECT_EQ(json_of(changed).at("rules"), policy.at("rules"));
  EXPECT_EQ(client.patch("/v1/policies/1", R"({"rules":[]})").status, 422U);
  EXPECT_EQ(client.patch("/v1/policies/1", R"({"rules":[{"action":"none"}]})").status, 422U);
  EXPECT_EQ(client.del("/v1/policies/1").status, 204U);
  EXPECT_EQ(client.get("/v1/policies/1").status, 404U);
}

TEST_F(RightsRoutes, LetsOnlyAnAdminAllowTheWorksOfAllHolders) {
  const std::string body = R"({"kind":"account","value":"archive","reason":"national archive"})";
  EXPECT_EQ(harness_.as(Role::holder, own_).post("/v1/allow-entries", body).status, 422U);
  const ApiClient admin = harness_.as(Role::admin);
  EXPECT_EQ(admin.post("/v1/allow-entries", body).status, 201U);
  EXPECT_TRUE(json_of(admin.get("/v1/allow-entries/1")).at("holder").is_null());
  EXPECT_EQ(harness_.as(Role::holder, own_).get("/v1/allow-entries/1").status, 404U);
  EXPECT_EQ(admin.del("/v1/allow-entries/1").status, 204U);
}

TEST_F(RightsRoutes, KeepsOwnerships) {
  const ApiClient client = harness_.as(Role::holder, own_);
  const std::string body = R"({"holder":)" + std::to_string(holder_.value) + R"(,"series":)" +
                           std::to_string(series_.value) +
                           R"(,"territories":["JP"],"from":"2026-01-01T00:00:00Z"})";
  ASSERT_EQ(client.post("/v1/ownerships", body).status, 201U);
  const http::Response changed = client.patch("/v1/ownerships/1", R"({"series":null})");
  EXPECT_TRUE(json_of(changed).at("series").is_null()) << changed.body;
  EXPECT_EQ(json_of(client.get("/v1/ownerships")).at("items").as_array().size(), 1U);
  EXPECT_EQ(client.del("/v1/ownerships/1").status, 204U);
}

/// One blocked screening of the holder's series by "tvnord".
class OneScreening final : public pipeline::PastScreenings {
 public:
  explicit OneScreening(ReferenceId reference) : reference_(reference) {}
  std::optional<pipeline::PastScreening> next() override {
    if (is_over_) return std::nullopt;
    is_over_ = true;
    pipeline::PastScreening screening;
    screening.request = RequestId{4};
    screening.duration = duration_of(40);
    screening.context.account = "tvnord";
    Match match;
    match.reference = reference_;
    match.query_span = {timestamp_of(0), timestamp_of(40)};
    match.reference_span = match.query_span;
    match.score = 0.999;
    match.distinctive = duration_of(40);
    screening.matches = {match};
    return screening;
  }

 private:
  ReferenceId reference_;
  bool is_over_ = false;
};

TEST_F(RightsRoutes, AnswersADryRunByAJobAndChangesNothingElse) {
  store::NewReference wanted;
  wanted.holder = "Aurora";
  wanted.series = "The Lantern Oath";
  wanted.episode.number = 3;
  wanted.reference.duration = duration_of(60);
  const ReferenceId reference = harness_.store().add_reference(wanted, {}, kAlgorithm).reference;
  const ApiClient client = harness_.as(Role::holder, own_);
  const std::string body = R"({"changes":{"licences":[{"holder":)" + std::to_string(holder_.value) +
                           R"(,"name":"TV Nord","grantee":{"accounts":["tvnord"]}}]}})";
  const http::Response asked = client.post("/v1/dry-runs", body);
  ASSERT_EQ(asked.status, 202U) << asked.body;
  EXPECT_EQ(json_of(asked).at("state"), "queued");
  const auto job = store::Jobs(harness_.database()).find(JobId{1});
  ASSERT_TRUE(job);
  const auto handler = dry_run_handler(
      [&](store::Store&, const DryRunRequest&) { return std::make_unique<OneScreening>(reference); }, {});
  handler({*job, {}, {}, harness_.store(), harness_.clock.now()})(harness_.store());
  const json::value answer = json_of(client.get("/v1/dry-runs/1")).at("answer");
  EXPECT_EQ(answer.at("screenings"), 1);
  EXPECT_EQ(answer.at("changed"), 1);
  const json::value change = answer.at("changes").as_array().at(0);
  EXPECT_EQ(change.at("from").at("decision"), "infringing");
  EXPECT_EQ(change.at("to").at("decision"), "licensed");
  EXPECT_EQ(change.at("gained").as_array().at(0).at("kind"), "licence");
  EXPECT_TRUE(store::Rights(harness_.database()).licences({}, {}, 10).empty());
}

TEST_F(RightsRoutes, LetsNobodyDryRunAnothersThings) {
  const std::string id = made_licence();
  const ApiClient stranger = harness_.as(Role::holder, foreign_);
  EXPECT_EQ(stranger.post("/v1/dry-runs", R"({"changes":{"remove":{"licences":[)" + id + "]}}}").status,
            422U);
  EXPECT_EQ(stranger.post("/v1/dry-runs", "{}").status, 422U);
  const ApiClient client = harness_.as(Role::holder, own_);
  ASSERT_EQ(client.post("/v1/dry-runs", R"({"changes":{"remove":{"licences":[)" + id + "]}}}").status, 202U);
  EXPECT_EQ(stranger.get("/v1/dry-runs/1").status, 404U);
}

}  // namespace
}  // namespace reelprint::api
