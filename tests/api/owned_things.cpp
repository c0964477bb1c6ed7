#include "owned_things.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "api/accounts.h"
#include "fingerprint/fingerprint_codec.h"
#include "pipeline/case_export_job.h"
#include "pipeline/upload_outcome.h"
#include "store/case_exports.h"
#include "store/cases.h"
#include "store/conflicts.h"
#include "store/decisions.h"
#include "store/events.h"
#include "store/imports.h"
#include "store/jobs.h"
#include "store/screening_requests.h"
#include "store/sightings.h"

namespace reelprint::api {
namespace {

const Author kAuthor{"test", "", {}};

template <class Id>
std::string text_of(Id id) {
  return std::to_string(id.value);
}

}  // namespace

OwnedThings::OwnedThings(ApiHarness& harness) : harness_(harness) {
  const auto add = [this](const char* name, store::TenantKind kind) {
    return add_tenant(harness_.store(), name, kind, kAuthor).id;
  };
  holder_ = add("Lotus", store::TenantKind::holder);
  other_holder_ = add("Orchid", store::TenantKind::holder);
  platform_ = add("Clipstream", store::TenantKind::platform);
  other_platform_ = add("Reelhub", store::TenantKind::platform);
}

const std::map<std::string, OwnedThings::Make>& OwnedThings::makers() {
  static const std::map<std::string, Make> kMakers{
      {"tenant", &OwnedThings::tenant},
      {"user", &OwnedThings::user},
      {"key", &OwnedThings::key},
      {"holder", &OwnedThings::holder},
      {"series", &OwnedThings::series},
      {"episode", &OwnedThings::episode},
      {"reference", &OwnedThings::reference},
      {"conflict", &OwnedThings::conflict},
      {"import", &OwnedThings::import},
      {"licence", &OwnedThings::licence},
      {"policy", &OwnedThings::policy},
      {"allow_entry", &OwnedThings::allow_entry},
      {"ownership", &OwnedThings::ownership},
      {"dry_run", &OwnedThings::dry_run},
      {"job", &OwnedThings::job},
      {"screening", &OwnedThings::screening},
      {"decision", &OwnedThings::decision},
      {"case", &OwnedThings::case_},
      {"dispute", &OwnedThings::dispute},
      {"notice", &OwnedThings::notice},
      {"export", &OwnedThings::export_},
      {"run", &OwnedThings::run},
      {"upload", &OwnedThings::upload},
      {"webhook", &OwnedThings::webhook},
      {"event", &OwnedThings::event},
      {"delivery", &OwnedThings::delivery},
      {"crawl_source", &OwnedThings::crawl_source},
      {"sighting", &OwnedThings::sighting},
  };
  return kMakers;
}

bool OwnedThings::knows(const std::string& name) {
  return makers().contains(name);
}

const std::string& OwnedThings::id_of(const std::string& name) {
  const auto found = ids_.find(name);
  if (found != ids_.end()) return found->second;
  const std::string id = (this->*makers().at(name))();
  return ids_[name] = id;
}

TenantId OwnedThings::tenant_of(Role role, bool is_other) const {
  if (role == Role::admin) return {};
  if (role == Role::platform) return is_other ? other_platform_ : platform_;
  return is_other ? other_holder_ : holder_;
}

std::string OwnedThings::made_by_post(const ApiClient& client, const std::string& path,
                                      const std::string& body) {
  const auto response = client.post(path, body);
  EXPECT_LT(response.status, 300U) << path << ": " << response.body;
  return response.status < 300 ? boost::json::serialize(json_of(response).at("id")) : "0";
}

ReferenceEntry OwnedThings::add_work(const std::string& holder, TenantId tenant) {
  store::NewReference wanted;
  wanted.holder = holder;
  wanted.series = "The Oath";
  wanted.reference.media.bytes[0] = static_cast<std::uint8_t>(holder.front());
  wanted.reference.duration = std::chrono::seconds(60);
  Fingerprint print;
  print.duration = wanted.reference.duration;
  print.media = wanted.reference.media;
  const auto bytes = fingerprint::encode(print);
  const auto id = harness_.store().add_reference(wanted, bytes, kAlgorithm).reference;
  ReferenceEntry entry = harness_.store().reference(id).value();
  if (tenant == TenantId{}) return entry;
  harness_.database().run({"own", "UPDATE holders SET tenant = ?1 WHERE id = ?2"}, tenant.value,
                          entry.holder.id.value);
  return entry;
}

const ReferenceEntry& OwnedThings::work() {
  if (!work_) work_ = add_work("Lotus", holder_);
  return *work_;
}

std::string OwnedThings::tenant() {
  return text_of(holder_);
}

std::string OwnedThings::user() {
  store::User user;
  user.email = "kim@lotus.example";
  user.name = "kim";
  user.role = Role::holder;
  user.tenant = holder_;
  return text_of(add_user(harness_.store(), user, "no hash", kAuthor).id);
}

std::string OwnedThings::key() {
  store::ApiKey wanted;
  wanted.name = "ingest";
  wanted.role = Role::holder;
  wanted.tenant = holder_;
  return text_of(issue_key(harness_.store(), wanted, kAuthor).key.id);
}

std::string OwnedThings::holder() {
  return text_of(work().holder.id);
}

std::string OwnedThings::series() {
  return text_of(work().series.id);
}

std::string OwnedThings::episode() {
  return text_of(work().episode.id);
}

std::string OwnedThings::reference() {
  return text_of(work().reference.id);
}

std::string OwnedThings::conflict() {
  Conflict conflict;
  conflict.reference = work().reference.id;
  conflict.other = add_work("Reed", {}).reference.id;
  return text_of(store::Conflicts(harness_.database()).add(conflict));
}

std::string OwnedThings::import() {
  store::Import import;
  import.tenant = holder_;
  return text_of(store::Imports(harness_.database()).add(import));
}

std::string OwnedThings::licence() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/licences",
                      R"({"holder":)" + holder() + R"(,"name":"n","grantee":{"accounts":["tv"]}})");
}

std::string OwnedThings::policy() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/policies",
                      R"({"holder":)" + holder() + R"(,"name":"n","rules":[{"action":"track"}]})");
}

std::string OwnedThings::allow_entry() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/allow-entries",
                      R"({"holder":)" + holder() + R"(,"kind":"account","value":"tv","reason":"r"})");
}

std::string OwnedThings::ownership() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/ownerships",
                      R"({"holder":)" + holder() + R"(,"territories":["JP"]})");
}

std::string OwnedThings::dry_run() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/dry-runs",
                      R"({"changes":{"remove":{"licences":[)" + id_of("licence") + "]}}}");
}

std::string OwnedThings::job() {
  return text_of(store::Jobs(harness_.database())
                     .enqueue({.kind = "screen", .tenant = holder_, .payload = "{}"}, harness_.clock.now()));
}

std::string OwnedThings::screening() {
  const std::string id = made_by_post(harness_.as(Role::platform, platform_), "/v1/screenings",
                                      R"({"media_url":"https://x.test/a.mp4"})");
  Screening result;
  result.duration = std::chrono::seconds(60);
  Match match;
  match.reference = work().reference.id;
  match.query_span = match.reference_span = {Timestamp{0}, Timestamp{30'000'000}};
  match.score = 0.99;
  match.distinctive = std::chrono::seconds(30);
  match.agreeing = match.compared = 30;
  result.matches.push_back(match);
  store::Transaction change(harness_.database(), store::Transaction::Kind::write);
  EXPECT_TRUE(
      pipeline::store_result(harness_.store(), RequestId{std::stoll(id)}, result, {}, harness_.clock.now()));
  change.commit();
  return id;
}

std::string OwnedThings::decision() {
  (void)id_of("screening");
  const auto all = store::Decisions(harness_.database()).list({}, {}, 1);
  EXPECT_FALSE(all.empty());
  return all.empty() ? "0" : text_of(all.front().id);
}

std::string OwnedThings::case_() {
  (void)id_of("screening");
  const auto all = store::Cases(harness_.database()).list({}, {}, 1);
  EXPECT_FALSE(all.empty());
  return all.empty() ? "0" : text_of(all.front().id);
}

std::string OwnedThings::dispute() {
  return made_by_post(harness_.as(Role::platform, platform_), "/v1/disputes",
                      R"({"decision":)" + id_of("decision") + R"(,"statement":"mine"})");
}

std::string OwnedThings::notice() {
  return made_by_post(harness_.as(Role::legal, holder_), "/v1/notices",
                      R"({"kind":"dmca","cases":[)" + id_of("case") + "]}");
}

/// Made, with a file.
std::string OwnedThings::export_() {
  const std::string id =
      made_by_post(harness_.as(Role::legal, holder_), "/v1/cases/" + id_of("case") + "/exports", "{}");
  store::CaseExport made;
  made.file = "case.zip";
  made.made_at = harness_.clock.now();
  EXPECT_TRUE(store::CaseExports(harness_.database()).finish(CaseExportId{std::stoll(id)}, made));
  const auto folder = pipeline::case_export_folder(harness_.folder());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / made.file) << "PK";
  return id;
}

std::string OwnedThings::run() {
  (void)id_of("case");
  return made_by_post(harness_.as(Role::legal, holder_), "/v1/exports", "{}");
}

std::string OwnedThings::upload() {
  const auto response = harness_.as(Role::platform, platform_)
                            .post("/v1/uploads", "", {{"Tus-Resumable", "1.0.0"}, {"Upload-Length", "6"}});
  const std::string place = field_of(response, "Location");
  return place.substr(place.rfind('/') + 1);
}

std::string OwnedThings::webhook() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/webhooks", R"({"url":"https://a.example/h"})");
}

std::string OwnedThings::event() {
  (void)id_of("webhook");
  return text_of(store::Events(harness_.database())
                     .emit({.tenant = holder_, .type = "a.b", .data = "{}", .at = harness_.clock.now()}));
}

std::string OwnedThings::delivery() {
  (void)id_of("event");
  const EndpointId endpoint{std::stoll(id_of("webhook"))};
  return text_of(store::Events(harness_.database()).deliveries(endpoint, {}, {}, 1).at(0).id);
}

std::string OwnedThings::crawl_source() {
  return made_by_post(harness_.as(Role::holder, holder_), "/v1/crawl/sources",
                      R"({"name":"s","start_urls":["https://a.example/"]})");
}

std::string OwnedThings::sighting() {
  Sighting sighting;
  sighting.tenant = holder_;
  sighting.location = "https://a.example/1.mp4";
  return text_of(store::Sightings(harness_.database()).put(sighting));
}

}  // namespace reelprint::api
