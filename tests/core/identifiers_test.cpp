#include "core/identifiers.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

TEST(Eidr, IsKnownByItsCheckCharacter) {
  EXPECT_TRUE(is_eidr("10.5240/7791-8534-2C23-9030-8610-5"));
  EXPECT_TRUE(is_eidr("10.5240/7791-8534-2c23-9030-8610-5"));
  EXPECT_FALSE(is_eidr("10.5240/7791-8534-2C23-9030-8610-6"));
}

TEST(Eidr, NoticesASwapOfNeighbours) {
  EXPECT_FALSE(is_eidr("10.5240/7971-8534-2C23-9030-8610-5"));
}

TEST(Eidr, HasOneFormOnly) {
  EXPECT_FALSE(is_eidr(""));
  EXPECT_FALSE(is_eidr("7791-8534-2C23-9030-8610-5"));
  EXPECT_FALSE(is_eidr("10.5240/779185342C23903086105"));
  EXPECT_FALSE(is_eidr("10.5240/7791-8534-2C23-9030-8610"));
  EXPECT_FALSE(is_eidr("10.5240/7791-8534-2C23-9030-8610-55"));
  EXPECT_FALSE(is_eidr("10.5240/7791-8534-2G23-9030-8610-5"));
}

TEST(Isan, IsTakenWithAndWithoutItsCheckCharacters) {
  EXPECT_TRUE(is_isan("ISAN 0000-0000-D07A-0090-Q-0000-0000-X"));
  EXPECT_TRUE(is_isan("0000-3BAB-9352-0000-G-0000-0000-Q"));
  EXPECT_TRUE(is_isan("0000-3BAB-9352-0000-G"));
  EXPECT_TRUE(is_isan("0000-3BAB-9352-0000"));
}

TEST(Isan, IsRefusedWhenACheckCharacterIsWrong) {
  EXPECT_FALSE(is_isan("0000-3BAB-9352-0000-H"));
  EXPECT_FALSE(is_isan("0000-3BAB-9352-0000-G-0000-0000-R"));
}

TEST(Isan, IsRefusedWhenItIsCutOrPadded) {
  for (const char* text :
       {"", "ISAN", "ISAN ", "0000", "0000-3BAB-9352", "0000-3BAB-9352-0000-", "0000-3BAB-9352-0000-G-0000",
        "0000-3BAB-9352-0000-G-0000-0000-Q-0", "0000-3BAB-9352-000Z"}) {
    EXPECT_FALSE(is_isan(text)) << text;
  }
}

TEST(CheckCharacter, ComesFromLettersAndDigitsOnly) {
  EXPECT_EQ(check_character("779185342C2390308610"), '5');
  EXPECT_FALSE(check_character("7791-8534").has_value());
  EXPECT_FALSE(check_character("\xC3\xA9").has_value());
}

}  // namespace
}  // namespace reelprint
