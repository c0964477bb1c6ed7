#include "api/fields.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace reelprint::api {
namespace {

http::Request request_with(std::string body, std::string type = "application/json") {
  http::Request request;
  request.method = http::Method::post;
  request.headers.add("content-type", std::move(type));
  request.body = std::move(body);
  return request;
}

Fields fields_of(std::string body) {
  return Fields::of_body(request_with(std::move(body)));
}

/// "where: reason" lines.
std::string faults_of(Fields& fields) {
  try {
    fields.finish();
  } catch (const http::Problem& problem) {
    EXPECT_EQ(problem.status, 422U);
    EXPECT_EQ(problem.type, "invalid-fields");
    std::string faults;
    for (const auto& field : problem.fields) faults += field.where + ": " + field.reason + "\n";
    return faults;
  }
  return {};
}

std::string type_of_problem(const http::Request& request) {
  try {
    (void)Fields::of_body(request);
  } catch (const http::Problem& problem) {
    return std::to_string(problem.status) + " " + problem.type;
  }
  return {};
}

TEST(Fields, ReadsEachTypeOfMember) {
  Fields fields = fields_of(
      R"({"a": "x", "b": 5, "c": 0.5, "d": true, "e": "2026-11-20T09:30:00Z", "f": ["p", "q"], "g": [1, 2],
          "h": [{"i": 1}], "j": {"k": 2}, "l": null})");
  EXPECT_EQ(fields.text("a", {.required = true}), "x");
  EXPECT_EQ(fields.integer("b", 0, 9), 5);
  EXPECT_EQ(fields.number("c", 0, 1), 0.5);
  EXPECT_EQ(fields.flag("d"), true);
  EXPECT_EQ(fields.time("e"), wall_time_of("2026-11-20T09:30:00Z"));
  EXPECT_EQ(fields.texts("f"), (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(fields.integers("g", 0, 9), (std::vector<std::int64_t>{1, 2}));
  auto objects = fields.objects("h");
  ASSERT_EQ(objects.size(), 1U);
  EXPECT_EQ(objects[0].integer("i", 0, 9), 1);
  EXPECT_EQ(fields.object("j").value().integer("k", 0, 9), 2);
  EXPECT_TRUE(fields.is_null("l"));
  EXPECT_EQ(fields.optional_text("l"), std::nullopt);
  EXPECT_FALSE(fields.has("m"));
  EXPECT_EQ(fields.text("m"), "");
  EXPECT_EQ(faults_of(fields), "");
}

TEST(Fields, TellsEverythingThatIsWrongAtOnce) {
  Fields fields = fields_of(
      R"({"a": 1, "b": 10, "c": "x", "d": 1, "e": "today", "f": ["p", 1], "g": [99], "h": [1], "j": 1, "z/~": 1})");
  (void)fields.text("a");
  (void)fields.integer("b", 0, 9);
  (void)fields.number("c", 0, 1);
  (void)fields.flag("d");
  (void)fields.time("e");
  (void)fields.texts("f");
  (void)fields.integers("g", 0, 9);
  (void)fields.objects("h");
  (void)fields.object("j");
  (void)fields.text("needed", {.required = true});
  EXPECT_EQ(faults_of(fields),
            "/a: must be a text\n"
            "/b: must be a whole number from 0 to 9\n"
            "/c: must be a number from 0E0 to 1E0\n"
            "/d: must be true or false\n"
            "/e: must be a time as in RFC 3339: 2026-11-20T09:30:00Z\n"
            "/f/1: must be a text\n"
            "/g/0: must be a whole number from 0 to 9\n"
            "/h/0: must be an object\n"
            "/j: must be an object\n"
            "/needed: is required\n"
            "/z~1~0: is not known here\n");
}

TEST(Fields, FindsUnknownMembersOfInnerObjects) {
  Fields fields = fields_of(R"({"rules": [{"known": 1, "other": 2}]})");
  for (Fields& rule : fields.objects("rules")) (void)rule.integer("known", 0, 9);
  EXPECT_EQ(faults_of(fields), "/rules/0/other: is not known here\n");
}

TEST(Fields, RefusesTextThatIsNone) {
  Fields fields = fields_of(R"({"a": "x\u0000y", "b": " ", "c": "xxx", "d": "line\nline", "e": "\u0085"})");
  (void)fields.text("a");
  (void)fields.text("b", {.required = true});
  (void)fields.text("c", {.most_bytes = 2});
  EXPECT_EQ(fields.text("d"), "line\nline");
  (void)fields.text("e");
  EXPECT_EQ(faults_of(fields),
            "/a: must not have control characters\n"
            "/b: must not be empty\n"
            "/c: must not be longer than 2 bytes\n"
            "/e: must not have control characters\n");
}

TEST(Fields, RefusesListsThatAreTooLong) {
  Fields fields = fields_of(R"({"a": ["1", "2", "3"]})");
  (void)fields.texts("a", {}, 2);
  EXPECT_EQ(faults_of(fields), "/a: must not have more than 2 items\n");
}

TEST(Fields, RefusesABodyThatIsNoJsonObject) {
  EXPECT_EQ(type_of_problem(request_with("{}", "text/plain")), "415 unsupported-media-type");
  EXPECT_EQ(type_of_problem(request_with("{}", "application/json; charset=utf-8")), "");
  EXPECT_EQ(type_of_problem(request_with("{")), "400 invalid-json");
  EXPECT_EQ(type_of_problem(request_with("")), "400 invalid-json");
  EXPECT_EQ(type_of_problem(request_with("[]")), "400 invalid-json");
  EXPECT_EQ(type_of_problem(request_with("{\"a\": \"\xff\"}")), "400 invalid-json");
  EXPECT_EQ(type_of_problem(request_with("{\"a\":" + std::string(40, '[') + std::string(40, ']') + "}")),
            "400 invalid-json");
}

TEST(Fields, TakesNoFractionForAWholeNumber) {
  Fields fields = fields_of(R"({"a": 1.5, "b": 1e300, "c": 18446744073709551615, "d": true})");
  for (const char* name : {"a", "b", "c", "d"}) EXPECT_EQ(fields.integer(name, -9, 9), std::nullopt) << name;
  EXPECT_NE(faults_of(fields), "");
}

}  // namespace
}  // namespace reelprint::api
