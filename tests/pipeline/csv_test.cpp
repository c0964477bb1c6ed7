#include <gtest/gtest.h>

#include "pipeline/catalog_document.h"

namespace reelprint::pipeline {
namespace {

constexpr const char* kHeader = "holder,series,episode,language,file";

using Fields = std::map<std::string, std::string>;
using Lines = std::vector<std::size_t>;

std::string document(const std::string& rows) {
  return kHeader + std::string("\n") + rows;
}

/// Reads rows below the header; expects no problem.
std::vector<RawRow> read_good(const std::string& rows) {
  const RawCatalog catalog = read_csv(document(rows));
  EXPECT_TRUE(catalog.problems.empty()) << catalog.problems.at(0).reason;
  return catalog.rows;
}

std::string series_of(const std::string& field) {
  return read_good("h," + field + ",1,en,a.mp4\n").at(0).fields.at("series");
}

Lines lines_of(const std::vector<RawRow>& rows) {
  Lines lines;
  for (const RawRow& row : rows) lines.push_back(row.line);
  return lines;
}

/// "line column: reason" of each problem.
std::vector<std::string> problems_of(const RawCatalog& catalog) {
  std::vector<std::string> texts;
  for (const RowProblem& p : catalog.problems) {
    texts.push_back(std::to_string(p.line) + " " + p.column + ": " + p.reason);
  }
  return texts;
}

TEST(Csv, GivesEachRowByColumnName) {
  const auto rows = read_good("Lotus,The Oath,7,en,a.mp4\n");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].line, 2U);
  EXPECT_EQ(rows[0].fields, (Fields{{"holder", "Lotus"},
                                    {"series", "The Oath"},
                                    {"episode", "7"},
                                    {"language", "en"},
                                    {"file", "a.mp4"}}));
}

TEST(Csv, KeepsCommasInQuotes) {
  EXPECT_EQ(series_of("\"Love, Actually\""), "Love, Actually");
}

TEST(Csv, ReadsADoubledQuoteAsOne) {
  EXPECT_EQ(series_of("\"The \"\"Oath\"\"\""), "The \"Oath\"");
  EXPECT_EQ(series_of("\"\"\"\""), "\"");
}

TEST(Csv, KeepsLineBreaksInQuotes) {
  EXPECT_EQ(series_of("\"The\nOath\""), "The\nOath");
}

TEST(Csv, TakesAQuoteWithinAFieldForItself) {
  EXPECT_EQ(series_of("6\" screen"), "6\" screen");
}

TEST(Csv, ReadsEmptyFields) {
  EXPECT_EQ(series_of(""), "");
  EXPECT_EQ(series_of("\"\""), "");
}

TEST(Csv, LeavesOutBlanksAroundValues) {
  EXPECT_EQ(series_of("  The Oath\t"), "The Oath");
}

TEST(Csv, TakesAByteOrderMark) {
  EXPECT_EQ(read_csv("\xEF\xBB\xBF" + document("h,s,1,en,a.mp4\n")).rows.size(), 1U);
}

TEST(Csv, TakesLinesThatEndAsOnWindows) {
  const RawCatalog catalog = read_csv(std::string(kHeader) + "\r\nh,s,1,en,a.mp4\r\nh,s,2,en,\"b.mp4\"\r\n");
  EXPECT_TRUE(catalog.problems.empty());
  ASSERT_EQ(catalog.rows.size(), 2U);
  EXPECT_EQ(catalog.rows[0].fields.at("file"), "a.mp4");
  EXPECT_EQ(catalog.rows[1].fields.at("file"), "b.mp4");
}

TEST(Csv, NeedsNoLineBreakAtTheEnd) {
  EXPECT_EQ(read_good("h,s,1,en,a.mp4").size(), 1U);
  EXPECT_EQ(read_good("h,s,1,en,\"a.mp4\"").size(), 1U);
}

TEST(Csv, SkipsBlankLinesAndCountsThem) {
  EXPECT_EQ(lines_of(read_good("\n\nh,s,1,en,a.mp4\n\r\nh,s,2,en,b.mp4\n\n")), (Lines{4, 6}));
}

TEST(Csv, CountsTheLinesWithinQuotes) {
  EXPECT_EQ(lines_of(read_good("h,\"a\nb\r\nc\",1,en,a.mp4\nh,s,2,en,b.mp4\n")), (Lines{2, 5}));
}

TEST(Csv, KnowsColumnsInAnyOrderAndCase) {
  const RawCatalog catalog = read_csv("FILE, Language ,episode,Series,holder,TITLE\na.mp4,en,7,s,h,t\n");
  EXPECT_TRUE(catalog.problems.empty());
  EXPECT_EQ(catalog.rows.at(0).fields.at("title"), "t");
  EXPECT_EQ(catalog.rows.at(0).fields.at("file"), "a.mp4");
}

TEST(Csv, SaysWhichColumnsAreMissing) {
  EXPECT_EQ(problems_of(read_csv("holder,series,file\nh,s,a.mp4\n")),
            (std::vector<std::string>{"1 episode: the header has no such column",
                                      "1 language: the header has no such column"}));
}

TEST(Csv, SaysWhichColumnsItDoesNotKnow) {
  const RawCatalog catalog = read_csv("holder,series,episode,language,file,colour\nh,s,1,en,a.mp4,red\n");
  EXPECT_EQ(problems_of(catalog), (std::vector<std::string>{"1 colour: no such column is known"}));
  EXPECT_TRUE(catalog.rows.empty()) << "with a bad header no row can be understood";
}

TEST(Csv, SaysWhichColumnsComeTwice) {
  EXPECT_EQ(problems_of(read_csv("holder,series,episode,language,file,file\n")).at(0),
            "1 file: the header names this column twice");
}

TEST(Csv, SaysWhereARowHasTooManyOrTooFewFields) {
  const RawCatalog catalog = read_csv(document("h,s,1,en,a.mp4\nh,s,2,en\nh,s,3,en,c.mp4,\n"));
  EXPECT_EQ(problems_of(catalog), (std::vector<std::string>{"3 : it has 4 fields where the header has 5",
                                                            "4 : it has 6 fields where the header has 5"}));
  EXPECT_EQ(lines_of(catalog.rows), (Lines{2}));
}

TEST(Csv, SaysWhereAQuoteIsNeverClosed) {
  EXPECT_EQ(problems_of(read_csv(document("h,s,1,en,a.mp4\nh,s,2,en,\"b.mp4\n"))),
            (std::vector<std::string>{"3 : a quote is opened and never closed"}));
}

TEST(Csv, SaysWhereTextFollowsAQuote) {
  EXPECT_EQ(problems_of(read_csv(document("h,\"The\" Oath,1,en,a.mp4\n"))),
            (std::vector<std::string>{"2 : there is text after a closing quote"}));
}

TEST(Csv, DoesNotCountARowWithAQuotingMistakeAmongTheGoodOnes) {
  const std::filesystem::path here = __FILE__;
  const std::string file = here.filename().string();
  for (const std::string& row : {"h,\"The\" Oath,1,en," + file + "\n", "h,s,2,en,\"" + file}) {
    const Catalog catalog = validate(read_csv(document(row)), here.parent_path());
    EXPECT_EQ(catalog.problems.size(), 1U) << row;
    EXPECT_TRUE(catalog.rows.empty()) << row;
  }
}

TEST(Csv, SaysThatAnEmptyFileIsEmpty) {
  for (const char* text : {"", "\n\n", "\xEF\xBB\xBF", "\r\n"}) {
    EXPECT_EQ(problems_of(read_csv(text)), (std::vector<std::string>{"1 : the file is empty"})) << text;
  }
}

TEST(Csv, OfAHeaderAloneHasNoRows) {
  const RawCatalog catalog = read_csv(kHeader);
  EXPECT_TRUE(catalog.rows.empty());
  EXPECT_TRUE(catalog.problems.empty());
}

TEST(Csv, EndsOnAnyBytes) {
  const std::string bytes("\",\n\r\0a\xEF\xBB\xBF", 9);
  for (std::size_t seed = 0; seed < 3000; ++seed) {
    std::string text = seed % 2 == 0 ? document("") : "";
    for (std::size_t value = seed * 2654435761U, i = 0; i < 12; ++i, value /= 9) text += bytes[value % 9];
    EXPECT_LE(read_csv(text).rows.size(), 13U);
  }
}

}  // namespace
}  // namespace reelprint::pipeline
