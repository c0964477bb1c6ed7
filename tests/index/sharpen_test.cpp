#include "index/sharpen.h"

#include <gtest/gtest.h>

#include "detailed_synthetic.h"
#include "index/feature_hits.h"

namespace reelprint::index {
namespace {

/// A hit of the query's picture on keyframe `keyframe`.
Hit hit_at(const IndexedReference& reference, std::size_t query, std::size_t keyframe, double weight) {
  Hit hit;
  hit.query = query;
  hit.reference = &reference;
  hit.keyframe = keyframe;
  hit.weight = weight;
  return hit;
}

class Sharpening : public testing::Test {
 protected:
  /// The first picture of the second shot.
  [[nodiscard]] std::size_t second_shot() const {
    for (std::size_t i = 1; i < video_.keyframes.size(); ++i) {
      if (video_.keyframes[i].starts_shot) return i;
    }
    return 0;
  }

  Fingerprint video_ = test::detailed_video(1, 20);
  Fingerprint query_ = at_details(test::shown_as(video_, test::kCrop));
  IndexedReference reference_ = test::to_reference(1, 1, 1, video_);
};

TEST_F(Sharpening, MovesHitsToTheDetailsThatAgree) {
  const std::size_t shot = second_shot();
  ASSERT_GT(shot, 1U);
  const auto sharp = sharpened({hit_at(reference_, shot, shot - 1, 0.5)}, query_, video_);
  ASSERT_FALSE(sharp.empty());
  for (const Hit& hit : sharp) {
    EXPECT_EQ(hit.query, shot);
    EXPECT_GE(hit.keyframe, shot) << "the shot before shows something else";
    EXPECT_LT(hit.distance, -3) << "minus the places that agree";
    EXPECT_EQ(hit.weight, 0.5);
  }
}

TEST_F(Sharpening, LeavesHitsThatNothingBesideThemAgreesWith) {
  const std::size_t shot = second_shot();
  const auto sharp = sharpened({hit_at(reference_, shot + 4, 0, 0.5)}, query_, video_);
  ASSERT_EQ(sharp.size(), 1U);
  EXPECT_EQ(sharp[0].keyframe, 0U);
}

TEST_F(Sharpening, GivesNothingForNothing) {
  EXPECT_TRUE(sharpened({}, query_, video_).empty());
}

}  // namespace
}  // namespace reelprint::index
