#include "api/routes/catalog_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "api_harness.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/live_catalog.h"
#include "pipeline/register_job.h"
#include "store/catalog.h"
#include "store/conflicts.h"
#include "store/jobs.h"
#include "store/references.h"
#include "store/tenants.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::serialize(value);
}

/// Random pictures, one a second; another number gives others.
std::string print_bytes(std::uint64_t seed, std::uint8_t media) {
  std::mt19937_64 random(seed);
  Fingerprint print;
  print.duration = std::chrono::seconds(20);
  print.media.bytes[0] = media;
  for (int s = 0; s < 20; ++s) {
    print.keyframes.push_back({{Timestamp{s * 1'000'000}, Timestamp{(s + 1) * 1'000'000}},
                               {{random(), random(), random(), random()}, 100},
                               true});
  }
  const auto bytes = fingerprint::encode(print);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class CatalogRoutes : public testing::Test {
 protected:
  CatalogRoutes()
      : harness_([this](Router& router, const Backend& backend) {
          Backend mine = backend;
          mine.catalog_snapshot = [this] { return live().refresh(); };
          mine.catalog.import_folder = imports_.path();
          add_catalog_routes(router, mine);
        }) {
    store::Tenants tenants(harness_.database());
    lotus_ = tenants.add({{}, "Lotus Ltd", store::TenantKind::holder, harness_.clock.now()});
    rival_ = tenants.add({{}, "Rival Ltd", store::TenantKind::holder, harness_.clock.now()});
  }
  pipeline::LiveCatalog& live() {
    if (!live_) live_ = std::make_unique<pipeline::LiveCatalog>(harness_.folder());
    return *live_;
  }
  static std::int64_t id_of(const http::Response& response) {
    EXPECT_LT(response.status, 300U) << response.body;
    return response.status < 300 ? json_of(response).at("id").as_int64() : 0;
  }
  /// A holder with a series and an episode.
  std::int64_t add_episode(const ApiClient& client, const std::string& holder) {
    const auto owner = id_of(client.post("/v1/holders", R"({"name":")" + holder + R"("})"));
    const auto series =
        id_of(client.post("/v1/series", R"({"holder":)" + std::to_string(owner) + R"(,"name":"The Oath"})"));
    return id_of(client.post("/v1/series/" + std::to_string(series) + "/episodes", R"({"number":1})"));
  }
  std::int64_t announce(const ApiClient& client, std::int64_t episode, std::uint64_t seed,
                        std::uint8_t media) {
    const auto response =
        client.post("/v1/episodes/" + std::to_string(episode) + "/references?language=zh-Hans",
                    print_bytes(seed, media), {{"Content-Type", "application/vnd.reelprint.fingerprint"}});
    EXPECT_EQ(response.status, 202U) << response.body;
    return id_of(response);
  }
  void run_job_of(std::int64_t reference) {
    const ReferenceId id{reference};
    const auto notes = store::References(harness_.database()).notes(id);
    const auto job = store::Jobs(harness_.database()).find(notes->job);
    const pipeline::DirectMediaReader reader;
    const pipeline::RegisterTools tools{reader, harness_.clock, [this] { return live().refresh(); }, {}, {}};
    const pipeline::JobContext context{*job, {}, [](double) {}, harness_.store(), harness_.clock.now()};
    (void)pipeline::register_handler(tools)(context);
  }

  test::TemporaryFolder imports_;
  ApiHarness harness_;
  std::unique_ptr<pipeline::LiveCatalog> live_;
  TenantId lotus_;
  TenantId rival_;
};

TEST_F(CatalogRoutes, AHolderKeepsItsOwnCatalogByVersions) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  const auto made = holder.post("/v1/holders", R"({"name":"Lotus"})");
  ASSERT_EQ(made.status, 201U) << made.body;
  const std::string place = field_of(made, "Location");
  EXPECT_EQ(json_of(made).at("tenant").as_int64(), lotus_.value);
  EXPECT_EQ(holder.post("/v1/holders", R"({"name":"Lotus"})").status, 409U);
  EXPECT_EQ(harness_.as(Role::holder, rival_).post("/v1/holders", R"({"name":"Lotus"})").status, 201U)
      << "a name is its tenant's business";
  const auto renamed = holder.patch(place, R"({"name":"Lotus Film"})", {{"If-Match", "\"v1\""}});
  EXPECT_EQ(renamed.status, 200U) << renamed.body;
  EXPECT_EQ(field_of(renamed, "ETag"), "\"v2\"");
  EXPECT_EQ(holder.patch(place, R"({"name":"x"})", {{"If-Match", "\"v1\""}}).status, 412U);
  EXPECT_EQ(json_of(holder.get("/v1/holders?name=Lotus Film")).at("items").as_array().size(), 1U);
  EXPECT_EQ(holder.del(place).status, 204U);
  EXPECT_EQ(holder.get(place).status, 404U);
}

TEST_F(CatalogRoutes, AnotherTenantsRowsAreNotFound) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  const std::string episode = std::to_string(add_episode(holder, "Lotus"));
  const std::string reference = std::to_string(announce(holder, std::stoll(episode), 1, 1));
  for (const Role role : {Role::holder, Role::legal}) {
    const ApiClient rival = harness_.as(role, rival_);
    for (const std::string path : {"/v1/holders/1", "/v1/series/1", "/v1/series/1/episodes", "/v1/episodes/1",
                                   "/v1/episodes/1/references", "/v1/references/1",
                                   "/v1/references/1/excluded", "/v1/references/1/health"}) {
      EXPECT_EQ(rival.get(path).status, 404U) << path;
    }
    for (const std::string path :
         {"/v1/holders", "/v1/series", "/v1/references", "/v1/imports", "/v1/conflicts"})
      EXPECT_TRUE(json_of(rival.get(path)).at("items").as_array().empty()) << path;
  }
  const ApiClient rival = harness_.as(Role::holder, rival_);
  EXPECT_EQ(rival.patch("/v1/references/1", R"({"cut":"mine"})").status, 404U);
  EXPECT_EQ(rival.post("/v1/references/1/retraction", R"({"reason":"x"})").status, 404U);
  EXPECT_EQ(rival.post("/v1/holders/1/retraction", R"({"reason":"x"})").status, 404U);
  EXPECT_EQ(rival.post("/v1/series", R"({"holder":1,"name":"x"})").status, 422U);
  EXPECT_EQ(rival.post("/v1/episodes/1/references", R"({"url":"https://a.example/"})").status, 404U);
}

TEST_F(CatalogRoutes, LegalReadsAndPlatformsSeeNothing) {
  (void)add_episode(harness_.as(Role::holder, lotus_), "Lotus");
  const ApiClient legal = harness_.as(Role::legal, lotus_);
  EXPECT_EQ(legal.get("/v1/episodes/1").status, 200U);
  EXPECT_EQ(legal.patch("/v1/episodes/1", R"({"title":"x"})").status, 403U);
  const ApiClient platform = harness_.as(Role::platform, rival_);
  EXPECT_EQ(platform.get("/v1/holders").status, 403U);
  EXPECT_EQ(harness_.as(Role::holder, lotus_).post("/v1/conflicts/1/decision", "{}").status, 403U);
}

TEST_F(CatalogRoutes, TellsWhatIsWrongWithIdentifiersAndOnlyWarnsAboutLicenceNumbers) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  (void)add_episode(holder, "Lotus");
  const auto wrong = holder.patch("/v1/episodes/1", R"({"eidr":"10.5240/1","isan":"x"})");
  EXPECT_EQ(wrong.status, 422U);
  EXPECT_NE(wrong.body.find("/eidr"), std::string::npos) << wrong.body;
  EXPECT_NE(wrong.body.find("/isan"), std::string::npos);
  const auto known =
      holder.patch("/v1/episodes/1", R"json({"licence_number":"（总局）网微剧审字(2025)第012号"})json");
  EXPECT_EQ(text_of(json_of(known).at("licence").at("kind")), "micro_drama") << known.body;
  EXPECT_TRUE(json_of(known).at("warnings").as_array().empty());
  const auto odd = holder.patch("/v1/episodes/1", R"({"licence_number":"ABC-1"})");
  EXPECT_EQ(odd.status, 200U);
  EXPECT_EQ(json_of(odd).at("warnings").as_array().size(), 1U);
}

TEST_F(CatalogRoutes, KeepsTheProofOfASeries) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  (void)add_episode(holder, "Lotus");
  const auto told = holder.patch("/v1/series/1", R"({"proof":{"copyright_owner":"Lotus","first_published_on":
"2026-05-01","chain_of_title":[{"name":"contract.pdf"}]}})");
  EXPECT_EQ(told.status, 200U) << told.body;
  EXPECT_EQ(text_of(json_of(told).at("proof").at("copyright_owner")), "Lotus");
  EXPECT_EQ(holder.patch("/v1/series/1", R"({"proof":{"first_published_on":"May"}})").status, 422U);
  EXPECT_EQ(holder.patch("/v1/series/1", R"({"proof":{"owner":"x"}})").status, 422U);
}

TEST_F(CatalogRoutes, RegistersAFingerprintAndExcludesStretches) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  const auto reference = announce(holder, add_episode(holder, "Lotus"), 1, 1);
  const std::string path = "/v1/references/" + std::to_string(reference);
  EXPECT_EQ(text_of(json_of(holder.get(path)).at("state")), "pending");
  EXPECT_EQ(holder.put(path + "/excluded", R"({"intervals":[]})").status, 409U);
  run_job_of(reference);
  const auto ready = json_of(holder.get(path));
  EXPECT_EQ(text_of(ready.at("state")), "active");
  EXPECT_EQ(ready.at("duration_s").to_number<double>(), 20);
  EXPECT_EQ(text_of(ready.at("language")), "zh-Hans");

  EXPECT_EQ(holder.put(path + "/excluded", R"({"intervals":[{"begin_s":5,"end_s":30}]})").status, 422U);
  const auto excluded =
      holder.put(path + "/excluded",
                 R"({"intervals":[{"begin_s":8,"end_s":12},{"begin_s":2,"end_s":9,"why":"stock"}]})");
  ASSERT_EQ(excluded.status, 200U) << excluded.body;
  const json::array intervals = json_of(excluded).at("excluded").as_array();
  ASSERT_EQ(intervals.size(), 1U);
  EXPECT_EQ(intervals[0].at("begin_s").to_number<double>(), 2);
  EXPECT_EQ(intervals[0].at("end_s").to_number<double>(), 12);

  const auto health = holder.get(path + "/health");
  ASSERT_EQ(health.status, 200U) << health.body;
  EXPECT_EQ(json_of(health).at("distinctive_s").to_number<double>(), 20);
}

TEST_F(CatalogRoutes, TakesMediaInAForm) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  (void)add_episode(holder, "Lotus");
  const std::string field = "--b\r\nContent-Disposition: form-data; name=\"";
  const std::string language = field + "language\"\r\n\r\nzh\r\n";
  const std::string file = field +
                           "file\"; filename=\"../1.rpf\"\r\nContent-Type: "
                           "application/vnd.reelprint.fingerprint\r\n\r\n" +
                           print_bytes(1, 1) + "\r\n";
  const auto send = [&](const std::string& body) {
    return holder.post("/v1/episodes/1/references", body,
                       {{"Content-Type", "multipart/form-data; boundary=b"}});
  };
  EXPECT_EQ(send(language + "--b--\r\n").status, 422U);
  EXPECT_EQ(send(file + file + "--b--\r\n").status, 422U);
  EXPECT_EQ(send(field + "colour\"\r\n\r\nred\r\n" + file + "--b--\r\n").status, 422U);
  EXPECT_TRUE(std::filesystem::is_empty(harness_.folder() / "spool"));
  const auto reference = id_of(send(language + file + "--b--\r\n"));
  run_job_of(reference);
  const auto ready = json_of(holder.get("/v1/references/" + std::to_string(reference)));
  EXPECT_EQ(text_of(ready.at("state")), "active");
  EXPECT_EQ(text_of(ready.at("language")), "zh");
}

TEST_F(CatalogRoutes, RefusesMediaOfNoKindAndCutsOfNoLanguage) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  (void)add_episode(holder, "Lotus");
  const std::string path = "/v1/episodes/1/references";
  EXPECT_EQ(holder.post(path, "x", {{"Content-Type", "text/plain"}}).status, 415U);
  EXPECT_EQ(holder.post(path + "?language=chinese!", "x", {{"Content-Type", "video/mp4"}}).status, 400U);
  EXPECT_EQ(holder.post(path, R"({"url":"file:///etc/passwd"})").status, 422U);
  EXPECT_EQ(holder.post(path, R"({"url":"https://a.example/","upload":1})").status, 422U);
  EXPECT_EQ(holder.post(path, R"({"upload":1})").status, 422U);
  EXPECT_EQ(holder.post(path, R"({"url":"https://a.example/","aspect_ratio":"tall"})").status, 422U);
  EXPECT_EQ(holder.post(path, R"({"url":"https://a.example/","aspect_ratio":"9:16"})").status, 202U);
  EXPECT_EQ(holder.post(path, "", {{"Content-Type", "video/mp4"}}).status, 422U);
  for (const auto& entry : std::filesystem::directory_iterator(harness_.folder() / "spool"))
    ADD_FAILURE() << entry.path() << " was left behind";
}

TEST_F(CatalogRoutes, AConflictShowsEachSideItsOwnHalfAndIsDecidedOnce) {
  const ApiClient lotus = harness_.as(Role::holder, lotus_);
  const ApiClient rival = harness_.as(Role::holder, rival_);
  const ApiClient admin = harness_.as(Role::admin);
  run_job_of(announce(lotus, add_episode(lotus, "Lotus"), 1, 1));
  const auto second = announce(rival, add_episode(rival, "Rival"), 1, 2);
  run_job_of(second);
  const std::string path = "/v1/references/" + std::to_string(second);
  ASSERT_EQ(text_of(json_of(rival.get(path)).at("state")), "held");

  const auto seen = json_of(rival.get("/v1/conflicts/1"));
  EXPECT_EQ(text_of(seen.at("other").at("holder")), "Lotus");
  EXPECT_FALSE(seen.at("other").as_object().contains("series_name"));
  EXPECT_TRUE(seen.at("segments").at(0).at("other_begin_s").is_null());
  EXPECT_FALSE(seen.at("segments").at(0).at("reference_begin_s").is_null());
  EXPECT_TRUE(json_of(lotus.get("/v1/conflicts?state=open"))
                  .at("items")
                  .at(0)
                  .at("segments")
                  .at(0)
                  .at("reference_begin_s")
                  .is_null());

  const std::string decision = R"({"decision":"accept","reason":"co-production"})";
  EXPECT_EQ(admin.post("/v1/conflicts/1/decision", R"({"decision":"maybe","reason":"x"})").status, 422U);
  EXPECT_EQ(admin.post("/v1/conflicts/1/decision", decision).status, 200U);
  EXPECT_EQ(admin.post("/v1/conflicts/1/decision", decision).status, 409U);
  EXPECT_EQ(text_of(json_of(rival.get(path)).at("state")), "active");

  EXPECT_EQ(rival.post(path + "/retraction", R"({"reason":"sold"})").status, 200U);
  EXPECT_EQ(rival.post(path + "/retraction", R"({"reason":"sold"})").status, 409U);
  const auto back = rival.post(path + "/reinstatement", R"({"reason":"bought back"})");
  EXPECT_EQ(back.status, 202U) << back.body;
  run_job_of(second);
  EXPECT_EQ(text_of(json_of(rival.get(path)).at("state")), "held");
}

TEST_F(CatalogRoutes, AnImportIsTakenWholeOrNotAtAll) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  std::filesystem::create_directories(imports_.path() / "oath");
  std::ofstream(imports_.path() / "oath" / "2.mp4") << "media";
  const std::string head = "holder,series,episode,language,licence_number,file\n";
  const std::string good =
      head + "Lotus,The Oath,1,zh,x1,https://a.example/1.mp4\n" + "Lotus,The Oath,2,zh,,oath/2.mp4\n";
  const ApiClient::Fields csv{{"Content-Type", "text/csv"}};
  const auto bad = holder.post(
      "/v1/imports",
      good + "Lotus,The Oath,3,zh-,,https://a.example/3.mp4\n" + "Lotus,The Oath,4,zh,,../../etc/passwd\n",
      csv);
  EXPECT_EQ(bad.status, 422U);
  EXPECT_NE(bad.body.find("line 4, column language"), std::string::npos) << bad.body;
  EXPECT_NE(bad.body.find("line 5, column file"), std::string::npos) << bad.body;
  const auto dry = holder.post("/v1/imports?dry_run=true", good, csv);
  EXPECT_EQ(dry.status, 200U) << dry.body;
  EXPECT_EQ(json_of(dry).at("warnings").as_array().size(), 1U);
  EXPECT_TRUE(json_of(holder.get("/v1/references")).at("items").as_array().empty());
  EXPECT_TRUE(json_of(holder.get("/v1/holders")).at("items").as_array().empty());

  const auto taken = holder.post("/v1/imports?name=spring", good, csv);
  ASSERT_EQ(taken.status, 202U) << taken.body;
  const auto progress = json_of(holder.get(field_of(taken, "Location")));
  EXPECT_EQ(progress.at("progress").at("pending").as_int64(), 2);
  EXPECT_FALSE(progress.at("is_done").as_bool());
  EXPECT_EQ(json_of(holder.get("/v1/references?import=1&state=pending")).at("items").as_array().size(), 2U);
  const ApiClient rival = harness_.as(Role::holder, rival_);
  EXPECT_EQ(rival.post("/v1/imports", good, csv).status, 202U) << "a holder of that name of its own";
  EXPECT_EQ(json_of(rival.get("/v1/references")).at("items").as_array().size(), 2U);
}

TEST_F(CatalogRoutes, RetractingAHoldersClaimRetractsAllItsReferences) {
  const ApiClient holder = harness_.as(Role::holder, lotus_);
  const auto episode = add_episode(holder, "Lotus");
  run_job_of(announce(holder, episode, 1, 1));
  (void)announce(holder, episode, 2, 2);
  const auto answer = holder.post("/v1/holders/1/retraction", R"({"reason":"insolvent"})");
  EXPECT_EQ(json_of(answer).at("retracted").as_int64(), 2) << answer.body;
  EXPECT_EQ(json_of(holder.get("/v1/references?state=retracted")).at("items").as_array().size(), 2U);
  EXPECT_EQ(holder.del("/v1/holders/1").status, 409U);
}

}  // namespace
}  // namespace reelprint::api
