#include "api/routes/screening_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "api_harness.h"
#include "pipeline/screen_job.h"
#include "pipeline/upload_outcome.h"
#include "store/decisions.h"
#include "store/jobs.h"
#include "store/screening_requests.h"
#include "store/tenants.h"
#include "store/uploads.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr const char* kUrlBody =
    R"({"media_url":"https://x.test/a.mp4","context":{"account":"amy","territory":"DE"}})";

void add_routes(Router& router, const Backend& backend) {
  add_screening_routes(router, backend);
  add_decision_routes(router, backend);
}

/// Two holders with a reference each, and two platforms; screenings end when the test says how.
class ScreeningRoutes : public testing::Test {
 protected:
  ScreeningRoutes() {
    for (const char* name : {"Lotus", "Reed"}) {
      const TenantId tenant = tenants_.add({{}, name, store::TenantKind::holder, api_.clock.now(), 1});
      store::NewReference wanted;
      wanted.holder = name;
      wanted.series = "The Oath";
      wanted.reference.media.bytes[0] = static_cast<std::uint8_t>(tenant.value);
      wanted.reference.duration = std::chrono::seconds(60);
      const auto id = api_.store().add_reference(wanted, {}, kAlgorithm).reference;
      const HolderId holder = api_.store().reference(id)->holder.id;
      api_.database().run({"own", "UPDATE holders SET tenant = ?1 WHERE id = ?2"}, tenant.value,
                          holder.value);
    }
    tenants_.add({{}, "ShowTube", store::TenantKind::platform, api_.clock.now(), 1});
    tenants_.add({{}, "Clips", store::TenantKind::platform, api_.clock.now(), 1});
  }
  /// It shows the works of both holders.
  void complete(std::int64_t id) {
    Screening screening;
    screening.duration = std::chrono::seconds(60);
    for (const std::int64_t reference : {1, 2}) {
      Match match;
      match.reference = ReferenceId{reference};
      match.query_span = match.reference_span = {Timestamp{0}, Timestamp{30'000'000}};
      match.score = 0.99;
      match.distinctive = std::chrono::seconds(30);
      match.agreeing = match.compared = 30;
      screening.matches.push_back(match);
    }
    store::Transaction change(api_.database(), store::Transaction::Kind::write);
    ASSERT_TRUE(pipeline::store_result(api_.store(), RequestId{id}, screening, {}, api_.clock.now()));
    change.commit();
  }
  [[nodiscard]] json::object get(const ApiClient& client, const std::string& path) const {
    return json_of(client.get(path)).as_object();
  }

  ApiHarness api_{add_routes};
  store::Tenants tenants_{api_.database()};
  ApiClient lotus_ = api_.as(Role::holder, TenantId{1});
  ApiClient reed_ = api_.as(Role::legal, TenantId{2});
  ApiClient platform_ = api_.as(Role::platform, TenantId{3});
  ApiClient other_platform_ = api_.as(Role::platform, TenantId{4});
  ApiClient admin_ = api_.as(Role::admin);
  ApiClient auditor_ = api_.as(Role::auditor);
};

TEST_F(ScreeningRoutes, TakeAnAddressAndEnqueueAJob) {
  const auto made = platform_.post("/v1/screenings", kUrlBody);
  EXPECT_EQ(made.status, 202U);
  EXPECT_EQ(field_of(made, "Location"), "/v1/screenings/1");
  const auto said = json_of(made).as_object();
  EXPECT_EQ(said.at("state"), "queued");
  EXPECT_EQ(said.at("context").at("account"), "amy");
  EXPECT_EQ(said.at("media_url"), "https://x.test/a.mp4");
  EXPECT_EQ(store::Jobs(api_.database()).find(JobId{1})->what.kind, pipeline::kScreenJob);
}

TEST_F(ScreeningRoutes, TakeABodyToTheDisk) {
  const auto made = platform_.post("/v1/screenings?account=amy&name=a.mp4&priority=5", "media",
                                   {{"Content-Type", "video/mp4"}});
  EXPECT_EQ(made.status, 202U);
  const auto request = store::ScreeningRequests(api_.database()).find(RequestId{1});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->source_kind, SourceKind::file);
  EXPECT_EQ(request->name, "a.mp4");
  EXPECT_EQ(request->priority, 5);
  EXPECT_EQ(std::filesystem::file_size(pipeline::screening_media_folder(api_.folder()) / request->media), 5U);
}

std::string part(const std::string& disposition, const std::string& content) {
  return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

const ApiClient::Fields kForm{{"Content-Type", "multipart/form-data; boundary=b"}};

TEST_F(ScreeningRoutes, TakeAFormWithAFile) {
  const auto made = platform_.post("/v1/screenings",
                                   part("name=account", "amy") + part("name=territory", "DE") +
                                       part("name=file; filename=\"a.mp4\"", "media") + "--b--",
                                   kForm);
  EXPECT_EQ(made.status, 202U) << made.body;
  const auto request = store::ScreeningRequests(api_.database()).find(RequestId{1});
  ASSERT_TRUE(request);
  EXPECT_EQ(request->source_kind, SourceKind::file);
  EXPECT_EQ(request->name, "a.mp4");
  EXPECT_EQ(request->context.account, "amy");
  EXPECT_EQ(request->context.territory, "DE");
  EXPECT_EQ(std::filesystem::file_size(pipeline::screening_media_folder(api_.folder()) / request->media), 5U);
}

TEST_F(ScreeningRoutes, SayWhatIsWrongWithAForm) {
  const std::string file = part("name=file; filename=a", "media");
  const auto status_of = [&](const std::string& form) {
    return platform_.post("/v1/screenings", form + "--b--", kForm).status;
  };
  EXPECT_EQ(status_of(part("name=account", "amy")), 422U) << "no file";
  EXPECT_EQ(status_of(file + part("name=colour", "red")), 422U);
  EXPECT_EQ(status_of(file + part("name=territory", "Germany")), 422U);
  EXPECT_EQ(status_of(file + file), 422U);
  EXPECT_EQ(status_of(file + part("name=url", std::string(2001, 'u'))), 413U);
  std::string fields;
  for (int i = 0; i < 101; ++i) fields += part("name=f" + std::to_string(i), "");
  EXPECT_EQ(status_of(file + fields), 400U);
  EXPECT_EQ(platform_.post("/v1/screenings?account=a", file + "--b--", kForm).status, 400U);
  EXPECT_TRUE(std::filesystem::is_empty(pipeline::screening_media_folder(api_.folder())));
}

TEST_F(ScreeningRoutes, TakeAnUploadOnce) {
  store::Uploads uploads(api_.database());
  store::Upload upload;
  upload.tenant = TenantId{3};
  upload.length_bytes = 5;
  upload.name = "a.mp4";
  upload.expires_at = api_.clock.now() + std::chrono::hours(1);
  const UploadId id = uploads.add(upload);
  const std::string body = R"({"upload":)" + std::to_string(id.value) + "}";
  EXPECT_EQ(platform_.post("/v1/screenings", body).status, 422U) << "it is not complete";
  ASSERT_TRUE(uploads.complete(id));
  EXPECT_EQ(other_platform_.post("/v1/screenings", body).status, 422U);
  EXPECT_EQ(platform_.post("/v1/screenings", R"({"upload":1,"effort":"high"})").status, 422U);
  EXPECT_EQ(uploads.find(id)->state, store::UploadState::complete) << "a refusal claims nothing";
  EXPECT_EQ(platform_.post("/v1/screenings", body).status, 202U);
  EXPECT_EQ(platform_.post("/v1/screenings", body).status, 422U);
  const auto request = store::ScreeningRequests(api_.database()).find(RequestId{1});
  EXPECT_EQ(request->source_kind, SourceKind::upload);
  EXPECT_EQ(request->name, "a.mp4");
  EXPECT_EQ(uploads.find(id)->state, store::UploadState::claimed);
}

TEST_F(ScreeningRoutes, TakeAnUploadWhoseLastPieceTheServiceWasKilledBeforeNoting) {
  store::Uploads uploads(api_.database());
  store::Upload upload;
  upload.tenant = TenantId{3};
  upload.length_bytes = 5;
  upload.expires_at = api_.clock.now() + std::chrono::hours(1);
  const UploadId id = uploads.add(upload);
  const auto file = store::file_of(api_.folder(), id);
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << "four";
  const std::string body = R"({"upload":)" + std::to_string(id.value) + "}";
  EXPECT_EQ(platform_.post("/v1/screenings", body).status, 422U);
  std::ofstream(file, std::ios::binary) << "abcde";
  EXPECT_EQ(platform_.post("/v1/screenings", body).status, 202U);
  EXPECT_EQ(uploads.find(id)->state, store::UploadState::claimed);
}

TEST_F(ScreeningRoutes, SayWhatIsWrongBeforeTheBodyIsSent) {
  const auto refused =
      platform_.post("/v1/screenings?territory=Germany", "media", {{"Content-Type", "video/mp4"}});
  EXPECT_EQ(refused.status, 400U);
  EXPECT_FALSE(std::filesystem::exists(api_.folder() / "uploads"));
  EXPECT_EQ(platform_.post("/v1/screenings", "x", {{"Content-Type", "text/html"}}).status, 415U);
  EXPECT_EQ(platform_.post("/v1/screenings", R"({"media_url":"file:///etc/passwd"})").status, 422U);
  EXPECT_EQ(platform_.post("/v1/screenings", R"({"media_url":"https://x.test/","x":1})").status, 422U);
}

TEST_F(ScreeningRoutes, LetAClientWait) {
  EXPECT_EQ(platform_.post("/v1/screenings", kUrlBody, {{"Prefer", "wait=5"}}).status, 202U) << "it is late";
  complete(1);
  EXPECT_EQ(get(platform_, "/v1/screenings/1").at("state"), "done");
}

TEST_F(ScreeningRoutes, ShowAHolderItsOwnPartOnly) {
  (void)platform_.post("/v1/screenings", kUrlBody);
  EXPECT_EQ(lotus_.get("/v1/screenings/1").status, 404U) << "nothing of it is found yet";
  complete(1);
  const auto all = get(platform_, "/v1/screenings/1");
  EXPECT_EQ(all.at("decision"), "infringing");
  EXPECT_EQ(all.at("decisions").as_array().size(), 2U);
  EXPECT_EQ(all.at("result").at("matches").as_array().size(), 2U);
  EXPECT_FALSE(all.at("decisions").at(0).at("steps").as_array().empty());
  for (const ApiClient& client : {lotus_, reed_}) {
    const auto own = get(client, "/v1/screenings/1");
    EXPECT_TRUE(own.at("decision").is_null());
    EXPECT_EQ(own.at("decisions").as_array().size(), 1U);
    EXPECT_EQ(own.at("result").at("matches").as_array().size(), 1U);
    EXPECT_FALSE(own.contains("media_url"));
    EXPECT_FALSE(own.at("result").as_object().contains("reasons"));
    EXPECT_EQ(get(client, "/v1/decisions").at("items").as_array().size(), 1U);
    EXPECT_EQ(get(client, "/v1/screenings").at("items").as_array().size(), 1U);
  }
  EXPECT_EQ(lotus_.get("/v1/decisions/1").status, 200U);
  EXPECT_EQ(lotus_.get("/v1/decisions/2").status, 404U);
}

TEST_F(ScreeningRoutes, HideWhatIsAnotherPlatforms) {
  (void)platform_.post("/v1/screenings", kUrlBody);
  complete(1);
  EXPECT_EQ(other_platform_.get("/v1/screenings/1").status, 404U);
  EXPECT_EQ(other_platform_.post("/v1/screenings/1/cancellation").status, 404U);
  EXPECT_EQ(other_platform_.get("/v1/screenings/1/events").status, 404U);
  EXPECT_EQ(other_platform_.get("/v1/decisions/1").status, 404U);
  EXPECT_TRUE(get(other_platform_, "/v1/screenings").at("items").as_array().empty());
  EXPECT_EQ(get(auditor_, "/v1/screenings").at("items").as_array().size(), 1U);
  EXPECT_EQ(lotus_.post("/v1/screenings", kUrlBody).status, 403U);
  EXPECT_EQ(auditor_.post("/v1/screenings", kUrlBody).status, 403U);
}

TEST_F(ScreeningRoutes, CancelWhatHasNotEnded) {
  (void)platform_.post("/v1/screenings", kUrlBody);
  const auto cancelled = platform_.post("/v1/screenings/1/cancellation");
  EXPECT_EQ(cancelled.status, 200U);
  EXPECT_EQ(json_of(cancelled).at("state"), "cancelled");
  EXPECT_EQ(store::Jobs(api_.database()).find(JobId{1})->state, store::JobState::cancelled);
  EXPECT_EQ(platform_.post("/v1/screenings/1/cancellation").status, 409U);
}

TEST_F(ScreeningRoutes, FollowAScreeningToItsEnd) {
  (void)platform_.post("/v1/screenings", kUrlBody);
  const auto followed = platform_.get("/v1/screenings/1/events");
  ASSERT_TRUE(followed.events);
  EXPECT_EQ(followed.events->next()->at(0).data, R"({"state":"queued"})");
  EXPECT_TRUE(followed.events->next()->empty()) << "nothing is new";
  complete(1);
  EXPECT_EQ(followed.events->next()->back().type, "done");
  EXPECT_FALSE(followed.events->next());
}

TEST_F(ScreeningRoutes, ReleaseADecisionOfTheHoldersOwn) {
  (void)platform_.post("/v1/screenings", kUrlBody);
  complete(1);
  const char* const reason = R"({"reason":"we gave them leave"})";
  EXPECT_EQ(reed_.post("/v1/decisions/1/release", reason).status, 404U);
  EXPECT_EQ(platform_.post("/v1/decisions/1/release", reason).status, 403U);
  EXPECT_EQ(lotus_.post("/v1/decisions/1/release", "{}").status, 422U);
  const auto released = lotus_.post("/v1/decisions/1/release", reason);
  EXPECT_EQ(released.status, 200U);
  EXPECT_EQ(json_of(released).at("state"), "released");
  EXPECT_EQ(json_of(released).at("released").at("reason"), "we gave them leave");
  EXPECT_EQ(lotus_.post("/v1/decisions/1/release", reason).status, 409U);
}

TEST_F(ScreeningRoutes, ReleaseAllOfAHolder) {
  for (const std::int64_t id : {1, 2}) {
    (void)platform_.post("/v1/screenings", kUrlBody);
    complete(id);
  }
  EXPECT_EQ(reed_.post("/v1/holders/1/release", R"({"reason":"x"})").status, 404U);
  const auto released = lotus_.post("/v1/holders/1/release", R"({"reason":"the claim was wrong"})");
  EXPECT_EQ(json_of(released).at("released"), 2);
  EXPECT_EQ(get(reed_, "/v1/decisions?state=active").at("items").as_array().size(), 2U);
}

TEST_F(ScreeningRoutes, PutAReferenceIntoQuarantineAndOut) {
  (void)platform_.post("/v1/screenings", kUrlBody);
  complete(1);
  EXPECT_EQ(lotus_.post("/v1/references/2/quarantine", R"({"reason":"x"})").status, 404U);
  EXPECT_EQ(lotus_.post("/v1/references/1/quarantine", R"({"reason":"a test card"})").status, 200U);
  EXPECT_EQ(get(lotus_, "/v1/decisions?state=active").at("items").at(0).at("decision"), "needs_review");
  EXPECT_EQ(lotus_.del("/v1/references/1/quarantine").status, 403U) << "not by whom it is to protect from";
  EXPECT_EQ(admin_.del("/v1/references/1/quarantine").status, 200U);
  EXPECT_EQ(get(lotus_, "/v1/decisions?state=active").at("items").at(0).at("decision"), "infringing");
  EXPECT_EQ(admin_.del("/v1/references/1/quarantine").status, 409U);
}

TEST(ScreeningQuota, EndsADaysScreenings) {
  ApiHarness api([](Router& router, const Backend& backend) {
    Backend limited = backend;
    limited.screening.most_a_day_per_key = 1;
    add_screening_routes(router, limited);
  });
  const ApiClient platform = api.as(Role::platform, TenantId{3});
  EXPECT_EQ(platform.post("/v1/screenings", kUrlBody).status, 202U);
  const auto refused = platform.post("/v1/screenings", kUrlBody);
  EXPECT_EQ(refused.status, 429U);
  EXPECT_NE(field_of(refused, "Retry-After"), "");
  api.clock.advance(std::chrono::hours(25));
  EXPECT_EQ(platform.post("/v1/screenings", kUrlBody).status, 202U);
}

}  // namespace
}  // namespace reelprint::api
