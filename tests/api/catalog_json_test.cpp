#include "api/catalog_json.h"

#include <gtest/gtest.h>

namespace reelprint::api {
namespace {

using Fields = std::map<std::string, std::string>;

/// "line column" of each problem; expects a reason with each.
std::vector<std::string> problems_of(std::string_view text) {
  std::vector<std::string> places;
  for (const pipeline::RowProblem& problem : read_catalog_json(text).problems) {
    EXPECT_FALSE(problem.reason.empty());
    places.push_back(std::to_string(problem.line) + " " + problem.column);
  }
  return places;
}

using Places = std::vector<std::string>;

TEST(CatalogJson, ReadsAnArrayOfObjects) {
  const auto catalog = read_catalog_json(R"([{"series": "The Oath", "episode": 7}, {"file": "b.mp4"}])");
  EXPECT_TRUE(catalog.problems.empty());
  ASSERT_EQ(catalog.rows.size(), 2U);
  EXPECT_EQ(catalog.rows[0].line, 1U);
  EXPECT_EQ(catalog.rows[0].fields, (Fields{{"series", "The Oath"}, {"episode", "7"}}));
  EXPECT_EQ(catalog.rows[1].line, 2U);
}

TEST(CatalogJson, ReadsTheReferencesOfAnObject) {
  EXPECT_EQ(read_catalog_json(R"({"made_by": "x", "references": [{"file": "a.mp4"}]})").rows.size(), 1U);
}

TEST(CatalogJson, ReadsNumbersAsTheyAreWritten) {
  const auto catalog = read_catalog_json(R"([{"episode": 7, "season": "02", "title": 1.5, "cut": -3}])");
  EXPECT_EQ(catalog.rows.at(0).fields,
            (Fields{{"episode", "7"}, {"season", "02"}, {"title", "1.5"}, {"cut", "-3"}}));
}

TEST(CatalogJson, TakesNullForNothing) {
  EXPECT_TRUE(problems_of(R"([{"title": null}])").empty());
  EXPECT_EQ(read_catalog_json(R"([{"title": null}])").rows.at(0).fields.count("title"), 0U);
}

TEST(CatalogJson, ReadsEscapes) {
  EXPECT_EQ(read_catalog_json(R"([{"title": "\u7b2c7\u96c6 \"x\""}])").rows.at(0).fields.at("title"),
            "第7集 \"x\"");
}

TEST(CatalogJson, HasNoRowsWhereThereAreNone) {
  for (const char* text : {"[]", R"({"references": []})"}) {
    EXPECT_TRUE(read_catalog_json(text).rows.empty()) << text;
    EXPECT_TRUE(problems_of(text).empty()) << text;
  }
}

TEST(CatalogJson, SaysThatItIsNoJson) {
  for (const char* text : {"", "{", "[{]", "holder,series\n", "[] []", "[{\"a\": 1,}]", "\xFF"}) {
    EXPECT_EQ(problems_of(text), Places{"1 "}) << text;
    EXPECT_TRUE(read_catalog_json(text).rows.empty()) << text;
  }
}

TEST(CatalogJson, SaysThatItIsNoCatalog) {
  for (const char* text : {"7", "\"x\"", "null", "{}", R"({"references": {}})", R"({"rows": []})"}) {
    EXPECT_EQ(problems_of(text), Places{"1 "}) << text;
  }
}

TEST(CatalogJson, SaysWhichRowsAreNoObjects) {
  EXPECT_EQ(problems_of(R"([{"file": "a.mp4"}, 7, null, []])"), (Places{"2 ", "3 ", "4 "}));
}

TEST(CatalogJson, SaysWhichColumnsItDoesNotKnow) {
  EXPECT_EQ(problems_of(R"([{"file": "a.mp4"}, {"colour": "red"}])"), Places{"2 colour"});
}

TEST(CatalogJson, SaysWhichValuesAreNeitherTextNorNumber) {
  EXPECT_EQ(problems_of(R"([{"title": true, "cut": [1], "file": {"a": 1}}])"),
            (Places{"1 title", "1 cut", "1 file"}));
}

TEST(CatalogJson, DoesNotCountARowWithAProblemAmongTheGoodOnes) {
  const std::filesystem::path here = __FILE__;
  for (const std::string problem : {R"("colour": "red")", R"("title": true)"}) {
    const std::string row = R"({"holder": "h", "series": "s", "episode": 1, "language": "en", "file": ")" +
                            here.filename().string() + "\", " + problem + "}";
    const auto catalog = pipeline::validate(read_catalog_json("[" + row + "]"), here.parent_path());
    EXPECT_EQ(catalog.problems.size(), 1U) << row;
    EXPECT_TRUE(catalog.rows.empty()) << row;
  }
}

TEST(CatalogJson, RefusesDeepNestingInsteadOfOverflowing) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(problems_of(deep), Places{"1 "});
}

TEST(CatalogJson, TakesTheLastOfTwoMembersOfOneName) {
  EXPECT_EQ(read_catalog_json(R"([{"title": "a", "title": "b"}])").rows.at(0).fields.at("title"), "b");
}

}  // namespace
}  // namespace reelprint::api
