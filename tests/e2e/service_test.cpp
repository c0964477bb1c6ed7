// The service's whole story, told over HTTP alone; and what is left of it when it is killed.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "tests/e2e/clips.h"
#include "tests/e2e/running_service.h"

namespace reelprint::e2e {
namespace {

using namespace std::chrono_literals;

struct Tenant {
  std::int64_t id = 0;
  std::string key;
};

Tenant make_tenant(const Client& admin, const std::string& name, const std::string& kind) {
  const std::int64_t id = integer_of(admin.post("/v1/tenants", {{"name", name}, {"kind", kind}}), "id");
  const json::object key = admin.post("/v1/keys", {{"name", name}, {"role", kind}, {"tenant", id}});
  return {id, text_of(key, "key")};
}

/// Holder, series and episode; returns the episode's path.
std::string make_episode(const Client& holder, const std::string& name) {
  const auto owner = integer_of(holder.post("/v1/holders", {{"name", name}}), "id");
  const auto series =
      integer_of(holder.post("/v1/series", {{"holder", owner}, {"name", "S of " + name}}), "id");
  const auto episode =
      integer_of(holder.post("/v1/series/" + std::to_string(series) + "/episodes", {{"number", 1}}), "id");
  return "/v1/episodes/" + std::to_string(episode);
}

std::string path_of(const std::string& collection, const json::object& made) {
  return collection + "/" + std::to_string(integer_of(made, "id"));
}

class Service : public ReelprintTest {
 protected:
  const std::string root = make_key(program, {"root", "--role", "admin"});
};

json::object screened_by(const Client& platform, const std::string& account) {
  return platform.upload("/v1/screenings?account=" + account, copy_of_episode_clip(1), 200,
                         {{"Prefer", "wait=60"}});
}

TEST_F(Service, TellsTheWholeStoryFromRegistrationToRelease) {
  RunningService service(program, {"--webhooks.to-loopback", "true"});
  const Client admin = service.client(root);
  const Client holder = service.client(make_tenant(admin, "Lotus", "holder").key);
  const Client platform = service.client(make_tenant(admin, "Tube", "platform").key);
  const json::object reference =
      holder.upload(make_episode(holder, "Lotus Film") + "/references?language=zh", episode_clip(1), 202);
  const std::string reference_path = path_of("/v1/references", reference);
  EXPECT_EQ(text_of(holder.wait_while(reference_path, "state", "pending"), "state"), "active");

  const test::HttpReceiver receiver({500, 204});
  const json::object webhook = platform.post(
      "/v1/webhooks", {{"url", "http://127.0.0.1:" + std::to_string(receiver.port()) + "/hook"}});
  EXPECT_TRUE(text_of(webhook, "secret").starts_with("whsec_"));
  holder.post("/v1/licences", {{"holder", integer_of(reference, "holder")},
                               {"name", "TV Nord"},
                               {"grantee", {{"accounts", {"tvnord"}}}}});
  EXPECT_EQ(text_of(screened_by(platform, "tvnord"), "decision"), "licensed");
  const json::object stolen = screened_by(platform, "thief");
  EXPECT_EQ(text_of(stolen, "decision"), "infringing");
  EXPECT_EQ(text_of(stolen, "action"), "block");
  EXPECT_FALSE(objects_of(objects_of(stolen, "decisions").at(0), "steps").empty());

  holder.post(reference_path + "/retraction", {{"reason", "not ours after all"}}, 200);
  EXPECT_EQ(text_of(platform.get(path_of("/v1/screenings", stolen)), "decision"), "clear");
  EXPECT_EQ(text_of(screened_by(platform, "thief"), "decision"), "clear");
  std::multiset<std::string> told;
  for (const test::HttpRequest& request : receiver.wait_for(5))
    told.insert(text_of(json::parse(request.body).as_object(), "type"));
  EXPECT_TRUE(told.contains("screening.completed"));
  EXPECT_TRUE(flag_of(admin.get("/v1/audit/verification"), "ok"));
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

TEST_F(Service, FindsEarlierUploadsOfWhatIsRegisteredLater) {
  RunningService service(program);
  const Client admin = service.client(root);
  const Client holder = service.client(make_tenant(admin, "Lotus", "holder").key);
  const Client platform = service.client(make_tenant(admin, "Tube", "platform").key);
  const json::object early = screened_by(platform, "leaker");
  EXPECT_EQ(text_of(early, "decision"), "clear");
  holder.upload(make_episode(holder, "Lotus Film") + "/references", episode_clip(1), 202);
  const json::object late = platform.wait_while(path_of("/v1/screenings", early), "decision", "clear");
  EXPECT_EQ(text_of(late, "decision"), "infringing");
  EXPECT_TRUE(flag_of(objects_of(late, "decisions").at(0), "retroactive"));
}

TEST_F(Service, HoldsWhatAnotherHolderHasRegistered) {
  RunningService service(program);
  const Client admin = service.client(root);
  const Client first = service.client(make_tenant(admin, "Lotus", "holder").key);
  const Client second = service.client(make_tenant(admin, "Orchid", "holder").key);
  const json::object known = first.upload(make_episode(first, "Lotus") + "/references", episode_clip(1), 202);
  first.wait_while(path_of("/v1/references", known), "state", "pending");
  const json::object claim =
      second.upload(make_episode(second, "Orchid") + "/references", copy_of_episode_clip(1), 202);
  EXPECT_EQ(text_of(second.wait_while(path_of("/v1/references", claim), "state", "pending"), "state"),
            "held");
  EXPECT_EQ(objects_of(admin.get("/v1/conflicts"), "items").size(), 1U);
  EXPECT_EQ(first.send("GET", path_of("/v1/references", claim)).status, 404U);
}

constexpr int kKills = 30;
constexpr int kAtOnce = 3;

/// Screenings by key, sent again and again until they are acknowledged; the service is killed meanwhile.
class KilledService : public Service {
 protected:
  /// Sends `kAtOnce` screenings and kills the service a moment after; notes what was acknowledged.
  void run_and_kill(const std::string& key, int round) {
    RunningService service(program);
    const Client platform = service.client(key);
    std::vector<std::thread> senders;
    std::mutex mutex;
    for (int i = 0; i < kAtOnce; ++i) {
      senders.emplace_back([&, number = round * kAtOnce + i] {
        try {
          const test::HttpAnswer answer = post(platform, number);
          const std::lock_guard lock(mutex);
          if (answer.status == 202) note(number, answer);
        } catch (const std::runtime_error&) {  // the service was killed before it answered
        }
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(3 + round * 37 % 160));
    service.end(SIGKILL);
    for (std::thread& sender : senders) sender.join();
  }
  [[nodiscard]] static test::HttpAnswer post(const Client& platform, int number) {
    return platform.send("POST", "/v1/screenings?account=a" + std::to_string(number), read_clip(),
                         {{"Content-Type", "video/mp4"}, {"Idempotency-Key", "n" + std::to_string(number)}});
  }
  void note(int number, const test::HttpAnswer& answer) {
    const auto id = integer_of(json::parse(answer.body).as_object(), "id");
    const auto [known, is_new] = acknowledged.emplace(number, id);
    EXPECT_EQ(known->second, id) << "the same key gave another screening";
  }
  [[nodiscard]] static const std::string& read_clip();

  std::map<int, std::int64_t> acknowledged;  ///< by number
};

const std::string& KilledService::read_clip() {
  static const std::string clip = [] {
    std::ifstream file(tiny_clip(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return clip;
}

TEST_F(KilledService, LosesNothingThatWasAcknowledgedAndDoesNothingTwice) {
  std::string key;
  {
    RunningService service(program);
    key = make_tenant(service.client(root), "Tube", "platform").key;
    EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
  }
  for (int round = 0; round < kKills; ++round) run_and_kill(key, round);

  RunningService service(program);
  const Client platform = service.client(key);
  for (int number = 0; number < kKills * kAtOnce; ++number) {
    const test::HttpAnswer answer = post(platform, number);
    ASSERT_EQ(answer.status, 202U) << answer.body;
    note(number, answer);
  }
  ASSERT_EQ(acknowledged.size(), static_cast<std::size_t>(kKills * kAtOnce));
  for (const auto& [number, id] : acknowledged) {
    const std::string path = "/v1/screenings/" + std::to_string(id);
    platform.wait_while(path, "state", "queued");
    EXPECT_EQ(text_of(platform.wait_while(path, "state", "running"), "state"), "done");
  }
  EXPECT_EQ(objects_of(platform.get("/v1/screenings?limit=1000"), "items").size(), acknowledged.size());
  std::map<std::int64_t, int> completed;
  for (const json::object& event : objects_of(platform.get("/v1/events?limit=1000"), "items"))
    ++completed[integer_of(object_of(event, "data"), "screening")];
  EXPECT_EQ(completed.size(), acknowledged.size());
  for (const auto& [screening, times] : completed) EXPECT_EQ(times, 1) << "screening " << screening;
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
