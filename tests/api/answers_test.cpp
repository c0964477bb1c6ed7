#include "api/answers.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace reelprint::api {
namespace {

http::Request request_with_query(std::string name, std::string value) {
  http::Request request;
  request.query.emplace_back(std::move(name), std::move(value));
  return request;
}

unsigned status_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const http::Problem& problem) {
    return problem.status;
  }
  return 200;
}

TEST(Answers, PageTellsWhetherThereIsMore) {
  const std::vector<std::int64_t> items = {3, 5, 8};
  const auto same = [](std::int64_t id) { return id; };
  const Page two{.limit = 2};
  EXPECT_EQ(page_answer(two, items, same, same).body, R"({"items":[3,5],"next":"i5"})");
  const Page three{.limit = 3};
  EXPECT_EQ(page_answer(three, items, same, same).body, R"({"items":[3,5,8],"next":null})");
}

TEST(Answers, CursorComesBackAsItWasGiven) {
  EXPECT_EQ(page_of(request_with_query("cursor", cursor_of(42))).after, 42);
  for (const char* cursor : {"", "i", "42", "i-1", "i0", "i1x", "i99999999999999999999"}) {
    EXPECT_EQ(status_of([&] { (void)page_of(request_with_query("cursor", cursor)); }), 400U) << cursor;
  }
}

TEST(Answers, LimitIsBetweenOneAndAThousand) {
  EXPECT_EQ(page_of({}).limit, 100U);
  EXPECT_EQ(page_of(request_with_query("limit", "1000")).limit, 1000U);
  for (const char* limit : {"0", "1001", "-1", "", "ten", "5 "}) {
    EXPECT_EQ(status_of([&] { (void)page_of(request_with_query("limit", limit)); }), 400U) << limit;
  }
}

TEST(Answers, VersionIsExpectedByIfMatch) {
  http::Response response;
  tag(response, 3);
  EXPECT_EQ(response.headers.find("etag"), "\"v3\"");
  const auto status_for = [](const char* match) {
    http::Request request;
    request.headers.add("If-Match", match);
    return status_of([&] { expect_version(request, 3); });
  };
  EXPECT_EQ(status_for("\"v3\""), 200U);
  EXPECT_EQ(status_for("*"), 200U);
  EXPECT_EQ(status_for("\"v1\", \"v3\""), 200U);
  EXPECT_EQ(status_for("\"v2\""), 412U);
  EXPECT_EQ(status_for("W/\"v3\""), 412U);
  EXPECT_EQ(status_for(""), 412U);
  EXPECT_EQ(status_of([] { expect_version({}, 3); }), 200U);
}

TEST(Answers, TimeParameterIsRfc3339) {
  EXPECT_EQ(time_parameter(request_with_query("since", "2026-11-20T09:30:00Z"), "since"),
            wall_time_of("2026-11-20T09:30:00Z"));
  EXPECT_EQ(status_of([] { (void)time_parameter(request_with_query("since", "now"), "since"); }), 400U);
}

}  // namespace
}  // namespace reelprint::api
