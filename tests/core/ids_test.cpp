#include "core/ids.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <unordered_set>

namespace reelprint {
namespace {

static_assert(!std::is_convertible_v<SeriesId, EpisodeId>);
static_assert(!std::is_constructible_v<SeriesId, EpisodeId>);
static_assert(!std::is_convertible_v<SeriesId, std::int64_t>);

TEST(Id, IsNotStoredUntilItHasANumber) {
  EXPECT_EQ(SeriesId{}.value, 0);
}

TEST(Id, ComparesByItsNumber) {
  EXPECT_EQ(ReferenceId{7}, ReferenceId{7});
  EXPECT_NE(ReferenceId{7}, ReferenceId{8});
  EXPECT_LT(ReferenceId{7}, ReferenceId{8});
}

TEST(Id, IsAKeyOfHashTables) {
  const std::unordered_set<EpisodeId> ids{{1}, {2}, {2}, {3}};
  EXPECT_EQ(ids.size(), 3U);
  EXPECT_TRUE(ids.contains(EpisodeId{2}));
}

}  // namespace
}  // namespace reelprint
