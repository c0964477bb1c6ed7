#include "api/http/target.h"

#include <gtest/gtest.h>

#include "api/http/message.h"

namespace reelprint::api::http {
namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

TEST(Target, IsDecoded) {
  const Target target = parse_target("/v1/%E7%9F%AD?a=b%20c+d&flag&=x&e=%2F");
  EXPECT_EQ(target.path, "/v1/短");
  EXPECT_EQ(target.query, (Query{{"a", "b c d"}, {"flag", ""}, {"", "x"}, {"e", "/"}}));
}

TEST(Target, MayNameTheServer) {
  EXPECT_EQ(parse_target("http://host:80/a?b=c").path, "/a");
  EXPECT_EQ(parse_target("http://host").path, "/");
  EXPECT_EQ(parse_target("https://host?b=/c").path, "/");
}

TEST(Target, KeepsAPlusInThePath) {
  EXPECT_EQ(parse_target("/a+b").path, "/a+b");
}

TEST(Target, RefusesWhatCouldBeReadInTwoWays) {
  for (const char* target :
       {"",          "a",      "*",      "host:80", "/%",       "/%4",      "/%zz",    "/%00",
        "/a%0ab",    "/%7f",   "/%ff",   "/%c0%ae", "/.",       "/..",      "/a/../b", "/a/./b",
        "/%2e%2e/b", "/a/%2E", "/a%2fb", "/a#b",    "/a?b=%00", "/a?b=%ff", "/a?%",    "?a=b"}) {
    EXPECT_THROW(static_cast<void>(parse_target(target)), Problem) << target;
  }
}

TEST(Target, TakesDotsThatAreNoSegment) {
  EXPECT_EQ(parse_target("/...").path, "/...");
  EXPECT_EQ(parse_target("/.a/b..").path, "/.a/b..");
}

TEST(Target, LimitsTheNumberOfParameters) {
  std::string target = "/?";
  for (int i = 0; i < 100; ++i) target += "a&";
  EXPECT_EQ(parse_target(target).query.size(), 100U);
  EXPECT_THROW(static_cast<void>(parse_target(target + "a")), Problem);
}

}  // namespace
}  // namespace reelprint::api::http
