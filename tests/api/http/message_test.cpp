#include "api/http/message.h"

#include <gtest/gtest.h>

namespace reelprint::api::http {
namespace {

TEST(Headers, ComparesNamesWithoutCase) {
  Headers headers;
  headers.add("Content-Type", "text/plain");
  EXPECT_EQ(headers.find("content-TYPE"), "text/plain");
  EXPECT_FALSE(headers.find("content"));
}

TEST(Headers, FindsTheFirstOfAName) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("accept", "b");
  EXPECT_EQ(headers.find("Accept"), "a");
}

TEST(Headers, SetReplacesAllOfThatName) {
  Headers headers;
  headers.add("Accept", "a");
  headers.add("accept", "b");
  headers.set("ACCEPT", "c");
  ASSERT_EQ(headers.all().size(), 1U);
  EXPECT_EQ(headers.all()[0].second, "c");
}

TEST(Request, GivesTheFirstValueOfAQueryParameter) {
  Request request;
  request.query = {{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(request.query_value("a"), "1");
  EXPECT_FALSE(request.query_value("A"));
}

}  // namespace
}  // namespace reelprint::api::http
