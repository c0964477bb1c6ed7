#include "index/select.h"

#include <gtest/gtest.h>

#include <deque>

#include "synthetic.h"

namespace reelprint::index {
namespace {

/// Makes alignments and keeps what they point at.
class Selection : public testing::Test {
 protected:
  /// `reference` explains query seconds [from_s, to_s) with pictures at `distance`.
  ScoredAlignment explained(std::int64_t reference, double from_s, double to_s, int distance, double alarms) {
    ScoredAlignment scored;
    scored.match.log10_false_alarms = alarms;
    scored.alignment.reference = of_id(reference);
    scored.alignment.query_span = {timestamp_of(from_s), timestamp_of(to_s)};
    scored.alignment.reference_span = scored.alignment.query_span;
    for (double at_s = from_s; at_s < to_s; at_s += 0.5) {
      AlignedKeyframe keyframe;
      keyframe.shown_at = timestamp_of(at_s);
      keyframe.agreement = Agreement::agrees;
      keyframe.distance = distance;
      scored.alignment.keyframes.push_back(keyframe);
    }
    return scored;
  }

  /// The references of what is kept, strongest first.
  static std::vector<std::int64_t> kept(std::vector<ScoredAlignment> alignments) {
    std::vector<std::int64_t> ids;
    for (const ScoredAlignment& scored : select(std::move(alignments)).kept) {
      ids.push_back(scored.alignment.reference->reference.value);
    }
    return ids;
  }

 private:
  const IndexedReference* of_id(std::int64_t id) {
    for (const IndexedReference& known : references_) {
      if (known.reference.value == id) return &known;
    }
    references_.push_back(test::to_reference(id, id, id, {}));
    return &references_.back();
  }
  std::deque<IndexedReference> references_;
};

using Ids = std::vector<std::int64_t>;

TEST_F(Selection, OfNothingIsNothing) {
  EXPECT_TRUE(kept({}).empty());
}

TEST_F(Selection, PutsTheStrongestFirst) {
  EXPECT_EQ(kept({explained(1, 0, 10, 20, -5), explained(2, 20, 30, 20, -9)}), (Ids{2, 1}));
}

TEST_F(Selection, OrdersEqualsByReferenceAndTime) {
  EXPECT_EQ(kept({explained(3, 0, 10, 20, -5), explained(1, 20, 30, 20, -5), explained(2, 40, 50, 20, -5)}),
            (Ids{1, 2, 3}));
}

TEST_F(Selection, DropsTheSameReferenceForTheSameSeconds) {
  EXPECT_EQ(kept({explained(1, 0, 20, 20, -9), explained(1, 5, 20, 20, -5)}), (Ids{1}));
}

TEST_F(Selection, KeepsTheSameReferenceForOtherSeconds) {
  EXPECT_EQ(kept({explained(1, 0, 20, 20, -9), explained(1, 15, 40, 20, -5)}), (Ids{1, 1}));
}

TEST_F(Selection, DropsTheSameSetAtAnotherMomentWhereTheTrueOneIsThere) {
  EXPECT_EQ(kept({explained(1, 0, 20, 10, -30), explained(2, 0, 20, 60, -8)}), (Ids{1}));
}

TEST_F(Selection, KeepsTwoCutsOfOneEpisode) {
  EXPECT_EQ(kept({explained(1, 0, 60, 10, -30), explained(2, 0, 55, 14, -28)}), (Ids{1, 2}));
}

TEST_F(Selection, DropsTheSharedIntroOfAnotherEpisode) {
  EXPECT_EQ(kept({explained(1, 0, 60, 10, -30), explained(2, 0, 10, 10, -12)}), (Ids{1}));
}

TEST_F(Selection, KeepsAnotherEpisodeThatFollowsTheIntro) {
  EXPECT_EQ(kept({explained(1, 0, 60, 10, -30), explained(2, 50, 120, 10, -20)}), (Ids{1, 2}));
}

TEST_F(Selection, KeepsThePartsOfACompilation) {
  EXPECT_EQ(kept({explained(1, 0, 30, 10, -30), explained(2, 30, 60, 50, -20), explained(3, 60, 90, 5, -25)}),
            (Ids{1, 3, 2}));
}

TEST_F(Selection, DoesNotLetADroppedOneDropOthers) {
  // 2 falls to 1; 3 lies half outside of 1 and would fall only to 2.
  EXPECT_EQ(kept({explained(1, 0, 20, 10, -30), explained(2, 0, 30, 60, -20), explained(3, 15, 30, 60, -10)}),
            (Ids{1, 3}));
}

}  // namespace
}  // namespace reelprint::index
