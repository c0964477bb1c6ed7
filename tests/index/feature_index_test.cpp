#include "index/feature_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <tuple>

#include "core/error.h"
#include "feature_synthetic.h"

namespace reelprint::index {
namespace {

using test::add;
using test::copies_of;
using test::Details;
using test::empty_index;
using test::Features;
using test::kFeaturesOfEach;
using test::kListsFrom;
using test::kManyReferences;
using test::large_index;
using test::made_up_features;
using test::made_up_reference;
using test::Tracks;

class FeatureIndexOnEachPath : public testing::TestWithParam<ScanPath> {};

INSTANTIATE_TEST_SUITE_P(Available, FeatureIndexOnEachPath, testing::ValuesIn(available_scan_paths()),
                         [](const auto& test) { return std::string(to_string(test.param)); });

using Answers = std::vector<std::vector<FeatureNeighbour>>;

/// What a search must give, by comparing everything.
Answers oracle(const std::vector<std::pair<std::int64_t, Details>>& catalog, const Features& queries,
               const FeatureSearch& search) {
  Answers answers(queries.size());
  for (std::size_t q = 0; q < queries.size(); ++q) {
    for (const auto& [reference, details] : catalog) {
      for (std::uint32_t k = 0; k < details.size(); ++k) {
        for (const LocalFeature& feature : details[k]) {
          const int distance = hamming_distance(queries[q], feature);
          if (distance > search.radius) continue;
          answers[q].push_back({{reference}, k, 1, static_cast<std::uint16_t>(distance)});
        }
      }
    }
    std::ranges::sort(answers[q], {}, [](const FeatureNeighbour& n) {
      return std::tuple(n.distance, n.reference, n.detail);
    });
    answers[q].resize(std::min(answers[q].size(), search.most_per_query));
  }
  return answers;
}

TEST_P(FeatureIndexOnEachPath, ComparesEverythingWhileSmall) {
  FeatureIndex index({.path = GetParam()});
  std::vector<std::pair<std::int64_t, Details>> catalog;
  for (const std::int64_t r : {5, 2, 9}) {
    catalog.emplace_back(r, made_up_reference(r, 700));
    add(index, r, catalog.back().second);
  }
  const Features queries = copies_of(made_up_features(100, 1002), 25);
  for (const FeatureSearch search : {FeatureSearch{56, 8}, FeatureSearch{100, 5}, FeatureSearch{110, 1000},
                                     FeatureSearch{0, 8}, FeatureSearch{256, 3000}}) {
    EXPECT_EQ(index.search(queries, search), oracle(catalog, queries, search)) << search.radius;
  }
}

TEST_P(FeatureIndexOnEachPath, ComparesEverythingInAllListsWhenAskedTo) {
  const FeatureIndex index = large_index(GetParam());
  std::vector<std::pair<std::int64_t, Details>> catalog;
  for (std::int64_t r = 1; r <= kManyReferences; ++r)
    catalog.emplace_back(r, made_up_reference(r, kFeaturesOfEach));
  const Features queries = copies_of(made_up_features(10, 1003), 40);
  const FeatureSearch search{100, 20, Codebook::kWords};
  EXPECT_EQ(index.search(queries, search), oracle(catalog, queries, search));
}

TEST_P(FeatureIndexOnEachPath, FindsTheSameInListsOnEveryPath) {
  const Features queries = copies_of(made_up_features(kFeaturesOfEach, 1004), 40);
  EXPECT_EQ(large_index(GetParam()).search(queries, {}), large_index(ScanPath::portable).search(queries, {}));
}

TEST(FeatureIndex, FindsNineInTenDamagedFeaturesThroughTheLists) {
  const FeatureIndex index = large_index();
  for (const auto& [flips, least] : {std::pair{20U, 0.99}, {40U, 0.95}, {60U, 0.90}}) {
    const Features originals = made_up_features(kFeaturesOfEach, 1005);
    const Features queries = copies_of(originals, flips);
    const Answers answers = index.search(queries, {});
    std::size_t found = 0;
    for (std::size_t q = 0; q < queries.size(); ++q) {
      found += std::ranges::any_of(answers[q], [&](const FeatureNeighbour& n) {
        return n.reference == ReferenceId{5} && n.detail == q / 64 &&
               n.distance == hamming_distance(originals[q], queries[q]);
      });
    }
    EXPECT_GE(static_cast<double>(found), least * kFeaturesOfEach) << flips;
  }
}

TEST(FeatureIndex, DoesNotCareInWhichOrderReferencesCameAndWhichWereRemoved) {
  const FeatureIndex forwards = large_index();
  FeatureIndex backwards = empty_index();
  for (std::int64_t r = kManyReferences + 3; r > 0; --r)
    add(backwards, r, made_up_reference(r, kFeaturesOfEach));
  for (std::int64_t r = kManyReferences + 1; r <= kManyReferences + 3; ++r)
    EXPECT_TRUE(backwards.remove({r}));
  add(backwards, 3, {made_up_features(10, 1)});
  add(backwards, 3, made_up_reference(3, kFeaturesOfEach));

  const Features queries = copies_of(made_up_features(kFeaturesOfEach, 1003), 45);
  EXPECT_EQ(forwards.search(queries, {90, 30}), backwards.search(queries, {90, 30}));
}

TEST(FeatureIndex, ComparesEverythingAgainOnceItHasShrunk) {
  FeatureIndex index = large_index();
  for (std::int64_t r = 4; r <= kManyReferences; ++r) index.remove({r});
  ASSERT_LT(index.size(), kListsFrom);
  std::vector<std::pair<std::int64_t, Details>> catalog;
  for (std::int64_t r = 1; r < 4; ++r) catalog.emplace_back(r, made_up_reference(r, kFeaturesOfEach));
  const Features queries = copies_of(made_up_features(20, 1003), 60);
  EXPECT_EQ(index.search(queries, {100, 50}), oracle(catalog, queries, {100, 50}));
}

TEST(FeatureIndex, AnswersOneQueryAsItDoesAmongMany) {
  const FeatureIndex index = large_index();
  const Features queries = copies_of(made_up_features(200, 1002), 30);
  const Answers together = index.search(queries, {80, 10});
  for (std::size_t q = 0; q < queries.size(); q += 20) {
    EXPECT_EQ(index.search(std::span(queries).subspan(q, 1), {80, 10})[0], together[q]);
  }
}

TEST(FeatureIndex, ForgetsAReferenceAtOnceAndFindsItWhenItComesBack) {
  for (const std::size_t lists_from : {kListsFrom, std::size_t{50'000}}) {
    FeatureIndex index({.exhaustive_below = lists_from});
    for (std::int64_t r = 1; r <= kManyReferences; ++r) add(index, r, made_up_reference(r, kFeaturesOfEach));
    const Features queries = copies_of(made_up_features(100, 1004), 10);
    const Answers before = index.search(queries, {40, 8});
    EXPECT_TRUE(index.remove({4}));
    EXPECT_FALSE(index.remove({4}));
    EXPECT_EQ(index.size(), (kManyReferences - 1) * kFeaturesOfEach);
    for (const auto& answer : index.search(queries, {40, 8})) EXPECT_TRUE(answer.empty());
    add(index, 4, made_up_reference(4, kFeaturesOfEach));
    EXPECT_EQ(index.search(queries, {40, 8}), before);
  }
}

TEST(FeatureIndex, StaysSmallWhileReferencesComeAndGo) {
  FeatureIndex index = large_index();
  const std::size_t full = index.memory_bytes();
  for (int round = 0; round < 10; ++round) {
    for (std::int64_t r = 1; r <= kManyReferences; ++r) add(index, r, made_up_reference(r, kFeaturesOfEach));
  }
  EXPECT_LE(index.memory_bytes(), 3 * full);
  for (std::int64_t r = 1; r <= kManyReferences; ++r) index.remove({r});
  EXPECT_EQ(index.size(), 0U);
  EXPECT_EQ(index.memory_bytes(), 0U);
  EXPECT_TRUE(index.search(made_up_features(1, 1001), {256, 8})[0].empty());
}

TEST(FeatureIndex, SaysHowManyDetailsATrackIsOf) {
  FeatureIndex index;
  const auto code = made_up_features(1, 1)[0].descriptor;
  index.add({1}, Tracks{{code, 70'000, kLongestTrack}, {code, 3, 2}, {code, 3, 1}});
  EXPECT_EQ(index.search(made_up_features(1, 1), {})[0],
            (std::vector<FeatureNeighbour>{{{1}, 3, 1, 0}, {{1}, 3, 2, 0}, {{1}, 70'000, 255, 0}}));
}

TEST(FeatureIndex, HasNothingToFindWhenEmpty) {
  FeatureIndex index;
  EXPECT_TRUE(index.search({}, {}).empty());
  EXPECT_EQ(index.search(made_up_features(3, 1), {}).size(), 3U);
  EXPECT_FALSE(index.remove({1}));

  add(index, 1, {});
  add(index, 2, {{}, {}, made_up_features(1, 1), {}});
  EXPECT_EQ(index.references(), 2U);
  EXPECT_EQ(index.size(), 1U);
  EXPECT_EQ(index.search(made_up_features(1, 1), {})[0], (std::vector<FeatureNeighbour>{{{2}, 2, 1, 0}}));
  EXPECT_TRUE(index.search({}, {}).empty());
  EXPECT_TRUE(index.remove({1}));
}

TEST(FeatureIndex, KeepsTheNearestOfTheCommonInAFixedOrder) {
  const Features logo = made_up_features(1, 1);
  const Features near_logo = copies_of(logo, 3);
  FeatureIndex index;
  for (std::int64_t r = 3000; r > 0; --r) {
    add(index, r, {{}, {made_up_features(1, 5)[0], logo[0], logo[0]}});
    if (r == 2000) add(index, 9000, {near_logo});
  }
  const auto answer = index.search(near_logo, {56, 4})[0];
  const auto bits = static_cast<std::uint16_t>(hamming_distance(logo[0], near_logo[0]));
  EXPECT_EQ(answer, (std::vector<FeatureNeighbour>{
                        {{9000}, 0, 1, 0}, {{1}, 1, 1, bits}, {{1}, 1, 1, bits}, {{2}, 1, 1, bits}}));
}

TEST(FeatureIndex, BearsAnyRadiusCapAndNumberOfProbes) {
  constexpr int kMost = std::numeric_limits<int>::max();
  constexpr std::size_t kHuge = std::numeric_limits<std::size_t>::max();
  for (const std::size_t lists_from : {kListsFrom, std::size_t{50'000}}) {
    FeatureIndex index({.exhaustive_below = lists_from});
    for (std::int64_t r = 1; r <= kManyReferences; ++r) add(index, r, made_up_reference(r, kFeaturesOfEach));
    const Features query = made_up_features(1, 3);
    EXPECT_TRUE(index.search(query, {-1, 8})[0].empty());
    EXPECT_TRUE(index.search(query, {std::numeric_limits<int>::min(), 8})[0].empty());
    EXPECT_TRUE(index.search(query, {kMost, 0})[0].empty());
    EXPECT_EQ(index.search(query, {kMost, 7})[0].size(), 7U);
    EXPECT_EQ(index.search(query, {kMost, kHuge, kHuge})[0].size(), index.size());
    EXPECT_EQ(index.search(query, {kMost, kHuge, Codebook::kWords})[0].size(), index.size());
    EXPECT_LE(index.search(query, {kMost, kHuge, 1})[0].size(), index.size());
    EXPECT_LE(index.search(query, {kMost, kHuge, Codebook::kWords - 1})[0].size(), index.size());
  }
}

TEST(FeatureIndex, RefusesWhatARowCannotNameAndStaysAsItWas) {
  FeatureIndex index;
  add(index, 1, {made_up_features(10, 1)});
  const Tracks last{{{}, kMaxDetails - 1, 1}};
  const Tracks behind{{{}, 0, 1}, {{}, kMaxDetails, 1}};
  EXPECT_NO_THROW(index.add({2}, last));
  EXPECT_THROW(index.add({1}, behind), Error);
  EXPECT_EQ(index.size(), 11U);
  EXPECT_EQ(index.search(made_up_features(1, 1), {0, 1})[0].size(), 1U);
}

TEST(FeatureIndex, LooksIntoMoreListsWhileThatIsCheap) {
  EXPECT_EQ(probes_for(0), 256U);
  EXPECT_EQ(probes_for(1'000'000), 256U);
  EXPECT_GT(probes_for(40'000'000), probes_for(60'000'000));
  EXPECT_EQ(probes_for(1'000'000'000), 112U);
  EXPECT_EQ(probes_for(std::numeric_limits<std::size_t>::max()), 112U);
}

}  // namespace
}  // namespace reelprint::index
