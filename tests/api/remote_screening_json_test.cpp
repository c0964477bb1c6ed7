#include "api/remote_screening_json.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace reelprint::api {
namespace {

constexpr const char* kResult =
    R"("result":{"result":3,"sha256":"ab","duration_s":10,"effort":"fast","audio":true,"damaged":0,)"
    R"("matches":[{"series":"S","season":2,"episode":7,"reference":4,"score":0.98,"query_start":1,)"
    R"("query_end":2.5,"reference_start":0,"reference_end":1.5,"speed":1,"mirrored":true}],)"
    R"("screened_at":"2026-11-20T09:31:00Z","verdict":"infringing","reasons":["S"],)"
    R"("cost":{"decode_s":0.5,"fingerprint_s":0.25,"search_s":0,"media_s":10}})";

std::string told(const std::string& state, const std::string& more) {
  return R"({"id":12,"state":")" + state + R"(","decision":"licensed","action":"none","error":null,)" + more +
         "}";
}

TEST(RemoteScreeningJson, ReadsWhatAPersonIsShown) {
  const RemoteScreening remote = remote_screening_of("a.mp4", told("done", kResult));
  EXPECT_EQ(remote.error_code, "");
  EXPECT_EQ(remote.screening.query, "a.mp4");
  EXPECT_EQ(remote.screening.verdict.decision, Decision::licensed)
      << "what the service decided, by its rights";
  EXPECT_DOUBLE_EQ(remote.screening.cost.decode_s, 0.5);
  ASSERT_EQ(remote.screening.matches.size(), 1U);
  const Match& match = remote.screening.matches[0];
  EXPECT_EQ(match.query_span, (Interval{Timestamp{1'000'000}, Timestamp{2'500'000}}));
  EXPECT_TRUE(match.mirrored);
  EXPECT_EQ(remote.works.work_of(match), "S, season 2 episode 7");
}

TEST(RemoteScreeningJson, SaysWhatTheLocalCommandSays) {
  const std::string said = remote_screening_of("a.mp4", told("done", kResult)).json;
  EXPECT_TRUE(said.starts_with(
      R"({"query":"a.mp4","sha256":"ab","duration":10,"verdict":"licensed","matches":[{"series":"S")"))
      << said;
  EXPECT_TRUE(said.ends_with(R"("screening":12,"screened_at":"2026-11-20T09:31:00Z","action":"none"})"))
      << said;
}

TEST(RemoteScreeningJson, TellsAFailure) {
  const auto failed = remote_screening_of(
      "a.mp4", R"({"state":"failed","error":{"code":"unreadable","message":"no media"}})");
  EXPECT_EQ(failed.error_code, "unreadable");
  EXPECT_EQ(failed.json, R"({"query":"a.mp4","error":{"code":"unreadable","message":"no media"}})");
  EXPECT_EQ(remote_screening_of("a", R"({"state":"cancelled","error":null})").error_code, "cancelled");
}

TEST(RemoteScreeningJson, KnowsAnEnd) {
  EXPECT_FALSE(has_screening_ended(R"({"state":"running"})"));
  EXPECT_TRUE(has_screening_ended(R"({"state":"cancelled"})"));
}

TEST(RemoteScreeningJson, RefusesWhatMakesNoSense) {
  EXPECT_THROW((void)has_screening_ended("<html>"), Error);
  EXPECT_THROW((void)has_screening_ended("[]"), Error);
  EXPECT_THROW((void)remote_screening_of("a", R"({"state":"done"})"), Error);
  std::string odd = told("done", kResult);
  odd.replace(odd.find("2.5"), 3, "1e300");
  EXPECT_THROW((void)remote_screening_of("a", odd), Error);
}

TEST(RemoteScreeningJson, PutsAProblemIntoWords) {
  EXPECT_EQ(problem_text(R"({"title":"Too much","detail":"come back later"})"), "Too much: come back later");
  EXPECT_EQ(problem_text("<html>"), "it gives no reason");
}

}  // namespace
}  // namespace reelprint::api
