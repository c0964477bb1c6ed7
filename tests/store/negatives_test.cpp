#include <gtest/gtest.h>

#include "samples.h"

namespace reelprint::store {
namespace {

constexpr AlgorithmId kOldAlgorithm{1};

class Negatives : public testing::Test {
 protected:
  NegativeId add(int number) {
    return store_.add_negative(sample_negative(number), bytes_of("print " + std::to_string(number))).negative;
  }

  TemporaryFolder folder_;
  Store store_{folder_.path()};
};

TEST_F(Negatives, ComeBackWithEverything) {
  const Negative sample = sample_negative();
  const AddedNegative added = store_.add_negative(sample, bytes_of("print"));
  EXPECT_EQ(added.outcome, Registration::added);
  const auto stored = store_.negatives();
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored[0].id, added.negative);
  EXPECT_EQ(stored[0].name, sample.name);
  EXPECT_EQ(stored[0].media, sample.media);
  EXPECT_EQ(stored[0].duration, sample.duration);
  EXPECT_EQ(stored[0].algorithm, kAlgorithm);
  EXPECT_EQ(stored[0].added_at, sample.added_at);
  EXPECT_EQ(store_.negative_fingerprint(added.negative), bytes_of("print"));
}

TEST_F(Negatives, OfTheSameMediaAreThereAlready) {
  const NegativeId id = add(1);
  Negative again = sample_negative(1);
  again.name = "another name.mp4";
  const AddedNegative added = store_.add_negative(again, bytes_of("another print"));
  EXPECT_EQ(added.outcome, Registration::unchanged);
  EXPECT_EQ(added.negative, id);
  ASSERT_EQ(store_.negatives().size(), 1U);
  EXPECT_EQ(store_.negatives()[0].name, sample_negative(1).name);
  EXPECT_EQ(store_.negative_fingerprint(id), bytes_of("print 1"));
}

TEST_F(Negatives, OfAnotherAlgorithmAreFingerprintedAnew) {
  Negative old = sample_negative(1);
  old.algorithm = kOldAlgorithm;
  const NegativeId id = store_.add_negative(old, bytes_of("old print")).negative;
  EXPECT_TRUE(store_.fingerprinted_negatives(kAlgorithm).empty());
  EXPECT_EQ(store_.fingerprinted_negatives(kOldAlgorithm), std::vector{id});

  const AddedNegative added = store_.add_negative(sample_negative(1), bytes_of("new print"));
  EXPECT_EQ(added.outcome, Registration::updated);
  EXPECT_EQ(added.negative, id);
  EXPECT_EQ(store_.negative_fingerprint(id), bytes_of("new print"));
  EXPECT_EQ(store_.fingerprinted_negatives(kAlgorithm), std::vector{id});
}

TEST_F(Negatives, AreListedById) {
  const std::vector<NegativeId> ids{add(3), add(1), add(2)};
  EXPECT_EQ(store_.fingerprinted_negatives(kAlgorithm), ids);
  std::vector<NegativeId> listed;
  for (const Negative& negative : store_.negatives()) listed.push_back(negative.id);
  EXPECT_EQ(listed, ids);
}

TEST_F(Negatives, AreRemovedAloneAndTheirIdsNeverUsedAgain) {
  const NegativeId first = add(1);
  const NegativeId second = add(2);
  EXPECT_EQ(store_.remove_negatives(std::vector{second, NegativeId{99}}), 1U);
  EXPECT_EQ(store_.fingerprinted_negatives(kAlgorithm), std::vector{first});
  EXPECT_EQ(store_.negative_fingerprint(second), std::nullopt);
  EXPECT_GT(add(2), second);
}

TEST_F(Negatives, AreNoReferences) {
  add(1);
  EXPECT_EQ(store_.stats().references, 0U);
  EXPECT_TRUE(store_.fingerprinted_references(kAlgorithm).empty());
}

TEST_F(Negatives, WithoutPicturesAreKept) {
  const NegativeId id = store_.add_negative(sample_negative(), {}).negative;
  EXPECT_EQ(store_.negative_fingerprint(id), std::vector<std::byte>{});
}

TEST_F(Negatives, AreOnDiskWhenTheyAreReported) {
  const NegativeId id = add(1);
  const Store other(folder_.path(), false);
  EXPECT_TRUE(other.negative_fingerprint(id));
}

TEST_F(Negatives, ThatWereDamagedAreToldAsCorrupt) {
  add(1);
  vandalise(folder_.database(), "UPDATE negatives SET media = x'0011'");
  EXPECT_EQ(error_of([&] { static_cast<void>(store_.negatives()); }), ErrorCode::corrupt);
}

}  // namespace
}  // namespace reelprint::store
