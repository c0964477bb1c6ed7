// What chance looks like in a catalog.
#include "index/catalog_background.h"

#include <gtest/gtest.h>

#include <numeric>
#include <optional>

#include "core/error.h"
#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::index_of;
using test::to_reference;
using test::video;

std::uint64_t total(const auto& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

/// Forty series; with `likeness` bits, each picture so far from the same place's picture in every other.
FrameIndex catalog(std::optional<int> likeness) {
  FrameIndex index;
  const Fingerprint common = video(999, 60);
  for (std::int64_t id = 1; id <= 40; ++id) {
    const auto seed = static_cast<std::uint64_t>(id);
    Fingerprint own = video(seed, 60);
    if (likeness) {
      test::Random random(seed);
      own = common;
      for (Keyframe& keyframe : own.keyframes) {
        keyframe.hash = test::flipped(common.keyframes[0].hash, *likeness, random);
      }
    }
    index.add(to_reference(id, id, id, own));
  }
  return index;
}

std::optional<ErrorCode> error_of(std::span<const std::byte> bytes, AlgorithmId algorithm = kAlgorithm) {
  try {
    (void)decode_background(bytes, algorithm, "a test");
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

TEST(CatalogBackground, ShippedGivesAPictureThatAgreesItsWholeWorth) {
  EXPECT_EQ(shipped_background().evidence_of_distance(84), CatalogBackground::kMostPerPicture);
  EXPECT_EQ(shipped_background().evidence_of_distance(0), CatalogBackground::kMostPerPicture);
  EXPECT_LT(shipped_background().evidence_of_distance(110), 2);
  EXPECT_NEAR(shipped_background().evidence_of_distance(256), 0, 1e-9);
}

TEST(CatalogBackground, ShippedGrowsWithThePlacesThatAgree) {
  EXPECT_EQ(shipped_background().evidence_of_inliers(4), 0);
  EXPECT_EQ(shipped_background().evidence_of_inliers(6), 1);
  EXPECT_EQ(shipped_background().evidence_of_inliers(10), 3);
  EXPECT_EQ(shipped_background().evidence_of_inliers(1000), CatalogBackground::kMostPerPicture);
}

TEST(CatalogBackground, IsNotSampledFromOneSeries) {
  FrameIndex index;
  index.add(to_reference(1, 1, 7, video(1, 60)));
  index.add(to_reference(2, 2, 7, video(2, 60)));
  EXPECT_EQ(sample_background(index, nullptr), BackgroundCounts{});
  EXPECT_EQ(sample_background(FrameIndex{}, nullptr), BackgroundCounts{});
}

TEST(CatalogBackground, IsTheSameForTheSameCatalogInWhateverOrderItCame) {
  FrameIndex backwards;
  for (std::int64_t id = 40; id >= 1; --id) {
    backwards.add(to_reference(id, id, id, video(static_cast<std::uint64_t>(id), 60)));
  }
  const auto counts = sample_background(catalog(std::nullopt), nullptr);
  EXPECT_GT(total(counts.distances), 10'000U);
  EXPECT_EQ(sample_background(backwards, nullptr), counts);
  EXPECT_EQ(key_of(backwards), key_of(catalog(std::nullopt)));
}

TEST(CatalogBackground, OfUnrelatedSeriesTakesNothingFromAPictureThatAgrees) {
  const CatalogBackground background(sample_background(catalog(std::nullopt), nullptr));
  EXPECT_GT(background.evidence_of_distance(84), 2.9);
}

TEST(CatalogBackground, OfSeriesThatLookAlikeMakesALikenessWorthLittle) {
  const CatalogBackground background(sample_background(catalog(35), nullptr));
  EXPECT_LT(background.evidence_of_distance(84), 0.5) << "its strangers are some 60 bits apart";
  EXPECT_GT(background.evidence_of_distance(30), 2.9);
}

TEST(CatalogBackground, LeavesOutPicturesThatAreTheSame) {
  const auto counts = sample_background(catalog(5), nullptr);
  EXPECT_EQ(total(counts.distances), 0U) << "a shared card is for the rarity to judge";
}

TEST(CatalogBackground, CountsPlacesOfStrangersAgainstTheShippedModel) {
  BackgroundCounts counts;
  counts.inliers[2] = 900;
  counts.inliers[9] = 100;
  const CatalogBackground background(counts);
  EXPECT_NEAR(background.evidence_of_inliers(9), 1, 0.01) << "one in ten";
  EXPECT_NEAR(background.evidence_of_inliers(12), 3, 0.01) << "one in a thousand, the imagined case";
}

TEST(CatalogBackground, IsReadBackAsItWasWritten) {
  const auto counts = sample_background(catalog(35), nullptr);
  const auto stored = decode_background(encode_background(counts, kAlgorithm, 77), kAlgorithm, "a test");
  EXPECT_EQ(stored.counts, counts);
  EXPECT_EQ(stored.key, 77U);
}

TEST(CatalogBackground, IsRefusedWhenDamagedCutOrOfAnotherAlgorithm) {
  auto bytes = encode_background({}, kAlgorithm, 77);
  EXPECT_EQ(error_of(bytes, AlgorithmId{99}), ErrorCode::incompatible);
  for (std::size_t length = 0; length < bytes.size(); length += 7) {
    EXPECT_EQ(error_of(std::span(bytes).first(length)), ErrorCode::corrupt) << length;
  }
  bytes[40] ^= std::byte{4};
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
  bytes.push_back(std::byte{0});
  EXPECT_EQ(error_of(bytes), ErrorCode::corrupt);
}

TEST(CatalogBackground, HasAnotherKeyForAnotherCatalog) {
  EXPECT_NE(key_of(index_of({video(1, 30)})), key_of(index_of({video(1, 30), video(2, 30)})));
}

}  // namespace
}  // namespace reelprint::index
