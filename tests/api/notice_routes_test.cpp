#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "api/routes/all_routes.h"
#include "api_harness.h"
#include "owned_things.h"
#include "store/audit.h"

namespace reelprint::api {
namespace {

namespace json = boost::json;

constexpr const char* kParties =
    R"("sender":{"name":"Kim Lee","address":"1 Main Street, Springfield","country":"US","phone":"+1 555 0100",
       "email":"legal@lotus.example"},
       "recipient":{"name":"Copyright agent","email":"copyright@videos.example"})";

class NoticeRoutes : public testing::Test {
 protected:
  std::string draft(const std::string& notice) {
    const auto response =
        legal_.post("/v1/notices", R"({"kind":"dmca","cases":[)" + case_ + R"(],"notice":{)" + notice + "}}");
    EXPECT_EQ(response.status, 201U) << response.body;
    return field_of(response, "Location");
  }
  std::string complete() {
    return draft(std::string(kParties) +
                 R"(,"works":[{"name":"The Oath, episode 1"}],"targets":[{"url":"https://x.test/a.mp4"}])");
  }
  void confirm() {
    EXPECT_EQ(
        legal_.patch("/v1/cases/" + case_, R"({"state":"confirmed","reason":"infringing_copy"})").status,
        200U);
  }
  std::string statements_of(const std::string& path) {
    json::array ids;
    const json::value shown = json_of(legal_.get(path));
    for (const auto& one : shown.at("statements").as_array()) ids.push_back(one.at("id"));
    return json::serialize(ids);
  }
  http::Response approve(const std::string& path) {
    return legal_.post(path + "/approval",
                       R"({"signature":"Kim Lee","confirmed":)" + statements_of(path) + "}");
  }
  http::Response to(const std::string& path, const std::string& state, const std::string& more = "") {
    return legal_.patch(path, R"({"state":")" + state + "\"" + more + "}");
  }
  std::string case_state() {
    return std::string(json_of(legal_.get("/v1/cases/" + case_)).at("state").as_string());
  }

  ApiHarness harness_{add_all_routes};
  OwnedThings things_{harness_};
  std::string case_ = things_.id_of("case");
  ApiClient legal_ = harness_.as(Role::legal, things_.tenant_of(Role::legal, false));
};

TEST_F(NoticeRoutes, FillInWhatTheCaseShows) {
  const auto shown = json_of(legal_.get(draft(kParties)));
  EXPECT_EQ(shown.at("notice").at("works").at(0).at("name").as_string(), "The Oath, episode 0");
  EXPECT_EQ(shown.at("notice").at("targets").at(0).at("url").as_string(), "https://x.test/a.mp4");
  EXPECT_EQ(shown.at("notice").at("targets").at(0).at("where").as_string(), "0:00.0 – 0:30.0 of the video");
  EXPECT_EQ(shown.at("decisions").as_array().size(), 1U);
  EXPECT_FALSE(shown.at("statements").as_array().empty());
}

TEST_F(NoticeRoutes, NameTheHolderOfTheWorksAndSpeakTheirLanguage) {
  const auto response = legal_.post(
      "/v1/notices", R"({"kind":"cn_art14","cases":[)" + case_ + R"(],"notice":{)" + kParties + "}}");
  ASSERT_EQ(response.status, 201U) << response.body;
  const auto shown = json_of(legal_.get(field_of(response, "Location")));
  const auto& notice = shown.at("notice");
  EXPECT_EQ(shown.at("language").as_string(), "zh");
  EXPECT_EQ(notice.at("holder").at("name").as_string(), "Lotus");
  EXPECT_EQ(notice.at("works").at(0).at("name").as_string(), "The Oath 第 0 集");
  EXPECT_EQ(notice.at("targets").at(0).at("where").as_string(), "视频的 0:00.0 – 0:30.0");
  EXPECT_EQ(notice.at("reference").as_string(), "案件 " + case_);
}

TEST_F(NoticeRoutes, TellWhatTheCatalogHasOfTheRight) {
  harness_.database().run({"prove", "UPDATE series SET proof = ?1"},
                          R"({"first_published_on":"2026-05-01","first_published_in":"CN",)"
                          R"("registration_number":"2026-A-00012"})");
  const auto work = json_of(legal_.get(draft(kParties))).at("notice").at("works").at(0);
  EXPECT_EQ(work.at("first_publication").as_string(), "2026-05-01, CN");
  EXPECT_EQ(work.at("registration").as_string(), "copyright registration 2026-A-00012");
}

TEST_F(NoticeRoutes, AreStoppedByWhatIsMissingWithFieldAndClause) {
  const std::string path = draft("");
  confirm();
  const auto refused = approve(path);
  EXPECT_EQ(refused.status, 422U);
  EXPECT_NE(refused.body.find("/notice/sender"), std::string::npos) << refused.body;
  EXPECT_NE(refused.body.find("17 U.S.C. 512(c)(3)(A)"), std::string::npos) << refused.body;
  const auto unconfirmed = legal_.post(complete() + "/approval", R"({"signature":"Kim Lee","confirmed":[]})");
  EXPECT_EQ(unconfirmed.status, 422U);
  EXPECT_NE(unconfirmed.body.find("/confirmed/"), std::string::npos) << unconfirmed.body;
}

TEST_F(NoticeRoutes, AreApprovedByAPersonSentByTheUserAndFollowed) {
  const std::string path = complete();
  EXPECT_EQ(problem_of(approve(path)), "wrong-state") << "the case is not confirmed";
  confirm();
  EXPECT_EQ(problem_of(to(path, "sent", R"(,"way":"mail")")), "wrong-state") << "nobody approved it";
  EXPECT_EQ(problem_of(to(path, "approved")), "invalid-fields");
  const auto approved = approve(path);
  ASSERT_EQ(approved.status, 200U) << approved.body;
  EXPECT_EQ(json_of(approved).at("signatory").as_string(), "Kim Lee");
  EXPECT_FALSE(json_of(approved).at("confirmation").as_string().empty());
  EXPECT_EQ(problem_of(legal_.patch(path, R"({"notice":{}})")), "wrong-state");
  EXPECT_EQ(problem_of(to(path, "sent")), "invalid-fields") << "by what way?";
  EXPECT_EQ(problem_of(to(path, "sent", R"(,"way":"mail","at":"2099-01-01T00:00:00Z")")), "invalid-fields");
  EXPECT_EQ(to(path, "sent", R"(,"way":"mail to copyright@videos.example")").status, 200U);
  EXPECT_EQ(case_state(), "noticed");
  EXPECT_FALSE(json_of(legal_.get(path)).at("due_at").is_null());
  EXPECT_EQ(to(path, "acknowledged", R"(,"recipient_number":"T-77")").status, 200U);
  EXPECT_EQ(to(path, "countered").status, 200U);
  EXPECT_EQ(case_state(), "countered");
  EXPECT_FALSE(json_of(legal_.get(path)).at("put_back_until").is_null());
  EXPECT_EQ(json_of(legal_.get(path)).at("recipient_number").as_string(), "T-77");
}

TEST_F(NoticeRoutes, AreHadInTheirForms) {
  const std::string path = complete();
  EXPECT_EQ(legal_.get(path + "/document").status, 200U);
  EXPECT_EQ(problem_of(legal_.get(path + "/document?form=eml")), "wrong-state");
  EXPECT_EQ(legal_.get(path + "/document?form=fax").status, 400U);
  confirm();
  EXPECT_EQ(approve(path).status, 200U);
  const auto mail = legal_.get(path + "/document?form=eml");
  EXPECT_EQ(mail.content_type, "message/rfc822");
  EXPECT_NE(mail.body.find("copyright@videos.example"), std::string::npos);
  EXPECT_NE(legal_.get(path + "/document?form=lumen").body.find("https://x.test/a.mp4"), std::string::npos);
  EXPECT_NE(legal_.get(path + "/document?form=text").body.find("Kim Lee"), std::string::npos);
  EXPECT_TRUE(json::parse(legal_.get(path + "/document?form=json").body).is_object());
  store::AuditFilter filter;
  filter.action = "notice.export";
  EXPECT_EQ(store::Audit(harness_.database()).list(filter, {}, 10).size(), 5U);
}

TEST_F(NoticeRoutes, AreTakenBackByARetractionOfTheirOwn) {
  const std::string path = complete();
  confirm();
  EXPECT_EQ(problem_of(legal_.post(path + "/retraction")), "wrong-state");
  EXPECT_EQ(approve(path).status, 200U);
  EXPECT_EQ(to(path, "sent", R"(,"way":"mail")").status, 200U);
  const auto released =
      legal_.post("/v1/decisions/" + things_.id_of("decision") + "/release", R"({"reason":"ours"})");
  EXPECT_EQ(released.status, 200U) << released.body;
  EXPECT_TRUE(json_of(legal_.get("/v1/cases/" + case_)).at("retraction_due").as_bool());
  const auto retraction = legal_.post(path + "/retraction");
  EXPECT_EQ(retraction.status, 201U) << retraction.body;
  EXPECT_EQ(json_of(retraction).at("kind").as_string(), "retraction");
  EXPECT_EQ(to(path, "withdrawn").status, 200U);
  EXPECT_FALSE(json_of(legal_.get("/v1/cases/" + case_)).at("retraction_due").as_bool());
  EXPECT_EQ(case_state(), "closed") << "it rests on nothing any more";
}

TEST_F(NoticeRoutes, AreOfCasesOfOneHolderAndOfOnesOwn) {
  const auto other = harness_.as(Role::legal, things_.tenant_of(Role::legal, true));
  EXPECT_EQ(problem_of(other.post("/v1/notices", R"({"kind":"dmca","cases":[)" + case_ + "]}")),
            "invalid-fields");
  const auto draft_of = [&](const std::string& body) { return problem_of(legal_.post("/v1/notices", body)); };
  EXPECT_EQ(draft_of(R"({"kind":"dmca","cases":[]})"), "invalid-fields");
  EXPECT_EQ(draft_of(R"({"kind":"letter","cases":[)" + case_ + "]}"), "invalid-fields");
  EXPECT_EQ(draft_of(R"({"kind":"dmca","language":"xx","cases":[)" + case_ + "]}"), "invalid-fields");
  EXPECT_EQ(draft_of(R"({"kind":"dmca","cases":[)" + case_ + R"(],"decisions":[99]})"), "invalid-fields");
  EXPECT_EQ(draft_of(R"({"kind":"dmca","cases":[)" + case_ + R"(],"notice":{"sendr":1}})"), "invalid-fields");
  EXPECT_EQ(draft_of(R"({"kind":"dmca","cases":[)" + case_ + R"(],"notice":7})"), "invalid-fields");
}

}  // namespace
}  // namespace reelprint::api
