#include "api/routes/case_routes.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/routes/all_routes.h"
#include "api_harness.h"
#include "owned_things.h"
#include "store/audit.h"
#include "store/case_rules.h"

namespace reelprint::api {
namespace {

/// A case of the first holder, from an upload on the first platform.
class CaseRoutes : public testing::Test {
 protected:
  http::Response to(const std::string& state, const std::string& reason, const std::string& more = "") {
    return legal_.patch(path_, R"({"state":")" + state + R"(","reason":")" + reason + "\"" + more + "}");
  }
  std::string state() { return std::string(json_of(legal_.get(path_)).at("state").as_string()); }
  std::size_t audited(const std::string& action) {
    store::AuditFilter filter;
    filter.action = action;
    return store::Audit(harness_.database()).list(filter, {}, 100).size();
  }
  http::Response dispute(const std::string& statement = "it is mine") {
    return platform_.post("/v1/disputes", R"({"decision":)" + things_.id_of("decision") +
                                              R"(,"statement":")" + statement + R"(","contact":"a@b.c"})");
  }

  ApiHarness harness_{add_all_routes};
  OwnedThings things_{harness_};
  std::string path_ = "/v1/cases/" + things_.id_of("case");
  ApiClient legal_ = harness_.as(Role::legal, things_.tenant_of(Role::legal, false));
  ApiClient platform_ = harness_.as(Role::platform, things_.tenant_of(Role::platform, false));
};

TEST_F(CaseRoutes, ListAndShowTheCasesOfOnesTenant) {
  const auto page = json_of(legal_.get("/v1/cases?state=open"));
  ASSERT_EQ(page.at("items").as_array().size(), 1U);
  EXPECT_EQ(page.at("items").at(0).at("active_decisions").as_int64(), 1);
  const auto other = harness_.as(Role::legal, things_.tenant_of(Role::legal, true));
  EXPECT_TRUE(json_of(other.get("/v1/cases")).at("items").as_array().empty());
  const auto shown = legal_.get(path_);
  EXPECT_EQ(json_of(shown).at("decisions").as_array().size(), 1U);
  EXPECT_EQ(json_of(shown).at("next").as_array().size(), 3U);
  EXPECT_FALSE(field_of(shown, "ETag").empty());
  EXPECT_EQ(audited("case.view"), 1U) << "who looked is written down";
  EXPECT_EQ(legal_.get("/v1/cases?state=maybe").status, 400U);
}

TEST_F(CaseRoutes, TakeACaseOnForAReason) {
  EXPECT_EQ(to("confirmed", "infringing_copy").status, 200U);
  EXPECT_EQ(state(), "confirmed");
  EXPECT_EQ(audited("case.change"), 1U);
  EXPECT_EQ(problem_of(to("countered", "counter_notice")), "wrong-state");
  EXPECT_EQ(problem_of(to("dismissed", "settled")), "invalid-fields");
  EXPECT_EQ(problem_of(to("dismissed", "other")), "invalid-fields") << "without a remark";
  EXPECT_EQ(problem_of(to("gone", "other")), "invalid-fields");
  EXPECT_EQ(problem_of(legal_.patch(path_, R"({"reason":"other"})")), "invalid-fields");
  EXPECT_EQ(problem_of(legal_.patch(path_, "{}")), "invalid-fields");
  EXPECT_EQ(to("dismissed", "other", R"(,"remark":"so")").status, 200U);
  const auto history = json_of(legal_.get(path_ + "/history")).at("items").as_array();
  EXPECT_EQ(history.at(0).at("detail").at("to").as_string(), "open");
}

TEST_F(CaseRoutes, ChangeNothingThatSomebodyElseHasChanged) {
  EXPECT_EQ(to("confirmed", "infringing_copy").status, 200U);
  const auto late = legal_.patch(path_, R"({"state":"closed","reason":"settled"})", {{"If-Match", "\"v2\""}});
  EXPECT_EQ(late.status, 412U);
  EXPECT_EQ(state(), "confirmed");
}

TEST_F(CaseRoutes, ReleaseTheDecisionWithADismissal) {
  EXPECT_EQ(to("dismissed", "not_the_work").status, 200U);
  const auto decision = json_of(platform_.get("/v1/decisions/" + things_.id_of("decision")));
  EXPECT_EQ(decision.at("state").as_string(), "released");
}

TEST_F(CaseRoutes, AskPersonsWhereTwoMustAgree) {
  const auto admin = harness_.as(Role::admin);
  EXPECT_EQ(admin.patch("/v1/case-rules", R"({"two_persons_confirm":true})").status, 200U);
  EXPECT_EQ(problem_of(to("confirmed", "infringing_copy")), "wrong-state") << "an API key is no person";
  EXPECT_EQ(state(), "open");
  EXPECT_EQ(to("dismissed", "quotation").status, 200U) << "one is enough to let somebody go";
}

TEST_F(CaseRoutes, AssignCommentAndMerge) {
  EXPECT_EQ(legal_.patch(path_, R"({"assignee":"kim"})").status, 200U);
  EXPECT_EQ(json_of(legal_.get("/v1/cases?assignee=kim")).at("items").as_array().size(), 1U);
  const auto said = legal_.post(path_ + "/comments", R"({"text":"seen \"before\""})");
  EXPECT_EQ(said.status, 201U);
  EXPECT_EQ(json_of(said).at("detail").at("text").as_string(), "seen \"before\"");
  EXPECT_EQ(problem_of(legal_.post(path_ + "/merge", R"({"into":99})")), "invalid-fields");
  EXPECT_EQ(problem_of(legal_.post(path_ + "/merge", R"({"into":)" + things_.id_of("case") + "}")),
            "wrong-state");
  EXPECT_EQ(problem_of(legal_.patch(path_, R"({"proposal":null})")), "wrong-state");
}

TEST_F(CaseRoutes, PutRulesThatHoldForAll) {
  const auto admin = harness_.as(Role::admin);
  EXPECT_EQ(admin.patch("/v1/case-rules", R"({"holidays":["2026-12-25"],"dispute_days":7})").status, 200U);
  const CaseRules rules = store::case_rules(harness_.database());
  EXPECT_EQ(rules.dispute_days, 7);
  EXPECT_EQ(rules.holidays.size(), 1U);
  EXPECT_EQ(problem_of(admin.patch("/v1/case-rules", R"({"holidays":["Christmas"]})")), "invalid-fields");
  EXPECT_EQ(json_of(legal_.get("/v1/case-rules")).at("holidays").at(0).as_string(), "2026-12-25");
}

TEST_F(CaseRoutes, LetAPlatformDisputeWhatConcernsIt) {
  const auto opened = dispute();
  ASSERT_EQ(opened.status, 201U) << opened.body;
  EXPECT_EQ(problem_of(dispute()), "wrong-state");
  const std::string path = field_of(opened, "Location");
  EXPECT_EQ(json_of(legal_.get(path)).at("contact").as_string(), "a@b.c");
  const auto other = harness_.as(Role::platform, things_.tenant_of(Role::platform, true));
  EXPECT_EQ(other.get(path).status, 404U);
  EXPECT_EQ(problem_of(other.post("/v1/disputes",
                                  R"({"decision":)" + things_.id_of("decision") + R"(,"statement":"mine"})")),
            "invalid-fields");
  EXPECT_EQ(platform_.patch(path, R"({"state":"upheld","reason":"yes"})").status, 403U);
  EXPECT_EQ(problem_of(legal_.patch(path, R"({"state":"open","reason":"yes"})")), "invalid-fields");
  EXPECT_EQ(legal_.patch(path, R"({"state":"upheld","reason":"yes"})").status, 200U);
  EXPECT_EQ(state(), "closed");
  EXPECT_EQ(audited("dispute."), 2U);
}

TEST_F(CaseRoutes, TellThePlatformWhatTheAccusedMayKnow) {
  const std::string path = "/v1/decisions/" + things_.id_of("decision") + "/reasons";
  const auto reasons = json_of(platform_.get(path));
  EXPECT_TRUE(reasons.at("may_be_disputed").as_bool());
  EXPECT_TRUE(reasons.at("dispute").is_null());
  EXPECT_EQ(dispute().status, 201U);
  EXPECT_EQ(json_of(platform_.get(path)).at("dispute").at("state").as_string(), "open");
  const auto text = platform_.get(path + "?form=text");
  EXPECT_NE(text.body.find("A dispute is open"), std::string::npos) << text.body;
  EXPECT_EQ(platform_.get(path + "?form=pdf").status, 400U);
  const auto other = harness_.as(Role::platform, things_.tenant_of(Role::platform, true));
  EXPECT_EQ(other.get(path).status, 404U);
}

TEST_F(CaseRoutes, HaveAnAppealDecidedByAnotherPerson) {
  const std::string path = field_of(dispute(), "Location");
  EXPECT_EQ(problem_of(platform_.post(path + "/appeal", R"({"statement":"please"})")), "wrong-state");
  EXPECT_EQ(legal_.patch(path, R"({"state":"rejected","reason":"no"})").status, 200U);
  const auto appeal = platform_.post(path + "/appeal", R"({"statement":"please"})");
  ASSERT_EQ(appeal.status, 201U) << appeal.body;
  const std::string second = field_of(appeal, "Location");
  EXPECT_EQ(problem_of(legal_.patch(second, R"({"state":"rejected","reason":"no"})")), "wrong-state");
  const auto another = harness_.as(Role::legal, things_.tenant_of(Role::legal, false));
  EXPECT_EQ(another.patch(second, R"({"state":"rejected","reason":"no"})").status, 200U);
  EXPECT_EQ(problem_of(platform_.post(path + "/appeal", R"({"statement":"please"})")), "wrong-state");
  EXPECT_EQ(json_of(platform_.get("/v1/disputes?state=rejected")).at("items").as_array().size(), 2U);
}

}  // namespace
}  // namespace reelprint::api
