#include "app/console.h"

#include <gtest/gtest.h>

namespace reelprint::app {
namespace {

using Lines = std::vector<std::string>;

TEST(DisplayWidth, CountsLettersOnce) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("ep07.mp4"), 8U);
  EXPECT_EQ(display_width("naïve é"), 7U);
}

TEST(DisplayWidth, CountsWideCharactersTwice) {
  EXPECT_EQ(display_width("第7集"), 5U);
  EXPECT_EQ(display_width("한국"), 4U);
  EXPECT_EQ(display_width("カナ"), 4U);
  EXPECT_EQ(display_width("ＡＢ"), 4U);
  EXPECT_EQ(display_width("🎬"), 2U);
}

TEST(DisplayWidth, CountsCombiningCharactersNotAtAll) {
  EXPECT_EQ(display_width("e\xCC\x81"), 1U) << "e and a combining acute";
  EXPECT_EQ(display_width("a\xE2\x80\x8D"
                          "b"),
            2U)
      << "a zero-width joiner between";
}

TEST(DisplayWidth, SurvivesBrokenText) {
  for (const char* text : {"\xE4", "\xE4\xB8", "\xF0\x9F\x8E", "\xC3", "a\xFF", "\x80\x80"}) {
    EXPECT_LE(display_width(text), std::string_view(text).size()) << text;
  }
}

TEST(Printable, KeepsTextAsItIs) {
  EXPECT_EQ(printable("第7集, épisode 7.mp4"), "第7集, épisode 7.mp4");
}

TEST(Printable, ReplacesControlCharacters) {
  EXPECT_EQ(printable("a\x1B[31mb\r\n\t\x7F"), "a?[31mb????");
}

TEST(Printable, ReplacesControlCharactersThatTakeTwoBytes) {
  EXPECT_EQ(printable("a\xC2\x9B"
                      "31mb")
                .find('\x9B'),
            std::string::npos)
      << "U+009B begins a command on a terminal";
}

TEST(LayOut, LinesUpColumns) {
  EXPECT_EQ(lay_out({{{"series"}, {"episode"}}, {{"A"}, {"7"}}, {{"A longer one"}, {"10"}}}, false),
            (Lines{"series        episode", "A             7", "A longer one  10"}));
}

TEST(LayOut, PutsNumbersToTheRight) {
  EXPECT_EQ(lay_out({{{"n", Colour::plain, true}, {"x"}}, {{"100", Colour::plain, true}, {"y"}}}, false),
            (Lines{"  n  x", "100  y"}));
}

TEST(LayOut, LinesUpWideCharacters) {
  EXPECT_EQ(lay_out({{{"name"}, {"n"}}, {{"第七集"}, {"7"}}}, false), (Lines{"name    n", "第七集  7"}));
}

TEST(LayOut, DoesNotPadTheLastColumn) {
  EXPECT_EQ(lay_out({{{"a"}, {"a long heading"}}, {{"b"}, {"c"}}}, false),
            (Lines{"a  a long heading", "b  c"}));
}

TEST(LayOut, LeavesNoBlanksAtTheEndOfALine) {
  EXPECT_EQ(lay_out({{{"a"}, {"b"}}, {{"c"}, {""}}, {{""}, {""}}}, false), (Lines{"a  b", "c", ""}));
}

TEST(LayOut, ColoursOnlyWhenToldTo) {
  const std::vector<std::vector<Cell>> rows = {{{"verdict"}}, {{"clear", Colour::green}}, {{"n"}}};
  EXPECT_EQ(lay_out(rows, false), (Lines{"verdict", "clear", "n"}));
  EXPECT_EQ(lay_out(rows, true), (Lines{"\x1b[1mverdict\x1b[0m", "\x1b[32mclear\x1b[0m", "n"}));
}

TEST(LayOut, PadsByWhatIsSeenAndNotByTheColourCodes) {
  const auto lines = lay_out({{{"verdict"}, {"n"}}, {{"clear", Colour::green}, {"1"}}}, true);
  EXPECT_EQ(lines.at(1), "\x1b[32mclear\x1b[0m    1");
}

TEST(LayOut, TakesRowsOfUnequalLength) {
  EXPECT_EQ(lay_out({{{"a"}}, {{"b"}, {"c"}}}, false), (Lines{"a", "b  c"}));
  EXPECT_TRUE(lay_out({}, true).empty());
}

TEST(TimeCode, HasMinutesAndSecondsToATenth) {
  EXPECT_EQ(time_code(0), "0:00.0");
  EXPECT_EQ(time_code(7.5), "0:07.5");
  EXPECT_EQ(time_code(754.32), "12:34.3");
}

TEST(TimeCode, HasHoursWhereNeeded) {
  EXPECT_EQ(time_code(3723), "1:02:03.0");
  EXPECT_EQ(time_code(360'000), "100:00:00.0");
}

TEST(TimeCode, CarriesWhatRoundsUp) {
  EXPECT_EQ(time_code(59.94), "0:59.9");
  EXPECT_EQ(time_code(59.96), "1:00.0");
  EXPECT_EQ(time_code(3599.97), "1:00:00.0");
}

TEST(TimeCode, ShowsNothingBeforeTheBegin) {
  EXPECT_EQ(time_code(-3), "0:00.0");
}

TEST(Console, PrintsResultsOnStandardOutputAndMessagesOnStandardError) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Console console;
  console.print("a result");
  console.complain("open video 'a\x1B.mp4': no such file");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "a result\n");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "reelprint: open video 'a?.mp4': no such file\n");
}

TEST(Console, ShowsProgressAndRemarksToATerminalOnly) {
  testing::internal::CaptureStderr();
  Console console;
  console.report("register", 1, 2, "a.mp4");
  console.remark("by the way");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace reelprint::app
