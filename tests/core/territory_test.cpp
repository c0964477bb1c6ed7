#include "core/territory.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

TEST(Territory, IsACodeThatIsAssigned) {
  for (const char* code : {"AD", "CN", "DE", "GB", "TW", "ZW"}) EXPECT_TRUE(is_territory(code)) << code;
  for (const char* code : {"", "D", "DEU", "de", "UK", "EU", "XX", "E ", " A", "D A"})
    EXPECT_FALSE(is_territory(code)) << code;
}

}  // namespace
}  // namespace reelprint
