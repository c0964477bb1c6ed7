// From an upload that infringes to a bundle that is verified far from the service, and who touched it.
#include <gtest/gtest.h>

#include <csignal>
#include <set>

#include "tests/e2e/clips.h"
#include "tests/e2e/files.h"
#include "tests/e2e/running_service.h"

namespace reelprint::e2e {
namespace {

class EvidenceService : public ReelprintTest {
 protected:
  /// Case 1, confirmed.
  void make_case() {
    const Client holder = service.client(make_tenant(admin, "Lotus", "holder").key);
    const Client platform = service.client(make_tenant(admin, "Tube", "platform").key);
    const json::object reference =
        holder.upload(make_episode(holder, "Lotus Film") + "/references", episode_clip(1), 202);
    holder.wait_while(path_of("/v1/references", reference), "state", "pending");
    const json::object stolen = platform.upload("/v1/screenings?account=thief", copy_of_episode_clip(1), 200,
                                                {{"Prefer", "wait=60"}});
    ASSERT_EQ(text_of(stolen, "decision"), "infringing");
    const auto confirmed =
        admin.send("PATCH", "/v1/cases/1", R"({"state":"confirmed","reason":"infringing_copy"})",
                   {{"Content-Type", "application/json"}});
    ASSERT_EQ(confirmed.status, 200U) << confirmed.body;
  }
  /// Of the audit log's entries about case 1.
  [[nodiscard]] std::multiset<std::string> actions() const {
    std::multiset<std::string> actions;
    for (const json::object& entry : objects_of(admin.get("/v1/audit?limit=100"), "items"))
      if (text_of(entry, "object") == "case 1") actions.insert(text_of(entry, "action"));
    return actions;
  }

  const std::string root = make_key(program, {"root", "--role", "admin"});
  const std::string key = text_of(only(program.json({"evidence", "key", "create"})), "key");
  RunningService service{program};
  const Client admin = service.client(root);
};

TEST_F(EvidenceService, GivesABundleThatAStrangerVerifies) {
  ASSERT_NO_FATAL_FAILURE(make_case());
  const json::object asked = admin.post("/v1/cases/1/exports", {{"language", "en"}}, 202);
  const std::string path = path_of("/v1/exports", asked);
  EXPECT_EQ(text_of(admin.wait_while(path, "state", "queued"), "state"), "done");

  const auto file = admin.send("GET", path + "/file");

  ASSERT_EQ(file.status, 200U) << file.body.substr(0, 500);
  write_file(folder() / "bundle.zip", file.body);
  write_file(folder() / "keys.json", program.run({"evidence", "key", "publish"}).out);
  const auto checks = program.json({"evidence", "verify", "bundle.zip", "--keys", "keys.json"});
  EXPECT_TRUE(flag_of(checks.back(), "ok"));
  EXPECT_TRUE(those_with(checks, "outcome", "failed").empty());
  EXPECT_EQ(actions().count("case.export"), 1U);
  EXPECT_EQ(actions().count("evidence.access"), 1U);
  EXPECT_TRUE(flag_of(admin.get("/v1/audit/verification"), "ok"));
}

TEST_F(EvidenceService, GivesBundlesOfAllCasesBesideItAndOnlyOnce) {
  ASSERT_NO_FATAL_FAILURE(make_case());
  const Words bulk{"evidence", "bulk", "--from", "2020-01-01", "--state", "confirmed", "-o", "all"};

  const auto first = program.json(bulk);
  const auto again = program.json(bulk);

  EXPECT_EQ(integer_of(first.back(), "made"), 1);
  EXPECT_EQ(integer_of(again.back(), "skipped"), 1);
  EXPECT_EQ(program.run({"evidence", "verify", "all/case-1.en.zip"}).exit_code, 0);
  write_file(folder() / "blocked" / "case-1.en.zip" / "in the way", "");
  EXPECT_EQ(program.run({"evidence", "bulk", "-o", "blocked"}).exit_code, 1);
  EXPECT_EQ(service.end(SIGTERM).exit_code, 0);
}

}  // namespace
}  // namespace reelprint::e2e
