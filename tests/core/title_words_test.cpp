#include "core/title_words.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

using Words = std::vector<std::string>;

TEST(TitleWords, AreInSmallLettersWithoutPunctuation) {
  EXPECT_EQ(title_words("The OATH -- ep.04 (HD)!"), (Words{"the", "oath", "ep", "04", "hd"}));
  EXPECT_EQ(title_words("ÉCLAT Ёлка"), (Words{"éclat", "ёлка"}));
}

TEST(TitleWords, TakeFullWidthFormsForUsualOnes) {
  EXPECT_EQ(title_words("Ｔｈｅ　Ｏａｔｈ！"), (Words{"the", "oath"}));
}

TEST(TitleWords, TakeTraditionalCharactersForSimplifiedOnesAndEachForAWord) {
  EXPECT_EQ(title_words("【全集】霸總的愛情EP1"), title_words("全集 霸总的爱情 ep1"));
  EXPECT_EQ(title_words("霸总"), (Words{"霸", "总"}));
}

TEST(TitleWords, KnowEveryPairOfTheTableBySearch) {
  EXPECT_EQ(simplified(U'丟'), U'丢');
  EXPECT_EQ(simplified(U'龜'), U'龟');
  EXPECT_EQ(simplified(U'一'), U'一');
  EXPECT_EQ(simplified(U'a'), U'a');
}

TEST(TitleWords, EndWhereTheLimitIs) {
  EXPECT_EQ(title_words("a b c d", 2), (Words{"a", "b"}));
  EXPECT_EQ(title_words("", 2), Words{});
}

TEST(TitleWords, PassOverWhatIsNoUtf8) {
  EXPECT_EQ(title_words("the\xff\xfeoath\xe4\xb8"), (Words{"the", "oath"}));
}

}  // namespace
}  // namespace reelprint
