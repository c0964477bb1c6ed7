#include "evidence/wording.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

namespace reelprint::evidence {
namespace {

const Wording kEnglish(ReportLanguage::en);
const Wording kChinese(ReportLanguage::zh);

bool has_han(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0xE3) return true;
  }
  return false;
}

TEST(Phrases, AreThereInBothLanguages) {
  const std::set<std::string_view> same = {"EIDR", "ISAN", "UTC", "WARC", "SHA-256", "{1}", "1/{1}"};
  for (const PhraseTexts& texts : all_phrases()) {
    EXPECT_FALSE(texts.en.empty());
    EXPECT_TRUE(has_han(texts.zh) || same.contains(texts.zh)) << texts.en << " / " << texts.zh;
    EXPECT_FALSE(has_han(texts.en) && texts.en.find("¹²") == std::string_view::npos) << texts.en;
  }
}

TEST(Wording, PutsValuesWhereTheyBelong) {
  EXPECT_EQ(kEnglish.say(Phrase::agreeing_of, {"57", "60"}), "57 of 60 compared");
  EXPECT_EQ(kChinese.say(Phrase::agreeing_of, {"57", "60"}), "比对 60 幅，一致 57 幅");
  EXPECT_EQ(kEnglish.say(Phrase::work_of, {"{2}", "x"}), "“{2}”, x") << "a value is no place for values";
}

TEST(Wording, SaysChancesInWordsAndNeverBetterThanTheyAre) {
  EXPECT_EQ(kEnglish.chance(-3), "about once in 1,000 screenings");
  EXPECT_EQ(kEnglish.chance(-7.99), "about once in 90 million screenings");
  EXPECT_EQ(kEnglish.chance(-9.30103), "about once in 2 billion screenings");
  EXPECT_EQ(kEnglish.chance(-41), "less than once in a trillion (10¹²) screenings");
  EXPECT_EQ(kEnglish.chance(0.7), "about 5 times in every screening");
  EXPECT_EQ(kChinese.chance(-7.99), "约每 9000万 次比对一次");
  EXPECT_EQ(kChinese.chance(-9.30103), "约每 20亿 次比对一次");
  EXPECT_EQ(kEnglish.chance_figure(-6), "1 in 1 million");
  EXPECT_EQ(kChinese.chance_figure(-6), "1/100万");
  EXPECT_EQ(kEnglish.chance(std::numeric_limits<double>::quiet_NaN()), "at a rate that is not known");
  EXPECT_EQ(kEnglish.chance(-std::numeric_limits<double>::infinity()), kEnglish.chance(-13));
  EXPECT_NO_THROW((void)kEnglish.chance(std::numeric_limits<double>::infinity()));
}

TEST(Wording, SaysLengthsAndShares) {
  EXPECT_EQ(kEnglish.length(duration_of(41.46)), "41.5 seconds");
  EXPECT_EQ(kEnglish.length(duration_of(59.97)), "1 min 0 s");
  EXPECT_EQ(kEnglish.length(duration_of(3725)), "1 h 2 min 5 s");
  EXPECT_EQ(kChinese.length(duration_of(93.4)), "1 分 33 秒");
  EXPECT_EQ(Wording::share(0.9999), "99%") << "not all of it";
  EXPECT_EQ(Wording::share(1), "100%");
  EXPECT_EQ(Wording::share(0.001), "< 1%");
  EXPECT_EQ(Wording::share(std::nan("")), "0%");
}

TEST(Wording, WritesNumbersAndTimes) {
  EXPECT_EQ(Wording::count(7'340'032), "7,340,032");
  EXPECT_EQ(Wording::count(999), "999");
  EXPECT_EQ(Wording::decimal(-0.5, 2), "−0.50");
  EXPECT_EQ(kEnglish.time(wall_time_of("2026-11-20T09:30:00Z").value()), "2026-11-20 09:30:00 UTC");
  EXPECT_EQ(kChinese.time({}), "未记录");
  EXPECT_EQ(Wording::span({timestamp_of(4), timestamp_of(64.25)}), "0:04.0 – 1:04.3");
}

TEST(Wording, KnowsLabelsThatOthersPutDown) {
  EXPECT_EQ(kChinese.known("Licence or filing number"), "许可证号或备案号");
  EXPECT_EQ(kChinese.known("Something else"), "Something else");
}

}  // namespace
}  // namespace reelprint::evidence
