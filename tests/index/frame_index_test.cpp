#include "index/frame_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::flipped;
using test::index_of;
using test::Random;
using test::random_hash;
using test::to_reference;
using test::video;

/// A neighbour without the pointer: reference, keyframe, distance.
using Found = std::tuple<std::int64_t, std::size_t, int>;

std::vector<Found> listed(const std::vector<FrameNeighbour>& neighbours) {
  std::vector<Found> found;
  for (const FrameNeighbour& n : neighbours)
    found.emplace_back(n.reference->reference.value, n.keyframe, n.distance);
  return found;
}

std::vector<Found> search_one(const FrameIndex& index, const FrameHash& query, int radius) {
  return listed(index.search(std::span(&query, 1), radius).at(0));
}

/// What search must give, by looking at everything.
std::vector<Found> compare_all(const FrameIndex& index, const FrameHash& query, int radius) {
  std::vector<Found> found;
  for (const IndexedReference* reference : index.references()) {
    for (std::size_t i = 0; i < reference->keyframes.size(); ++i) {
      const FrameHash& hash = reference->keyframes[i].hash;
      const int distance = hamming_distance(hash, query);
      if (hash.quality >= 50 && distance <= radius)
        found.emplace_back(reference->reference.value, i, distance);
    }
  }
  std::ranges::sort(
      found, {}, [](const Found& f) { return std::tuple(std::get<2>(f), std::get<0>(f), std::get<1>(f)); });
  return found;
}

Fingerprint one_picture(const FrameHash& hash) {
  Fingerprint print;
  print.duration = std::chrono::seconds(1);
  print.keyframes = {{{Timestamp{0}, Timestamp{1'000'000}}, hash, true}};
  return print;
}

/// Ten references; two in a hundred pictures have too little structure.
FrameIndex mixed_index(Random& random) {
  FrameIndex index;
  for (std::int64_t id = 1; id <= 10; ++id) {
    Fingerprint print = video(static_cast<std::uint64_t>(id), 40);
    for (Keyframe& keyframe : print.keyframes) {
      if (random() % 50 == 0) keyframe.hash.quality = static_cast<std::uint8_t>(random() % 50);
    }
    index.add(to_reference(id, id, id, print));
  }
  return index;
}

TEST(FrameIndex, FindsWhatAnExhaustiveComparisonFinds) {
  Random random(1);
  const FrameIndex index = mixed_index(random);
  for (int round = 0; round < 60; ++round) {
    const auto references = index.references();
    const auto& keyframes = references[random() % references.size()]->keyframes;
    const FrameHash planted =
        flipped(keyframes[random() % keyframes.size()].hash, static_cast<int>(random() % 60), random);
    const FrameHash query = round % 4 == 0 ? random_hash(random) : planted;
    for (const int radius : {0, 31, 84, 120}) {
      ASSERT_EQ(search_one(index, query, radius), compare_all(index, query, radius))
          << round << ", " << radius;
    }
  }
}

TEST(FrameIndex, AnswersEachQueryOfABatchInItsPlace) {
  Random random(2);
  const FrameIndex index = mixed_index(random);
  const std::vector<FrameHash> queries = {random_hash(random), index.find({3})->keyframes[5].hash,
                                          index.find({7})->keyframes[1].hash};
  const auto found = index.search(queries, 84);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].empty());
  EXPECT_EQ(found[1].at(0).reference, index.find({3}));
  EXPECT_EQ(found[2].at(0).reference, index.find({7}));
}

TEST(FrameIndex, FindsForQueriesThatResembleEachOtherWhatItFindsForEach) {
  Random random(5);
  const FrameIndex index = mixed_index(random);
  std::vector<FrameHash> queries;
  for (int shot = 0; shot < 6; ++shot) {
    const auto& keyframes = index.references()[static_cast<std::size_t>(shot)]->keyframes;
    const FrameHash first = flipped(keyframes[random() % keyframes.size()].hash, 30, random);
    for (int bits = 0; bits < 60; bits += 7) queries.push_back(flipped(first, bits, random));
    queries.push_back(first);
  }
  for (const int radius : {-1, 0, 31, 84, 120, 256}) {
    const auto found = index.search(queries, radius);
    for (std::size_t q = 0; q < queries.size(); ++q)
      ASSERT_EQ(listed(found[q]), compare_all(index, queries[q], radius)) << q << ", " << radius;
  }
}

TEST(FrameIndex, FindsMirrorImagesAtOnce) {
  Random random(10);
  const FrameIndex index = mixed_index(random);
  std::vector<FrameHash> queries;
  for (const IndexedReference* reference : index.references()) {
    const FrameHash planted = flipped(reference->keyframes[random() % 80].hash, 25, random);
    queries.insert(queries.end(), {planted, mirrored(planted), flipped(planted, 9, random)});
  }
  for (const int radius : {-1, 0, 31, 84, 120, 256}) {
    const auto found = index.search_mirrored(queries, radius);
    ASSERT_EQ(found.size(), queries.size());
    for (std::size_t q = 0; q < queries.size(); ++q) {
      ASSERT_EQ(listed(found[q].plain), compare_all(index, queries[q], radius)) << q << ", " << radius;
      ASSERT_EQ(listed(found[q].mirrored), compare_all(index, mirrored(queries[q]), radius))
          << q << ", " << radius;
    }
  }
}

TEST(FrameIndex, IncludesItsRadius) {
  Random random(3);
  const FrameHash hash = random_hash(random);
  const FrameIndex index = index_of({one_picture(flipped(hash, 20, random))});
  EXPECT_EQ(search_one(index, hash, 20).size(), 1U);
  EXPECT_EQ(search_one(index, hash, 19).size(), 0U);
}

TEST(FrameIndex, FindsTheVeryHashWithinNoDistance) {
  const FrameIndex index = index_of({video(1, 10)});
  EXPECT_EQ(search_one(index, index.find({1})->keyframes[3].hash, 0), (std::vector<Found>{{1, 3, 0}}));
}

TEST(FrameIndex, OrdersEqualDistancesByReferenceAndTime) {
  Random random(4);
  const FrameHash hash = random_hash(random);
  Fingerprint twice = one_picture(hash);
  twice.keyframes.push_back({{Timestamp{1'000'000}, Timestamp{2'000'000}}, hash, true});
  FrameIndex index;
  for (const std::int64_t id : {5, 2, 9}) index.add(to_reference(id, id, id, twice));
  EXPECT_EQ(search_one(index, hash, 0),
            (std::vector<Found>{{2, 0, 0}, {2, 1, 0}, {5, 0, 0}, {5, 1, 0}, {9, 0, 0}, {9, 1, 0}}));
}

TEST(FrameIndex, KeepsPicturesWithoutStructureOutOfTheSearch) {
  Random random(5);
  FrameHash hash = random_hash(random);
  hash.quality = kLeastQuality - 1;
  const FrameIndex index = index_of({one_picture(hash)});
  EXPECT_EQ(index.searchable(), 0U);
  EXPECT_TRUE(search_one(index, hash, 256).empty());
  EXPECT_EQ(index.find({1})->keyframes.size(), 1U) << "but it keeps them";
}

TEST(FrameIndex, CountsAQualityOfFiftyAsStructure) {
  Random random(6);
  FrameHash hash = random_hash(random);
  hash.quality = kLeastQuality;
  EXPECT_EQ(search_one(index_of({one_picture(hash)}), hash, 0).size(), 1U);
}

TEST(FrameIndex, ForgetsWhatIsRemoved) {
  FrameIndex index = index_of({video(1, 20), video(2, 20), video(3, 20)});
  const FrameHash gone = index.find({2})->keyframes[7].hash;
  EXPECT_TRUE(index.remove({2}));
  EXPECT_EQ(index.find({2}), nullptr);
  EXPECT_EQ(index.size(), 2U);
  EXPECT_EQ(index.searchable(), 80U);
  EXPECT_TRUE(search_one(index, gone, 0).empty());
}

TEST(FrameIndex, SaysWhetherThereWasAnythingToRemove) {
  FrameIndex index = index_of({video(1, 20)});
  EXPECT_FALSE(index.remove({2}));
  EXPECT_TRUE(index.remove({1}));
  EXPECT_FALSE(index.remove({1}));
}

TEST(FrameIndex, StaysExactThroughAddingRemovingAndReplacing) {
  Random random(7);
  FrameIndex index;
  for (int round = 0; round < 60; ++round) {
    const auto id = static_cast<std::int64_t>(1 + random() % 8);
    if (random() % 3 == 0) {
      index.remove({id});
    } else {
      index.add(to_reference(id, id, id, video(random(), static_cast<double>(1 + random() % 20))));
    }
    for (const IndexedReference* reference : index.references()) {
      const FrameHash query = flipped(reference->keyframes.back().hash, 15, random);
      ASSERT_EQ(search_one(index, query, 40), compare_all(index, query, 40)) << "round " << round;
    }
  }
}

TEST(FrameIndex, ReplacesAReferenceOfTheSameId) {
  FrameIndex index = index_of({video(1, 20)});
  const FrameHash old = index.find({1})->keyframes[0].hash;
  index.add(to_reference(1, 1, 1, video(2, 10)));
  EXPECT_EQ(index.size(), 1U);
  EXPECT_EQ(index.searchable(), 20U);
  EXPECT_TRUE(search_one(index, old, 0).empty());
}

TEST(FrameIndex, ListsReferencesByAscendingId) {
  FrameIndex index;
  for (const std::int64_t id : {30, 4, 100, 7}) index.add(to_reference(id, id, id, video(1, 2)));
  std::vector<std::int64_t> ids;
  for (const IndexedReference* reference : index.references()) ids.push_back(reference->reference.value);
  EXPECT_EQ(ids, (std::vector<std::int64_t>{4, 7, 30, 100}));
}

TEST(FrameIndex, FindsNothingWhileItIsEmpty) {
  Random random(8);
  EXPECT_TRUE(search_one(FrameIndex(), random_hash(random), 256).empty());
  EXPECT_TRUE(index_of({video(1, 5)}).search({}, 84).empty());
}

TEST(FrameIndex, TakesAReferenceWithoutPictures) {
  const FrameIndex index = index_of({Fingerprint{}, video(1, 5)});
  EXPECT_EQ(index.size(), 2U);
  EXPECT_EQ(index.searchable(), 10U);
}

TEST(FrameIndex, FindsEverythingWithinTheWholeRange) {
  Random random(9);
  EXPECT_EQ(search_one(index_of({video(1, 50)}), random_hash(random), 256).size(), 100U);
}

}  // namespace
}  // namespace reelprint::index
