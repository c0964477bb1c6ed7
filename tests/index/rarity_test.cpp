#include "index/rarity.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "synthetic.h"

namespace reelprint::index {
namespace {

/// An alignment with reference 1 (episode 1, series 1) whose first picture agrees.
class MarkDistinct : public testing::Test {
 protected:
  MarkDistinct() { add(1, 1, 1, picture_); }

  /// A reference of one picture.
  void add(std::int64_t id, std::int64_t episode, std::int64_t series, const FrameHash& hash) {
    Fingerprint print;
    print.duration = std::chrono::seconds(4);
    print.keyframes = {{{Timestamp{0}, timestamp_of(4)}, hash, true}};
    frames_.add(test::to_reference(id, episode, series, print));
  }

  [[nodiscard]] FrameHash off_by(int bits) { return test::flipped(picture_, bits, random_); }

  [[nodiscard]] AlignedKeyframe marked(Agreement agreement = Agreement::agrees) const {
    Alignment alignment;
    alignment.reference = frames_.find({1});
    alignment.keyframes.resize(1);
    alignment.keyframes[0].agreement = agreement;
    mark_distinct(alignment, frames_);
    return alignment.keyframes[0];
  }

  void expect_distinct(bool from_series, bool from_episodes) const {
    EXPECT_EQ(marked().distinct_from_series, from_series);
    EXPECT_EQ(marked().distinct_from_episodes, from_episodes);
  }

  test::Random random_{1};
  FrameHash picture_ = test::random_hash(random_);
  FrameIndex frames_;
};

TEST_F(MarkDistinct, TakesWhatNobodyElseHas) {
  add(2, 2, 2, test::random_hash(random_));
  expect_distinct(true, true);
}

TEST_F(MarkDistinct, DoesNotTakeWhatAnotherSeriesHas) {
  add(2, 2, 2, off_by(40));
  expect_distinct(false, false);
}

TEST_F(MarkDistinct, TakesWhatAnotherSeriesHasOnlyFartherAway) {
  add(2, 2, 2, off_by(41));
  expect_distinct(true, true);
}

TEST_F(MarkDistinct, TakesWhatAnotherEpisodeHasForTheSeriesOnly) {
  add(2, 2, 1, off_by(24));
  expect_distinct(true, false);
}

TEST_F(MarkDistinct, TakesWhatAnotherEpisodeHasOnlyFartherAway) {
  add(2, 2, 1, off_by(25));
  expect_distinct(true, true);
}

TEST_F(MarkDistinct, TakesWhatOnlyAnotherCutOfTheEpisodeHas) {
  add(2, 1, 1, picture_);
  expect_distinct(true, true);
}

TEST_F(MarkDistinct, DoesNotTakeWhatBothASeriesAndACutHave) {
  add(2, 1, 1, picture_);
  add(3, 3, 3, picture_);
  expect_distinct(false, false);
}

TEST_F(MarkDistinct, DoesNotTakeWhatDoesNotAgree) {
  for (const Agreement agreement :
       {Agreement::none, Agreement::blank, Agreement::unsure, Agreement::disagrees})
    EXPECT_FALSE(marked(agreement).distinct_from_series);
}

TEST_F(MarkDistinct, DoesNotTakeWhatHasTooLittleStructureToLookUp) {
  FrameHash plain = picture_;
  plain.quality = kLeastQuality - 1;
  add(1, 1, 1, plain);
  expect_distinct(false, false);
}

TEST_F(MarkDistinct, ReadsThePictureThatThePairNames) {
  Fingerprint shown;
  shown.duration = std::chrono::seconds(2);
  shown.keyframes = {{{Timestamp{0}, timestamp_of(1)}, picture_, true},
                     {{timestamp_of(1), timestamp_of(2)}, test::random_hash(random_), true}};
  frames_.add(test::to_reference(1, 1, 1, shown));
  add(2, 2, 2, picture_);
  Alignment alignment;
  alignment.reference = frames_.find({1});
  alignment.keyframes.resize(3);
  for (AlignedKeyframe& k : alignment.keyframes) k.agreement = Agreement::agrees;
  alignment.keyframes[1].agreement = Agreement::disagrees;
  alignment.keyframes[2].keyframe = 1;
  mark_distinct(alignment, frames_);
  EXPECT_FALSE(alignment.keyframes[0].distinct_from_series);
  EXPECT_FALSE(alignment.keyframes[1].distinct_from_series);
  EXPECT_TRUE(alignment.keyframes[2].distinct_from_series);
}

TEST_F(MarkDistinct, LeavesAnEmptyAlignmentEmpty) {
  Alignment alignment;
  alignment.reference = frames_.find({1});
  mark_distinct(alignment, frames_);
  EXPECT_TRUE(alignment.keyframes.empty());
}

}  // namespace
}  // namespace reelprint::index
