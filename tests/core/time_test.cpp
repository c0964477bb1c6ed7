#include "core/time.h"

#include <gtest/gtest.h>

namespace reelprint {
namespace {

constexpr Interval interval(std::int64_t begin_us, std::int64_t end_us) {
  return {Timestamp{begin_us}, Timestamp{end_us}};
}

TEST(Timestamp, IsMovedByADuration) {
  EXPECT_EQ(Timestamp{1'000} + Duration{500}, Timestamp{1'500});
  EXPECT_EQ(Timestamp{1'000} - Duration{1'500}, Timestamp{-500});
  EXPECT_EQ(Timestamp{1'500} - Timestamp{1'000}, Duration{500});
  EXPECT_LT(Timestamp{-1}, Timestamp{0});
}

TEST(Timestamp, TakesWholeUnitsOfTheStandardClocks) {
  EXPECT_EQ(Timestamp{} + std::chrono::seconds(2), Timestamp{2'000'000});
}

TEST(Seconds, AreRoundedToTheNearestMicrosecond) {
  EXPECT_EQ(duration_of(1.0000004), Duration{1'000'000});
  EXPECT_EQ(duration_of(1.0000006), Duration{1'000'001});
  EXPECT_EQ(duration_of(-0.5), Duration{-500'000});
  EXPECT_EQ(timestamp_of(90.25), Timestamp{90'250'000});
}

TEST(Seconds, ComeBackFromADayOfMediaToTheMicrosecond) {
  const Timestamp late{24LL * 3600 * 1'000'000 + 1};
  EXPECT_EQ(timestamp_of(to_seconds(late)), late);
  EXPECT_DOUBLE_EQ(to_seconds(Duration{250'000}), 0.25);
}

TEST(Interval, ContainsItsBeginAndNotItsEnd) {
  EXPECT_TRUE(interval(10, 20).contains(Timestamp{10}));
  EXPECT_TRUE(interval(10, 20).contains(Timestamp{19}));
  EXPECT_FALSE(interval(10, 20).contains(Timestamp{20}));
  EXPECT_FALSE(interval(10, 20).contains(Timestamp{9}));
}

TEST(Interval, ThatIsEmptyContainsNothing) {
  EXPECT_TRUE(interval(10, 10).is_empty());
  EXPECT_FALSE(interval(10, 10).contains(Timestamp{10}));
  EXPECT_EQ(interval(10, 10).length(), Duration{0});
  EXPECT_FALSE(interval(10, 11).is_empty());
}

TEST(Interval, DoesNotOverlapItsNeighbour) {
  EXPECT_FALSE(interval(0, 10).overlaps(interval(10, 20)));
  EXPECT_FALSE(interval(10, 20).overlaps(interval(0, 10)));
  EXPECT_TRUE(interval(0, 11).overlaps(interval(10, 20)));
  EXPECT_TRUE(interval(0, 30).overlaps(interval(10, 20)));
}

TEST(Intersection, IsWhatBothHaveInCommon) {
  EXPECT_EQ(intersection(interval(0, 15), interval(10, 20)), interval(10, 15));
  EXPECT_EQ(intersection(interval(10, 20), interval(0, 15)), interval(10, 15));
  EXPECT_EQ(intersection(interval(0, 30), interval(10, 20)), interval(10, 20));
}

TEST(Intersection, OfStrangersIsEmptyAtTheLaterBegin) {
  EXPECT_EQ(intersection(interval(0, 5), interval(10, 20)), interval(10, 10));
  EXPECT_EQ(intersection(interval(10, 20), interval(0, 5)), interval(10, 10));
  EXPECT_TRUE(intersection(interval(0, 10), interval(10, 20)).is_empty());
}

TEST(DistanceTo, IsZeroInsideAndSignedOutside) {
  EXPECT_EQ(distance_to(interval(10, 20), Timestamp{4}), Duration{-6});
  EXPECT_EQ(distance_to(interval(10, 20), Timestamp{10}), Duration{0});
  EXPECT_EQ(distance_to(interval(10, 20), Timestamp{15}), Duration{0});
  EXPECT_EQ(distance_to(interval(10, 20), Timestamp{27}), Duration{7});
}

}  // namespace
}  // namespace reelprint
