#include "api/http/problem.h"

#include <gtest/gtest.h>

namespace reelprint::api::http {
namespace {

TEST(Problem, IsWrittenAsRfc9457Says) {
  Problem problem(422, "invalid-fields", "Some fields are wrong", "two of them",
                  {{"/a/0", "is no \"number\""}, {"/b", "is missing"}});
  problem.headers.add("Retry-After", "5");
  const Response response = to_response(problem, "r-1");
  EXPECT_EQ(response.status, 422U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(response.headers.find("Retry-After"), "5");
  EXPECT_EQ(
      response.body,
      R"({"type":"https://reelprint.dev/problems/invalid-fields","title":"Some fields are wrong",)"
      R"("status":422,"detail":"two of them","instance":"r-1",)"
      R"("errors":[{"where":"/a/0","reason":"is no \"number\""},{"where":"/b","reason":"is missing"}]})");
}

TEST(Problem, LeavesOutWhatThereIsNot) {
  EXPECT_EQ(to_response(Problem(404, "not-found", "There is no such thing"), "x").body,
            R"({"type":"https://reelprint.dev/problems/not-found","title":"There is no such thing",)"
            R"("status":404,"instance":"x"})");
}

TEST(JsonQuoted, EscapesWhatJsonCannotHold) {
  EXPECT_EQ(json_quoted("a\\\"\n\x01"), R"("a\\\"\u000a\u0001")");
  EXPECT_EQ(json_quoted("\xff"), "\"\xef\xbf\xbd\"");
}

TEST(InternalProblem, TellsNothing) {
  EXPECT_EQ(internal_problem().status, 500U);
  EXPECT_TRUE(internal_problem().fields.empty());
}

}  // namespace
}  // namespace reelprint::api::http
