#include "api/json_text.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

namespace reelprint::api {
namespace {

namespace json = boost::json;

TEST(JsonText, WritesNumbersPlainly) {
  EXPECT_EQ(to_text(57.52), "57.52");
  EXPECT_EQ(to_text(0.1), "0.1");
  EXPECT_EQ(to_text(-3.25), "-3.25");
  EXPECT_EQ(to_text(1e-6), "0.000001");
  EXPECT_EQ(to_text(1e15), "1000000000000000");
}

TEST(JsonText, WritesWholeDoublesWithoutAPoint) {
  EXPECT_EQ(to_text(90.0), "90");
  EXPECT_EQ(to_text(0.0), "0");
}

TEST(JsonText, WritesWhatIsNotFiniteAsNull) {
  EXPECT_EQ(to_text(std::nan("")), "null");
  EXPECT_EQ(to_text(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(to_text(-std::numeric_limits<double>::infinity()), "null");
}

TEST(JsonText, WritesTheLargestAndTheSmallestNumbers) {
  for (const double number :
       {std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
        std::numeric_limits<double>::min(), std::numeric_limits<double>::denorm_min()}) {
    EXPECT_EQ(std::strtod(to_text(number).c_str(), nullptr), number) << number;
  }
}

TEST(JsonText, WritesDigitsThatReadBackTheSame) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000; ++i) {
    const double number =
        static_cast<double>(random() % 1'000'000'000) / static_cast<double>(1 + random() % 997);
    EXPECT_EQ(std::stod(to_text(number)), number);
  }
}

TEST(JsonText, WritesWholeNumbersWhole) {
  EXPECT_EQ(to_text(std::int64_t{-42}), "-42");
  EXPECT_EQ(to_text(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(JsonText, EscapesText) {
  EXPECT_EQ(to_text("a \"quoted\" \\ word"), R"("a \"quoted\" \\ word")");
  EXPECT_EQ(to_text("a\nb\tc\x01"), R"("a\nb\tc\u0001")");
}

TEST(JsonText, LeavesOtherScriptsAsTheyAre) {
  EXPECT_EQ(to_text("第7集 🎬"), "\"第7集 🎬\"");
}

TEST(JsonText, IsUtf8ThoughAFileNameIsNot) {
  for (const char* name : {"caf\xE9.mp4", "\xFF", "a\xE7\xAC", "\xED\xA0\x80"}) {
    json::error_code error;
    const json::value read = json::parse(to_text(name), error);
    EXPECT_FALSE(error) << testing::PrintToString(name) << ": " << error.message();
  }
}

TEST(JsonText, EscapesTheNamesOfMembers) {
  EXPECT_EQ(to_text(json::object{{"a\"b", 1}}), R"({"a\"b":1})");
}

TEST(JsonText, KeepsMembersInTheirOrderOnOneLine) {
  EXPECT_EQ(to_text({{"z", 1}, {"a", json::array{1, 2.5, nullptr, true, "x"}}, {"m", json::object()}}),
            R"({"z":1,"a":[1,2.5,null,true,"x"],"m":{}})");
}

TEST(JsonText, IsWhatJsonReadersRead) {
  const json::value value = {{"list", json::array{1, 2.5, "a\nb", json::object{{"k", nullptr}}}},
                             {"n", -0.001}};
  EXPECT_EQ(json::parse(to_text(value)), value);
}

TEST(Rounding, GoesToTheNearest) {
  EXPECT_EQ(rounded(0.12345, 4), 0.1235);
  EXPECT_EQ(rounded(-2.675, 1), -2.7);
  EXPECT_EQ(to_microseconds(1.0 / 3), 0.333333);
}

TEST(Rounding, LeavesNoTailOfDigits) {
  EXPECT_EQ(to_text(to_microseconds(0.1 + 0.2)), "0.3");
}

TEST(Rounding, LeavesWhatIsNotFiniteAlone) {
  EXPECT_TRUE(std::isnan(rounded(std::nan(""), 3)));
  EXPECT_EQ(rounded(std::numeric_limits<double>::infinity(), 3), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace reelprint::api
