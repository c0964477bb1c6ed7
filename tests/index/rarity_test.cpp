#include "index/rarity.h"

#include <gtest/gtest.h>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::flipped;
using test::index_of;

/// Four pictures of a query beside four of a reference, 60 bits apart, all agreeing and distinctive.
class MarkNegative : public testing::Test {
 protected:
  static constexpr std::size_t kPictures = 4;

  MarkNegative() {
    Fingerprint shown;
    for (std::size_t i = 0; i < kPictures; ++i) {
      const Interval span{timestamp_of(static_cast<double>(i)), timestamp_of(static_cast<double>(i) + 1)};
      shown.keyframes.push_back({span, test::random_hash(random_), true});
      query_.keyframes.push_back({span, flipped(shown.keyframes.back().hash, 60, random_), true});
      AlignedKeyframe k;
      k.query = k.keyframe = i;
      k.agreement = Agreement::agrees;
      k.distinct_from_series = k.distinct_from_episodes = true;
      alignment_.keyframes.push_back(k);
    }
    reference_ = test::to_reference(1, 1, 1, shown);
    alignment_.reference = &reference_;
  }

  /// A bank of this one picture.
  [[nodiscard]] static FrameIndex bank_of(const FrameHash& hash) {
    Fingerprint print;
    print.keyframes = {{{Timestamp{0}, timestamp_of(0.04)}, hash, true}};
    return index_of({print});
  }
  /// The positions that are marked; expects no distinction there, and all of it elsewhere.
  [[nodiscard]] std::vector<std::size_t> marked_by(const FrameIndex& negatives) {
    mark_negative(alignment_, query_, negatives);
    std::vector<std::size_t> marked;
    for (std::size_t i = 0; i < kPictures; ++i) {
      const AlignedKeyframe& k = alignment_.keyframes[i];
      EXPECT_EQ(k.distinct_from_series, !k.negative) << i;
      EXPECT_EQ(k.distinct_from_episodes, !k.negative) << i;
      if (k.negative) marked.push_back(i);
    }
    return marked;
  }
  [[nodiscard]] const FrameHash& reference_hash(std::size_t i) const { return reference_.keyframes[i].hash; }

  using Positions = std::vector<std::size_t>;

  test::Random random_{7};
  IndexedReference reference_;
  Fingerprint query_;
  Alignment alignment_;
};

TEST_F(MarkNegative, TakesTheReferencePicturesThatABankPictureIsNear) {
  EXPECT_EQ(marked_by(bank_of(flipped(reference_hash(2), 40, random_))), Positions{2});
}

TEST_F(MarkNegative, LeavesWhatIsFartherThanFortyBits) {
  EXPECT_EQ(marked_by(bank_of(flipped(reference_hash(2), 41, random_))), Positions{});
}

TEST_F(MarkNegative, TakesTheQueryPicturesThatABankPictureIsNear) {
  EXPECT_EQ(marked_by(bank_of(query_.keyframes[1].hash)), Positions{1});
}

TEST_F(MarkNegative, LooksAtTheQueryAsItIsViewed) {
  const FrameHash bank = query_.keyframes[1].hash;
  query_ = test::flipped_over(query_);
  EXPECT_EQ(marked_by(bank_of(bank)), Positions{}) << "the upload is not viewed mirrored";
  alignment_.mirrored = true;
  EXPECT_EQ(marked_by(bank_of(bank)), Positions{1});
}

TEST_F(MarkNegative, LooksAtTheReferenceAloneWherePlacesWereCompared) {
  for (AlignedKeyframe& k : alignment_.keyframes) k.inliers = 20;
  EXPECT_EQ(marked_by(bank_of(query_.keyframes[1].hash)), Positions{});
  EXPECT_EQ(marked_by(bank_of(reference_hash(1))), Positions{1});
}

TEST_F(MarkNegative, LeavesWhatDoesNotAgree) {
  alignment_.keyframes[2].agreement = Agreement::disagrees;
  EXPECT_EQ(marked_by(bank_of(reference_hash(2))), Positions{});
}

TEST_F(MarkNegative, HeedsNoBankPictureWithTooLittleStructure) {
  FrameHash plain = reference_hash(2);
  plain.quality = kLeastQuality - 1;
  EXPECT_EQ(marked_by(bank_of(plain)), Positions{});
}

TEST_F(MarkNegative, OfAnEmptyBankMarksNothing) {
  EXPECT_EQ(marked_by(FrameIndex()), Positions{});
}

}  // namespace
}  // namespace reelprint::index
