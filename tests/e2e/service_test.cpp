// The service's whole story, told over HTTP alone.
#include <gtest/gtest.h>

#include <csignal>
#include <set>

#include "tests/e2e/clips.h"
#include "tests/e2e/running_service.h"

namespace reelprint::e2e {
namespace {

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

}  // namespace
}  // namespace reelprint::e2e
