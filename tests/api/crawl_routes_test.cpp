#include "api/routes/crawl_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "api_harness.h"
#include "store/audit.h"
#include "store/crawl_sources.h"
#include "store/frontier.h"
#include "store/sightings.h"
#include "store/tenants.h"

namespace reelprint::api {
namespace {

using namespace std::chrono_literals;

constexpr const char* kPlain = R"({"name":"s","start_urls":["https://a.example/"]})";

class CrawlRoutes : public testing::Test {
 protected:
  CrawlRoutes() { std::filesystem::create_directories(root_ / "watched" / "in"); }

  void add_routes(Router& router, const Backend& backend) {
    Backend own = backend;
    own.crawl.folders = {root_ / "watched"};
    add_crawl_routes(router, own);
    add_crawl_result_routes(router, own);
  }
  TenantId tenant(const std::string& name) {
    store::Tenant made;
    made.name = name;
    made.created_at = harness_.clock.now();
    return store::Tenants(harness_.database()).add(made);
  }
  boost::json::value create(const ApiClient& client, const std::string& body = kPlain) {
    const auto response = client.post("/v1/crawl/sources", body);
    EXPECT_EQ(response.status, 201U) << response.body;
    return json_of(response);
  }
  static std::string path_of(const boost::json::value& source) {
    return "/v1/crawl/sources/" + std::to_string(source.at("id").as_int64());
  }
  /// What is wrong with a field, by its pointer; "" when nothing is.
  static std::string fault(const http::Response& response, std::string_view pointer) {
    EXPECT_EQ(response.status, 422U) << response.body;
    return response.body.find("\"" + std::string(pointer) + "\"") == std::string::npos ? "" : response.body;
  }

  test::TemporaryFolder files_;
  std::filesystem::path root_ = files_.path();
  ApiHarness harness_{[this](Router& router, const Backend& backend) { add_routes(router, backend); }};
  TenantId ours_ = tenant("ours");
  TenantId theirs_ = tenant("theirs");
  ApiClient holder_ = harness_.as(Role::holder, ours_);
  ApiClient other_ = harness_.as(Role::holder, theirs_);
  ApiClient admin_ = harness_.as(Role::admin);
  store::CrawlSources sources_{harness_.database()};
};

TEST_F(CrawlRoutes, CreateASourceInNormalFormWithItsDefaults) {
  const auto source = create(holder_, R"({"name":"s","kind":"channel",
      "start_urls":["HTTPS://A.example:443/u/x?utm_source=y#z"],
      "scope":{"hosts":["*.B\u00fccher.example"],"path_prefixes":["/u/%7ex"],"most_depth":2},
      "budget":{"pages":7,"time_s":60},"every_min":2880,"at":"03:30","priority":-5,"territory":"DE"})");
  EXPECT_EQ(source.at("start_urls").at(0).as_string(), "https://a.example/u/x");
  EXPECT_EQ(source.at("scope").at("hosts").at(0).as_string(), "*.xn--bcher-kva.example");
  EXPECT_EQ(source.at("scope").at("path_prefixes").at(0).as_string(), "/u/~x");
  EXPECT_EQ(source.at("budget").at("pages").as_int64(), 7);
  EXPECT_EQ(source.at("budget").at("bytes").to_number<std::uint64_t>(), CrawlBudget{}.bytes);
  EXPECT_EQ(source.at("at").as_string(), "03:30");
  EXPECT_EQ(source.at("tenant").as_int64(), ours_.value);
  EXPECT_EQ(json_of(holder_.get(path_of(source))), source);
  EXPECT_EQ(sources_.due(harness_.clock.now()).size(), 1U);
}

TEST_F(CrawlRoutes, RefuseWhatCouldNotBeCrawled) {
  for (const char* url :
       {"http://127.0.0.1/", "http://169.254.169.254/", "http://localhost/", "ftp://a.example/",
        "https://u:p@a.example/", "http://0x7f.1/", "http://[::ffff:10.0.0.1]/", ""}) {
    const auto response =
        holder_.post("/v1/crawl/sources",
                     R"({"name":"s","start_urls":["https://a.example/",")" + std::string(url) + "\"]}");
    EXPECT_NE(fault(response, "/start_urls/1"), "") << url << response.body;
  }
}

TEST_F(CrawlRoutes, TellEverythingThatIsWrong) {
  const auto response =
      holder_.post("/v1/crawl/sources", R"({"kind":"x","start_urls":[],"at":"24:00","every_min":3,
      "scope":{"hosts":["a.example/x"],"path_prefixes":["x"],"most_depth":101},"priority":101,"territory":"UK",
      "budget":{"pages":-1},"unknown":1})");
  for (const char* where :
       {"/name", "/kind", "/start_urls", "/at", "/every_min", "/scope/hosts/0", "/scope/path_prefixes/0",
        "/scope/most_depth", "/priority", "/territory", "/budget/pages", "/unknown"})
    EXPECT_NE(fault(response, where), "") << where << response.body;
}

TEST_F(CrawlRoutes, NeedWholeDaysForATimeOfTheDay) {
  const auto response = holder_.post(
      "/v1/crawl/sources", R"({"name":"s","start_urls":["https://a.example/"],"every_min":60,"at":"03:30"})");
  EXPECT_NE(fault(response, "/at"), "");
}

TEST_F(CrawlRoutes, RefuseANameTwiceInATenantOnly) {
  create(holder_);
  EXPECT_EQ(holder_.post("/v1/crawl/sources", kPlain).status, 409U);
  const auto theirs = create(other_);
  EXPECT_EQ(holder_.get(path_of(theirs)).status, 404U);
  const auto second = create(holder_, R"({"name":"t","start_urls":["https://a.example/"]})");
  EXPECT_EQ(holder_.patch(path_of(second), R"({"name":"s"})").status, 409U);
  EXPECT_EQ(holder_.patch(path_of(second), R"({"name":"t"})").status, 200U);
}

TEST_F(CrawlRoutes, LetAdminsWatchAllowedFoldersOnly) {
  const auto body = [](const std::filesystem::path& folder) {
    return R"({"name":"f","kind":"folder","start_urls":[")" + folder.string() + "\"]}";
  };
  std::filesystem::create_directory_symlink("/", root_ / "watched" / "link");
  std::filesystem::create_directory(root_ / "watched2");
  EXPECT_NE(fault(holder_.post("/v1/crawl/sources", body(root_ / "watched" / "in")), "/kind"), "");
  for (const auto& folder :
       {root_ / "watched2", root_ / "watched" / "link", root_ / "watched" / ".." / "watched2",
        root_ / "watched" / "none", std::filesystem::path("watched")})
    EXPECT_NE(fault(admin_.post("/v1/crawl/sources", body(folder)), "/start_urls/0"), "") << folder;
  EXPECT_EQ(admin_.post("/v1/crawl/sources", body(root_ / "watched" / "in")).status, 201U);
}

TEST_F(CrawlRoutes, KeepAHolderFromChangingAFolderIntoASite) {
  CrawlSource folder;
  folder.tenant = ours_;
  folder.name = "f";
  folder.kind = CrawlSourceKind::folder;
  folder.start_urls = {(root_ / "watched").string()};
  folder.id = sources_.add(folder);
  const auto response = holder_.patch("/v1/crawl/sources/" + std::to_string(folder.id.value),
                                      R"({"kind":"site","start_urls":["https://a.example/"]})");
  EXPECT_NE(fault(response, "/kind"), "");
}

TEST_F(CrawlRoutes, ChangeWhatIsGivenOfTheVersionThatWasSeen) {
  const auto source = create(holder_);
  EXPECT_EQ(holder_.patch(path_of(source), R"({"priority":3})", {{"If-Match", "\"v2\""}}).status, 412U);
  const auto changed = holder_.patch(path_of(source), R"({"priority":3})", {{"If-Match", "\"v1\""}});
  ASSERT_EQ(changed.status, 200U) << changed.body;
  EXPECT_EQ(field_of(changed, "ETag"), "\"v2\"");
  EXPECT_EQ(json_of(changed).at("priority").as_int64(), 3);
  EXPECT_EQ(json_of(changed).at("start_urls"), source.at("start_urls"));
}

TEST_F(CrawlRoutes, ReckonTheNextRoundFromTheLastWhenTheScheduleChanges) {
  const auto source = create(holder_);
  const CrawlSourceId id{source.at("id").as_int64()};
  sources_.begin_round(*sources_.find(id), harness_.clock.now());
  ASSERT_EQ(holder_.patch(path_of(source), R"({"every_min":60})").status, 200U);
  EXPECT_EQ(sources_.find(id)->next_round_at, harness_.clock.now() + 1h);
}

TEST_F(CrawlRoutes, PauseResumeAndBeginARound) {
  const auto source = create(holder_);
  const CrawlSourceId id{source.at("id").as_int64()};
  sources_.begin_round(*sources_.find(id), harness_.clock.now());
  EXPECT_EQ(holder_.post(path_of(source) + "/rounds").status, 409U);
  sources_.end_round(id, "", harness_.clock.now());
  ASSERT_EQ(holder_.post(path_of(source) + "/pause").status, 200U);
  EXPECT_EQ(sources_.find(id)->state, CrawlSourceState::paused);
  EXPECT_EQ(holder_.post(path_of(source) + "/rounds").status, 409U);
  ASSERT_EQ(holder_.post(path_of(source) + "/resume").status, 200U);
  EXPECT_TRUE(sources_.due(harness_.clock.now()).empty());
  EXPECT_EQ(holder_.post(path_of(source) + "/rounds").status, 202U);
  EXPECT_EQ(sources_.due(harness_.clock.now()).size(), 1U);
}

TEST_F(CrawlRoutes, ListRoundsPageByPage) {
  const auto source = create(holder_);
  const CrawlSourceId id{source.at("id").as_int64()};
  for (int i = 0; i < 3; ++i) sources_.begin_round(*sources_.find(id), harness_.clock.now());
  const auto first = json_of(holder_.get(path_of(source) + "/rounds?limit=2"));
  EXPECT_EQ(first.at("items").at(0).at("number").as_int64(), 3);
  const auto next = json_of(
      holder_.get(path_of(source) + "/rounds?limit=2&cursor=" + std::string(first.at("next").as_string())));
  EXPECT_EQ(next.at("items").as_array().size(), 1U);
  EXPECT_TRUE(next.at("next").is_null());
}

TEST_F(CrawlRoutes, AuditEveryChange) {
  const auto source = create(holder_);
  const std::string path = path_of(source);
  (void)holder_.patch(path, R"({"priority":3})");
  (void)holder_.post(path + "/rounds");
  (void)holder_.post(path + "/pause");
  (void)holder_.post(path + "/resume");
  EXPECT_EQ(holder_.del(path).status, 204U);
  EXPECT_EQ(holder_.get(path).status, 404U);
  store::AuditFilter wanted;
  wanted.action = "crawl_source.";
  const auto entries = store::Audit(harness_.database()).list(wanted, {}, 100);
  std::string actions;
  for (const auto& entry : entries) actions = entry.action.substr(entry.action.find('.')) + actions;
  EXPECT_EQ(actions, ".create.update.round.pause.resume.delete");
}

TEST_F(CrawlRoutes, ShowRequestsAndSightingsOfOnesTenantOnly) {
  const auto source = create(holder_);
  const CrawlSourceId id{source.at("id").as_int64()};
  store::Frontier(harness_.database())
      .record({.source = id, .url = "https://a.example/", .status = 200, .at = harness_.clock.now()});
  Sighting sighting;
  sighting.tenant = ours_;
  sighting.source = id;
  sighting.location = "https://a.example/1.mp4";
  sighting.metadata.duration = Duration{90'500'000};
  sighting.seen_at = sighting.checked_at = harness_.clock.now();
  store::Sightings sightings(harness_.database());
  const SightingId seen = sightings.put(sighting);
  sightings.add_check({.sighting = seen, .at = harness_.clock.now(), .is_up = false, .page_status = 404}, {});
  const auto count = [](const http::Response& response) {
    return json_of(response).at("items").as_array().size();
  };
  const std::string only = "?source=" + std::to_string(id.value);
  for (const std::string list : {"/v1/crawl/requests", "/v1/crawl/sightings"}) {
    EXPECT_EQ(count(holder_.get(list)), 1U) << list;
    EXPECT_EQ(count(holder_.get(list + only)), 1U) << list;
    EXPECT_EQ(count(other_.get(list)), 0U) << list;
    EXPECT_EQ(other_.get(list + only).status, 404U) << list;
    EXPECT_EQ(count(admin_.get(list)), 1U) << list;
  }
  const auto shown = json_of(holder_.get("/v1/crawl/sightings/" + std::to_string(seen.value)));
  EXPECT_EQ(shown.at("metadata").at("duration_s").to_number<double>(), 90.5);
  EXPECT_EQ(shown.at("checks").at(0).at("page_status").as_int64(), 404);
  EXPECT_FALSE(shown.at("is_up").as_bool());
}

TEST_F(CrawlRoutes, ReportBySourceAndInAll) {
  const auto first = create(holder_);
  const auto second = create(other_);
  const WallTime now = harness_.clock.now();
  for (const auto& source : {first, second}) {
    const CrawlSourceId id{source.at("id").as_int64()};
    sources_.begin_round(*sources_.find(id), now);
    sources_.count(id, {.pages = 4, .bytes = 1'000, .videos_screened = 2, .matched = 1, .cpu_s = 3}, now);
    sources_.count_host(id, "https://a.example", {.pages = 4, .bytes = 1'000}, now);
  }
  const auto ours = json_of(holder_.get("/v1/crawl/report"));
  EXPECT_EQ(ours.at("sources").as_array().size(), 1U);
  EXPECT_EQ(ours.at("whole").at("pages").as_int64(), 4);
  EXPECT_EQ(ours.at("whole").at("per_decision").at("bytes").to_number<double>(), 500.0);
  const auto all = json_of(admin_.get("/v1/crawl/report"));
  EXPECT_EQ(all.at("whole").at("pages").as_int64(), 8);
  EXPECT_EQ(all.at("whole").at("hosts").as_int64(), 1);
  const std::string later = "/v1/crawl/report?from=" + to_rfc3339(now + 48h);
  const auto none = json_of(admin_.get(later));
  EXPECT_TRUE(none.at("sources").as_array().empty());
  EXPECT_TRUE(none.at("whole").at("per_decision").at("bytes").is_null());
}

TEST_F(CrawlRoutes, SayWhatASourceWaitsFor) {
  const auto source = create(holder_);
  const CrawlSourceId id{source.at("id").as_int64()};
  const WallTime now = harness_.clock.now();
  const auto waits_for = [&] {
    const auto status = json_of(holder_.get("/v1/crawl/status?source=" + std::to_string(id.value)));
    return std::string(status.at("sources").at(0).at("waits_for").as_string());
  };
  EXPECT_EQ(waits_for(), "round");
  sources_.begin_round(*sources_.find(id), now);
  EXPECT_EQ(waits_for(), "hosts");
  store::Frontier frontier(harness_.database());
  const auto taken = frontier.take("c", 1, now, now + 1min);
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(waits_for(), "answers");
  ASSERT_TRUE(frontier.settle(taken[0].id, "c", {}, now, now));
  EXPECT_EQ(waits_for(), "nothing");
  (void)holder_.post(path_of(source) + "/pause");
  EXPECT_EQ(waits_for(), "resume");
}

}  // namespace
}  // namespace reelprint::api
