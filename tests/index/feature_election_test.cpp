#include "index/feature_election.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using Neighbours = std::vector<std::vector<FeatureNeighbour>>;

/// References 1 to 20 of 30 details each; of series 1 but for 11 to 20, which are of one each.
class FeatureElectionTest : public testing::Test {
 protected:
  FeatureElectionTest() {
    for (std::int64_t id = 1; id <= 20; ++id) {
      IndexedReference reference = test::to_reference(id, id, id <= 10 ? 1 : id, test::video(1, 15));
      for (std::uint32_t k = 0; k < 30; ++k) reference.details.push_back(k);
      frames_.add(reference);
    }
  }

  [[nodiscard]] std::vector<ElectedStretch> elect(const Neighbours& neighbours) const {
    return FeatureElection(frames_).elect(neighbours);
  }

 private:
  FrameIndex frames_;
};

FeatureNeighbour near(std::int64_t reference, std::uint32_t detail, std::uint8_t length = 1,
                      std::uint16_t distance = 0) {
  return {{reference}, detail, length, distance};
}

TEST_F(FeatureElectionTest, ElectsWhatMostFeaturesVoteForAndItsMiddle) {
  const auto elected = elect({{near(1, 5, 10)}, {near(1, 8, 3)}, {near(1, 8, 3)}, {near(1, 9, 10)}});
  ASSERT_EQ(elected.size(), 2U) << "and what two of them go on to vote for";
  EXPECT_EQ(elected[0].reference->reference, ReferenceId{1});
  EXPECT_EQ(elected[0].features, 4U);
  EXPECT_DOUBLE_EQ(elected[0].votes, 4);
  EXPECT_EQ(elected[0].best, 10U) << "7 to 13, two details beside the tracks included";
  EXPECT_EQ(elected[0].begin, 6U) << "where three of the four still vote";
  EXPECT_EQ(elected[0].end, 13U);
}

TEST_F(FeatureElectionTest, NeedsTwoFeatures) {
  EXPECT_TRUE(elect({{near(1, 5)}}).empty());
  EXPECT_TRUE(elect({{near(1, 5), near(1, 5), near(1, 6)}}).empty()) << "one feature has one vote";
  EXPECT_TRUE(elect({{near(1, 5)}, {near(1, 15)}, {near(2, 5)}}).empty());
  EXPECT_EQ(elect({{near(1, 5)}, {near(1, 6)}}).size(), 1U);
}

TEST_F(FeatureElectionTest, LetsAFeatureVoteOnceForADetailByItsNearestNeighbour) {
  const auto elected = elect({{near(1, 10, 3), near(1, 5, 20, 40)}, {near(1, 10, 3), near(1, 5, 20, 40)}});
  ASSERT_EQ(elected.size(), 2U) << "what is near, and one side of what is farther";
  EXPECT_DOUBLE_EQ(elected[0].votes, 2);
  EXPECT_EQ(elected[0].begin, 8U);
  EXPECT_EQ(elected[0].end, 15U);
  EXPECT_NEAR(elected[1].votes, 2 * 0.625, 1e-5);
  EXPECT_EQ(elected[1].features, 2U);
}

TEST_F(FeatureElectionTest, CountsAFeatureLessTheFartherItIs) {
  const auto votes = [&](std::uint16_t distance) {
    return elect({{near(1, 5, 1, distance)}, {near(1, 5, 1, distance)}}).at(0).votes;
  };
  EXPECT_DOUBLE_EQ(votes(0), 2);
  EXPECT_DOUBLE_EQ(votes(24), 2);
  EXPECT_DOUBLE_EQ(votes(56), 0.5);
}

TEST_F(FeatureElectionTest, CountsAFeatureByTheSquareOfTheSeriesThatHaveItAboutAsNear) {
  const auto votes = [&](const std::vector<FeatureNeighbour>& neighbours) {
    return elect({neighbours, neighbours}).at(0).votes;
  };
  EXPECT_NEAR(votes({near(1, 5), near(2, 5), near(3, 5)}), 2, 1e-5) << "of one series";
  EXPECT_NEAR(votes({near(1, 5), near(11, 5), near(12, 5)}), 2 / 9.0, 1e-5);
  EXPECT_NEAR(votes({near(1, 5), near(11, 5, 1, 12)}), 2 / 4.0, 1e-5);
  EXPECT_NEAR(votes({near(1, 5), near(11, 5, 1, 13)}), 2, 1e-5) << "a chance neighbour takes nothing away";
}

TEST_F(FeatureElectionTest, ElectsTwoStretchesOfAReferenceAndEightInAll) {
  std::vector<FeatureNeighbour> everywhere;
  for (std::int64_t id = 1; id <= 10; ++id) {
    for (const std::uint32_t detail : {3U, 13U, 23U}) everywhere.push_back(near(id, detail));
  }
  EXPECT_EQ(elect({everywhere, everywhere}).size(), 8U);
  const auto elected =
      elect({{near(1, 3), near(1, 13), near(1, 23)}, {near(1, 3), near(1, 13), near(1, 23)}});
  ASSERT_EQ(elected.size(), 2U);
  EXPECT_EQ(elected[0].best, 3U);
  EXPECT_EQ(elected[1].best, 13U);
}

TEST_F(FeatureElectionTest, StaysWithinTheReference) {
  const auto elected = elect({{near(1, 28, 2), near(2, 0)}, {near(1, 28, 200), near(2, 0)}});
  ASSERT_EQ(elected.size(), 2U);
  EXPECT_EQ(elected[0].end, 30U);
  EXPECT_EQ(elected[1].begin, 0U);
  EXPECT_TRUE(elect({{near(1, 40)}, {near(1, 40)}}).empty()) << "the index knows a detail that it has not";
  EXPECT_TRUE(elect({{near(77, 1)}, {near(77, 1)}}).empty()) << "a reference that has gone";
}

TEST_F(FeatureElectionTest, DoesNotCareAboutTheOrderOfFeatures) {
  Neighbours neighbours;
  for (std::uint32_t i = 0; i < 25; ++i)
    neighbours.push_back({near(1 + i % 7, i, 4, static_cast<std::uint16_t>(2 * i)), near(11, 5, 9, 50)});
  const auto told = [](const std::vector<ElectedStretch>& elected) {
    std::vector<std::tuple<std::int64_t, std::uint32_t, std::uint32_t, double>> list;
    for (const auto& e : elected) list.emplace_back(e.reference->reference.value, e.begin, e.best, e.votes);
    return list;
  };
  const auto forwards = told(elect(neighbours));
  std::ranges::reverse(neighbours);
  EXPECT_EQ(forwards, told(elect(neighbours)));
  EXPECT_FALSE(forwards.empty());
}

}  // namespace
}  // namespace reelprint::index
