#include "index/negatives.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "synthetic.h"

namespace reelprint::index {
namespace {

using test::flipped;
using test::index_of;
using test::joined;
using test::still;
using test::video;

/// A bank of this one picture.
FrameIndex bank_of(const FrameHash& hash) {
  Fingerprint print;
  print.duration = std::chrono::milliseconds(40);
  print.keyframes = {{{Timestamp{0}, timestamp_of(0.04)}, hash, true}};
  return index_of({print});
}

/// Every hash exactly `bits` off.
Fingerprint off_by(Fingerprint print, int bits) {
  test::Random random(3);
  for (Keyframe& keyframe : print.keyframes) keyframe.hash = flipped(keyframe.hash, bits, random);
  return print;
}

std::size_t count_in_bank(const Fingerprint& print, const FrameIndex& negatives) {
  const auto flags = in_bank(print, negatives);
  return static_cast<std::size_t>(std::ranges::count(flags, true));
}

TEST(InBank, IsEveryPictureWithinFortyBits) {
  test::Random random(1);
  const Fingerprint print = still(50, 5);
  const FrameHash& hash = print.keyframes[0].hash;
  EXPECT_EQ(in_bank(print, bank_of(flipped(hash, 40, random))), std::vector<bool>{true});
  EXPECT_EQ(in_bank(print, bank_of(flipped(hash, 41, random))), std::vector<bool>{false});
}

TEST(InBank, IsAPictureEitherWayRound) {
  const Fingerprint print = still(50, 5);
  EXPECT_EQ(in_bank(test::flipped_over(print), bank_of(print.keyframes[0].hash)), std::vector<bool>{true});
}

TEST(InBank, IsWhatMovesSampledAMomentApart) {
  const Fingerprint shot = video(50, 10);
  const Fingerprint print = joined({video(51, 20), off_by(shot, 70), video(52, 20)});
  const auto flags = in_bank(print, index_of({shot}));
  for (std::size_t i = 0; i < flags.size(); ++i) EXPECT_EQ(flags[i], 40 <= i && i < 60) << i;
}

TEST(InBank, IsNoPictureThatIsFarFromTheRestOfItsStretch) {
  Fingerprint print = video(50, 10);
  const FrameIndex bank = index_of({print});
  const std::size_t all = print.keyframes.size();
  test::Random random(4);
  print.keyframes[10].hash = test::random_hash(random);
  EXPECT_EQ(count_in_bank(print, bank), all - 1);
}

TEST(InBank, IsNoStrangerThatIsSeventyBitsFromAScatteredFew) {
  const Fingerprint print = video(50, 20);
  test::Random random(5);
  EXPECT_EQ(count_in_bank(print, bank_of(flipped(print.keyframes[7].hash, 70, random))), 0U);
}

TEST(InBank, IsNothingWithTooLittleStructure) {
  Fingerprint plain = still(50, 5);
  const FrameHash hash = plain.keyframes[0].hash;
  plain.keyframes[0].hash.quality = kLeastQuality - 1;
  EXPECT_EQ(in_bank(plain, bank_of(hash)), std::vector<bool>{false});
  EXPECT_EQ(in_bank(still(50, 5), bank_of(plain.keyframes[0].hash)), std::vector<bool>{false});
}

TEST(InBank, IsNothingOfAnEmptyBankOrPrint) {
  EXPECT_EQ(count_in_bank(video(50, 5), FrameIndex()), 0U);
  EXPECT_TRUE(in_bank({}, index_of({video(50, 5)})).empty());
}

/// Four pictures of a query beside four of a reference, 60 bits apart, all agreeing and distinctive.
class Marker : public testing::Test {
 protected:
  static constexpr std::size_t kPictures = 4;

  Marker() {
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
    shown.duration = query_.duration = std::chrono::seconds(kPictures);
    reference_ = test::to_reference(1, 1, 1, shown);
    alignment_.reference = &reference_;
  }

  using Positions = std::vector<std::size_t>;

  /// The positions that are marked; expects no distinction there, and all of it elsewhere.
  [[nodiscard]] Positions marked_by(const FrameIndex& negatives) { return marked_by(negatives, query_); }
  [[nodiscard]] Positions marked_by(const FrameIndex& negatives, const Fingerprint& walked) {
    NegativeMarker(query_, &negatives).mark(alignment_, walked);
    Positions marked;
    for (std::size_t i = 0; i < kPictures; ++i) {
      const AlignedKeyframe& k = alignment_.keyframes[i];
      EXPECT_EQ(k.distinct_from_series, !k.negative) << i;
      EXPECT_EQ(k.distinct_from_episodes, !k.negative) << i;
      if (k.negative) marked.push_back(i);
    }
    return marked;
  }

  test::Random random_{7};
  IndexedReference reference_;
  Fingerprint query_;
  Alignment alignment_;
};

TEST_F(Marker, TakesTheReferencePicturesThatTheBankHas) {
  EXPECT_EQ(marked_by(bank_of(reference_.keyframes[2].hash)), Positions{2});
}

TEST_F(Marker, TakesTheQueryPicturesThatTheBankHas) {
  EXPECT_EQ(marked_by(bank_of(query_.keyframes[1].hash)), Positions{1});
}

TEST_F(Marker, LooksAtTheReferenceAloneWherePlacesWereCompared) {
  for (AlignedKeyframe& k : alignment_.keyframes) k.inliers = 20;
  EXPECT_EQ(marked_by(bank_of(query_.keyframes[1].hash)), Positions{});
  EXPECT_EQ(marked_by(bank_of(reference_.keyframes[1].hash)), Positions{1});
}

TEST_F(Marker, LooksAtTheReferenceAloneWhereAnotherPrintWasWalked) {
  const Fingerprint reduced = query_;
  EXPECT_EQ(marked_by(bank_of(query_.keyframes[1].hash), reduced), Positions{});
  EXPECT_EQ(marked_by(bank_of(reference_.keyframes[1].hash), reduced), Positions{1});
}

TEST_F(Marker, LeavesWhatDoesNotAgree) {
  alignment_.keyframes[2].agreement = Agreement::disagrees;
  EXPECT_EQ(marked_by(bank_of(reference_.keyframes[2].hash)), Positions{});
}

TEST_F(Marker, SaysHowMuchOfAStretchTheBankHas) {
  const FrameIndex bank = bank_of(reference_.keyframes[2].hash);
  NegativeMarker marker(query_, &bank);
  EXPECT_EQ(marker.shown_in(reference_, {timestamp_of(0), timestamp_of(4)}), duration_of(1));
  EXPECT_EQ(marker.shown_in(reference_, {timestamp_of(2.25), timestamp_of(4)}), duration_of(0.75));
  EXPECT_EQ(marker.shown_in(reference_, {timestamp_of(0), timestamp_of(2)}), Duration{0});
  EXPECT_EQ(NegativeMarker(query_, nullptr).shown_in(reference_, {timestamp_of(0), timestamp_of(4)}),
            Duration{0});
}

TEST_F(Marker, MarksNothingWithoutABank) {
  EXPECT_EQ(marked_by(FrameIndex()), Positions{});
  NegativeMarker(query_, nullptr).mark(alignment_, query_);
  EXPECT_TRUE(alignment_.keyframes[0].distinct_from_series);
}

}  // namespace
}  // namespace reelprint::index
