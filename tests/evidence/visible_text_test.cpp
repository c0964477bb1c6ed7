#include "evidence/visible_text.h"

#include <gtest/gtest.h>

namespace reelprint::evidence {
namespace {

TEST(VisibleText, LeavesWhatPeopleWriteAsItIs) {
  const std::string text =
      "灯誓 The “Lantern” Oath – épisode №3, نص, שלום, 👩‍👩‍👧, "
      "नमस्ते\nline "
      "two";
  EXPECT_EQ(visible_text(text), text);
}

TEST(VisibleText, ShowsWhatWouldHideOrTurn) {
  EXPECT_EQ(visible_text("a\u202Egnp.exe"), "a⟨U+202E⟩gnp.exe");
  EXPECT_EQ(visible_text("\u2066x\u2069\u200B\uFEFF\u00AD"), "⟨U+2066⟩x⟨U+2069⟩⟨U+200B⟩⟨U+FEFF⟩⟨U+00AD⟩");
  EXPECT_EQ(visible_text(std::string("a\0b\x1b[2J\u0085", 9)), "a⟨U+0000⟩b⟨U+001B⟩[2J⟨U+0085⟩");
  EXPECT_EQ(visible_text("\U000E0041\uE000"), "⟨U+E0041⟩⟨U+E000⟩");
  EXPECT_EQ(visible_text("\xff\xc0\x80"), "\uFFFD\uFFFD\uFFFD");
}

TEST(VisibleText, LetsNoMarksPileUp) {
  std::string pile = "e";
  for (int i = 0; i < 6; ++i) pile += "\u0301";
  EXPECT_EQ(visible_text(pile), "e\u0301\u0301\u0301\u0301⟨U+0301⟩⟨U+0301⟩");
}

TEST(VisibleText, HasOneKindOfLineEnd) {
  EXPECT_EQ(visible_text("a\r\nb\rc\nd\te"), "a\nb\nc\nd e");
  EXPECT_EQ(visible_line("a\r\nb\rc\nd"), "a b c d");
}

TEST(VisibleText, SaysHowMuchItCut) {
  EXPECT_EQ(visible_line("灯灯灯灯", 2), "灯灯… [+6 bytes]");
  EXPECT_EQ(visible_line("灯灯", 2), "灯灯");
}

TEST(VisibleText, ChangesNothingTheSecondTime) {
  const std::string once = visible_text("\u202E\x01 a\xff\r\n\t");
  EXPECT_EQ(visible_text(once), once);
}

}  // namespace
}  // namespace reelprint::evidence
