#include "core/language_tag.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

TEST(LanguageTag, HasTheShapesOfBcp47) {
  for (const char* tag : {"en", "zh", "und", "zh-Hans", "zh-Hans-CN", "zh-cmn-Hans-CN", "es-419", "sl-rozaj",
                          "de-CH-1901", "en-a-bbb-x-a-ccc", "x-whatever", "zh-yue"}) {
    EXPECT_TRUE(is_language_tag(tag)) << tag;
  }
}

TEST(LanguageTag, IsNothingElse) {
  for (const char* tag : {"", "e", "chinese!", "zh_Hans", "zh-", "-zh", "zh--CN", "en-a", "x",
                          "zh-Hans-CN-US", "abcdefghi", "中文"}) {
    EXPECT_FALSE(is_language_tag(tag)) << tag;
  }
}

}  // namespace
}  // namespace reelprint
