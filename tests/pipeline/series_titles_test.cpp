#include "pipeline/series_titles.h"

#include <gtest/gtest.h>

namespace reelprint::pipeline {
namespace {

SeriesTitles some_titles() {
  SeriesTitles titles;
  for (const char* name : {"The Oath", "The Oath of Fire", "霸总的小甜妻", "离婚", "Up", "我"})
    titles.add(name);
  return titles;
}

std::string named(std::string_view title) {
  const auto found = some_titles().named_in(title);
  return found ? found->name : "";
}

TEST(SeriesTitles, AreFoundInTitlesHoweverThoseWriteThem) {
  EXPECT_EQ(named("[FULL] the  OATH, ep 4"), "The Oath");
  EXPECT_EQ(named("【全集】霸總的小甜妻 EP01"), "霸总的小甜妻");
}

TEST(SeriesTitles, AreFoundAsWholeWordsOnly) {
  EXPECT_EQ(named("the oaths we swore"), "");
  EXPECT_EQ(named("bathe oath"), "");
}

TEST(SeriesTitles, GiveTheLongestName) {
  EXPECT_EQ(named("THE OATH OF FIRE - full movie"), "The Oath of Fire");
}

TEST(SeriesTitles, TellNamesThatSayLittleFromTellingOnes) {
  EXPECT_FALSE(some_titles().named_in("her oath, the oath")->is_telling);
  EXPECT_TRUE(some_titles().named_in("the oath of fire")->is_telling);
  EXPECT_FALSE(some_titles().named_in("我们离婚吧")->is_telling);
  EXPECT_TRUE(some_titles().named_in("霸总的小甜妻")->is_telling);
}

TEST(SeriesTitles, LeaveOutNamesThatAnyTitleHas) {
  EXPECT_EQ(some_titles().size(), 4U);
  EXPECT_EQ(named("up and away 我"), "");
}

TEST(SeriesTitles, FindNothingInNothing) {
  EXPECT_EQ(named(""), "");
  EXPECT_FALSE(SeriesTitles().named_in("the oath"));
}

}  // namespace
}  // namespace reelprint::pipeline
