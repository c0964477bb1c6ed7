#include "core/licence_number.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

TEST(LicenceNumber, IsReadWithBracketsOfEitherWidth) {
  for (const char* text : {"(总局)网剧审字(2022)第001号", "（总局）网剧审字（2022）第001号",
                           "「(总局)网剧审字(2022)第００１号」", "( 总局 ) 网剧审字 (2022) 第001号"}) {
    const auto number = licence_number_of(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(number->kind, LicenceNumberKind::web_series);
    EXPECT_EQ(number->authority, "总局");
    EXPECT_EQ(number->year, 2022);
    EXPECT_EQ(number->text, "(总局)网剧审字(2022)第001号");
  }
}

TEST(LicenceNumber, TellsFilmsMicroDramasAndTheirFilingsApart) {
  EXPECT_EQ(licence_number_of("(总局)网影审字(2022)第001号")->kind, LicenceNumberKind::web_film);
  EXPECT_EQ(licence_number_of("(粤)网微剧审字(2025)第012号")->kind, LicenceNumberKind::micro_drama);
  EXPECT_EQ(licence_number_of("（浙）网微剧备字（2025）第12号")->kind, LicenceNumberKind::micro_drama_filing);
}

TEST(LicenceNumber, IsNothingInAnyOtherShape) {
  for (const char* text :
       {"", "网剧审字(2022)第001号", "(总局)网剧审字(22)第001号", "(总局)网剧审字(2022)第号",
        "(火星)网剧审字(2022)第001号", "(总局)网剧审字(2022)第001号x", "(总局)", "\xFF\xFE"}) {
    EXPECT_FALSE(licence_number_of(text)) << text;
  }
  EXPECT_FALSE(licence_number_of(std::string(100'000, '(')));
}

}  // namespace
}  // namespace reelprint
