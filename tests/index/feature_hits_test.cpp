#include "index/feature_hits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "detailed_synthetic.h"
#include "feature_synthetic.h"

namespace reelprint::index {
namespace {

using test::DetailedCatalog;
using test::Features;

/// A print of pictures of one second each; those named have details, with one feature each.
Fingerprint print_of(std::size_t pictures, const std::vector<std::uint32_t>& detailed) {
  Fingerprint print;
  test::Random random(1);
  print.duration = std::chrono::seconds(pictures);
  for (std::size_t i = 0; i < pictures; ++i) {
    const auto at_s = static_cast<double>(i);
    print.keyframes.push_back(
        {{timestamp_of(at_s), timestamp_of(at_s + 1)}, test::random_hash(random), i == 0});
    print.thumbnails.push_back({});
  }
  for (const std::uint32_t i : detailed) print.details.push_back({i, test::made_up_features(1, i + 1)});
  return print;
}

using Spans = std::vector<std::pair<double, double>>;

Spans spans_of(const Fingerprint& print) {
  Spans spans;
  for (const Keyframe& k : print.keyframes)
    spans.emplace_back(to_seconds(k.span.begin), to_seconds(k.span.end));
  return spans;
}

TEST(AtDetails, KeepsThePicturesWithDetailsAndLetsEachStandUntilTheNext) {
  const Fingerprint print = print_of(6, {0, 2, 3});
  const Fingerprint reduced = at_details(print);
  EXPECT_EQ(spans_of(reduced), (Spans{{0, 2}, {2, 3}, {3, 6}}));
  ASSERT_EQ(reduced.details.size(), 3U);
  for (std::uint32_t i = 0; i < 3; ++i) {
    EXPECT_EQ(reduced.details[i].keyframe, i);
    EXPECT_EQ(reduced.details[i].features, print.details[i].features);
    EXPECT_EQ(reduced.keyframes[i].hash, print.keyframes[print.details[i].keyframe].hash);
  }
  EXPECT_TRUE(reduced.thumbnails.empty());
  EXPECT_EQ(reduced.duration, print.duration);
}

TEST(AtDetails, LetsAPictureStandUntilNothingIsSeen) {
  Fingerprint print = print_of(8, {0, 5});
  print.keyframes[2].hash.quality = 0;
  print.keyframes[6].hash.quality = 0;
  print.keyframes[7].hash.quality = 0;
  EXPECT_EQ(spans_of(at_details(print)), (Spans{{0, 2}, {5, 6}}));
}

TEST(AtDetails, LeavesOutWhatComesBeforeTheFirstDetail) {
  EXPECT_EQ(spans_of(at_details(print_of(4, {2}))), (Spans{{2, 4}}));
}

TEST(AtDetails, LeavesNothingOfAPrintWithoutDetails) {
  EXPECT_TRUE(at_details(print_of(4, {})).keyframes.empty());
  EXPECT_TRUE(at_details({}).keyframes.empty());
}

/// The first pictures of six videos, and of which series they are.
class FeatureHits : public testing::Test {
 protected:
  /// A picture with these features, as a print of one.
  static Fingerprint picture(const Features& features) {
    Fingerprint print = print_of(1, {0});
    print.details[0].features = features;
    return print;
  }

  [[nodiscard]] std::vector<Hit> hits(const Fingerprint& query, std::vector<Interval> explained = {}) const {
    return find_feature_hits(at_details(query), explained, catalog_.frames(), catalog_.features());
  }

  /// The weight of the hit of a reference; 0 when there is none.
  [[nodiscard]] static double weight_of(const std::vector<Hit>& found, std::int64_t reference) {
    const auto it =
        std::ranges::find(found, reference, [](const Hit& hit) { return hit.reference->reference.value; });
    return it == found.end() ? 0 : it->weight;
  }

  DetailedCatalog catalog_{{}};
  Features four_ = test::made_up_features(4, 77);
};

TEST_F(FeatureHits, NameTheReferenceAndThePositionAmongItsKeyframes) {
  Fingerprint reference = print_of(6, {1, 4});
  reference.details[1].features = four_;
  catalog_.add(1, 1, 1, reference);
  const auto found = hits(picture(four_));
  ASSERT_EQ(found.size(), 2U) << "at the best detail and at the one beside it";
  EXPECT_EQ(found[0].query, 0U);
  EXPECT_EQ(found[0].reference->reference, ReferenceId{1});
  EXPECT_EQ(found[0].keyframe, 4U);
  EXPECT_EQ(found[0].distance, -4) << "minus those that vote";
  EXPECT_FALSE(found[0].mirrored);
}

TEST_F(FeatureHits, SayWhichPictureWasMirrored) {
  catalog_.add(1, 1, 1, picture(four_));
  const auto found = hits(test::flipped_over_with_details(picture(four_)));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].mirrored);
}

TEST_F(FeatureHits, NeedTwoFeatures) {
  catalog_.add(1, 1, 1, picture({four_[0], four_[2]}));  // a quick look takes one feature in two
  EXPECT_EQ(hits(picture(four_)).size(), 1U);
  catalog_.add(1, 1, 1, picture({four_[0]}));
  EXPECT_TRUE(hits(picture(four_)).empty());
}

TEST_F(FeatureHits, WeighTheirFeaturesByTheSquareOfTheSeriesThatHaveThem) {
  const auto many = picture(test::made_up_features(48, 5));
  catalog_.add(1, 1, 1, picture(four_));
  EXPECT_NEAR(weight_of(hits(picture(four_)), 1), 4 / 8.0, 1e-9)
      << "four of the eight votes that weigh whole";
  for (const std::int64_t series : {1, 2}) catalog_.add(series, series, series, many);
  EXPECT_NEAR(weight_of(hits(many), 1), kMostTracksPerSecond / 4.0 / 8, 1e-9);
}

TEST_F(FeatureHits, WeighWholeWhereOnlyEpisodesOfOneSeriesHaveThem) {
  catalog_.add(1, 1, 1, picture(four_));
  catalog_.add(2, 2, 1, picture(four_));
  EXPECT_NEAR(weight_of(hits(picture(four_)), 1), 0.5, 1e-9);
  EXPECT_NEAR(weight_of(hits(picture(four_)), 2), 0.5, 1e-9);
}

TEST_F(FeatureHits, WeighOneAtMost) {
  catalog_.add(1, 1, 1, picture(test::made_up_features(64, 5)));
  EXPECT_EQ(weight_of(hits(picture(test::made_up_features(64, 5))), 1), 1);
}

TEST_F(FeatureHits, WeighLessTheFartherTheFeaturesAre) {
  catalog_.add(1, 1, 1, picture(four_));
  Fingerprint far = picture(four_);
  for (LocalFeature& feature : far.details[0].features) feature.descriptor[0] ^= 0x3FFF'FFFF;  // 30 bits
  EXPECT_NEAR(weight_of(hits(far), 1), 0.43, 0.01);
}

TEST_F(FeatureHits, AreOfTheEightStretchesWithTheMostVotesAtMost) {
  // Of twenty references of one series, the later ones have more of the features.
  const Features all = test::made_up_features(24, 9);
  for (std::int64_t id = 1; id <= 20; ++id) {
    catalog_.add(id, id, 1, picture({all.begin(), all.begin() + 2 + id}));
  }
  const auto found = hits(picture(all));
  EXPECT_EQ(found.size(), 8U);
  EXPECT_EQ(weight_of(found, 1), 0) << "it has the fewest";
}

TEST_F(FeatureHits, LieAlongAStretchThatShowsTheSame) {
  Fingerprint reference = print_of(6, {0, 1, 2, 3, 4, 5});
  for (std::size_t i = 1; i < 5; ++i) reference.details[i].features = four_;
  catalog_.add(1, 1, 1, reference);
  std::set<std::size_t> keyframes;
  for (const Hit& hit : hits(picture(four_))) keyframes.insert(hit.keyframe);
  EXPECT_TRUE(std::ranges::includes(keyframes, std::set<std::size_t>{1, 2, 3, 4}));
}

TEST_F(FeatureHits, AreNotSoughtWithinWhatIsExplained) {
  catalog_.add(1, 1, 1, picture(four_));
  Fingerprint query = print_of(4, {0, 1, 2, 3});
  for (KeyframeDetail& detail : query.details) detail.features = four_;
  std::set<std::size_t> pictures;
  for (const Hit& hit : hits(query, {{timestamp_of(1), timestamp_of(3)}})) pictures.insert(hit.query);
  EXPECT_EQ(pictures, (std::set<std::size_t>{0, 3}));
  EXPECT_TRUE(hits(query, {{timestamp_of(0), timestamp_of(4)}}).empty());
}

TEST_F(FeatureHits, AreNoneWhereTheMirroredQueryFindsAboutAsMuch) {
  const Features all = test::made_up_features(40, 9);
  Features twice(all.begin(), all.begin() + 10);
  for (const LocalFeature& feature : all) twice.push_back(mirrored(feature));
  twice.resize(20);
  catalog_.add(1, 1, 1, picture({all.begin(), all.begin() + 10}));
  EXPECT_FALSE(hits(picture(all)).empty());
  catalog_.add(1, 1, 1, picture(twice));
  EXPECT_TRUE(hits(picture(all)).empty()) << "as chance would";
}

TEST_F(FeatureHits, AreNoneOfNothing) {
  EXPECT_TRUE(hits(picture(four_)).empty());
  catalog_.add(1, 1, 1, picture(four_));
  EXPECT_TRUE(hits({}).empty());
  EXPECT_TRUE(hits(picture({})).empty());
}

TEST_F(FeatureHits, AreTheSameInWhateverOrderReferencesCame) {
  DetailedCatalog backwards{{}};
  for (std::int64_t id = 1; id <= 6; ++id) catalog_.add(id, id, id % 3, test::detailed_video(id % 2, 4));
  for (std::int64_t id = 6; id >= 1; --id) backwards.add(id, id, id % 3, test::detailed_video(id % 2, 4));
  const Fingerprint query = at_details(test::shown_as(test::detailed_video(1, 4), test::kCrop));
  const auto told = [&](const DetailedCatalog& catalog) {
    std::vector<std::tuple<std::size_t, std::int64_t, std::size_t, bool, double>> list;
    for (const Hit& hit : find_feature_hits(query, {}, catalog.frames(), catalog.features()))
      list.emplace_back(hit.query, hit.reference->reference.value, hit.keyframe, hit.mirrored, hit.weight);
    return list;
  };
  EXPECT_FALSE(told(catalog_).empty());
  EXPECT_EQ(told(catalog_), told(backwards));
}

}  // namespace
}  // namespace reelprint::index
