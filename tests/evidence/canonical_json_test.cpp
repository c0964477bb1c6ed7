#include "evidence/canonical_json.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <limits>

#include "core/error.h"

namespace reelprint::evidence {
namespace {

// The examples of RFC 8785: section 3.2.2 and appendix B.
TEST(CanonicalJson, WritesTheExampleOfTheStandard) {
  // Boost 1.81 reads decimals to within a unit in the last place; the standard's numbers are given as such.
  auto value = boost::json::parse(
      R"({"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]})");
  value.as_object()["numbers"] = {333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001};

  EXPECT_EQ(canonical_json(value),
            "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
            "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
}

TEST(CanonicalJson, WritesNumbersAsECMAScriptDoes) {
  const std::pair<double, const char*> examples[] = {
      {-0.0, "0"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740992., "9007199254740992"},
      {295147905179352830000., "295147905179352830000"},
      {9.999999999999997e22, "9.999999999999997e+22"},
      {1e21, "1e+21"},
      {999999999999999900000., "999999999999999900000"},
      {0.000001, "0.000001"},
      {1e-7, "1e-7"},
      {-333333333.33333325, "-333333333.33333325"},
      {0.97, "0.97"},
  };
  for (const auto& [number, text] : examples) EXPECT_EQ(canonical_json(number), text);
  EXPECT_THROW((void)canonical_json(std::numeric_limits<double>::infinity()), Error);
  EXPECT_THROW((void)canonical_json(std::numeric_limits<std::int64_t>::min()), Error);
}

TEST(CanonicalJson, SortsMembersByTheirUtf16Units) {
  const auto value = boost::json::parse(
      R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew","1":"One","\ud83d\ude00":"Emoji",)"
      R"("\u0080":"Control","\u00f6":"Latin"})");
  EXPECT_EQ(canonical_json(value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin\",\"€\":\"Euro "
            "Sign\",\"😀\":\"Emoji\",\"\ufb33\":\"Hebrew\"}");
}

}  // namespace
}  // namespace reelprint::evidence
