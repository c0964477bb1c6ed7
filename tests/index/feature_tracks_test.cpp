#include "index/feature_tracks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "detailed_synthetic.h"
#include "feature_synthetic.h"

namespace reelprint::index {
namespace {

using test::Details;
using test::Features;
using test::Tracks;

constexpr std::size_t kAll = 1'000'000;

Tracks tracks_through(const Details& details, std::size_t most = kAll, const TrackSettings& settings = {}) {
  return tracks_of(std::vector<std::span<const LocalFeature>>(details.begin(), details.end()), most,
                   settings);
}

/// Tracks that cover each of the details.
std::vector<std::size_t> coverage(const Tracks& tracks, std::size_t details) {
  std::vector<std::size_t> covered(details);
  for (const FeatureTrack& track : tracks) {
    for (std::size_t k = track.detail; k < track.detail + track.length; ++k) ++covered[k];
  }
  return covered;
}

TEST(FeatureTracks, FollowAFeatureWhileItIsShown) {
  const Features scene = test::made_up_features(10, 1);
  const Features another = test::made_up_features(10, 2);
  const auto tracks = tracks_through({scene, scene, test::copies_of(scene, 20), another, another});
  ASSERT_EQ(tracks.size(), 20U);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(tracks[i], (FeatureTrack{scene[i].descriptor, 0, 3})) << "as most of the details have it";
    EXPECT_EQ(tracks[10 + i], (FeatureTrack{another[i].descriptor, 3, 2}));
  }
}

TEST(FeatureTracks, GoOnOverOneDetailInWhichTheyAreMissing) {
  const Features one = test::made_up_features(1, 1);
  EXPECT_EQ(tracks_through({one, {}, one}), (Tracks{{one[0].descriptor, 0, 3}}));
  EXPECT_EQ(tracks_through({one, {}, {}, one}),
            (Tracks{{one[0].descriptor, 0, 1}, {one[0].descriptor, 3, 1}}));
}

TEST(FeatureTracks, EndWhereTheFeatureIsElsewhereOrAnother) {
  const Features one = test::made_up_features(1, 1);
  Features elsewhere = one;
  elsewhere[0].x = 5000;
  EXPECT_EQ(tracks_through({one, elsewhere}).size(), 2U);
  EXPECT_EQ(tracks_through({one, test::made_up_features(1, 2)}).size(), 2U);
}

TEST(FeatureTracks, EndWhereTheFeatureHasChangedLittleByLittle) {
  Details details{test::made_up_features(1, 1)};
  for (std::uint64_t bit = 0; bit < 200; bit += 40) {
    Features next = details.back();
    for (std::uint64_t i = bit; i < bit + 40; ++i) next[0].descriptor[i / 64] ^= std::uint64_t{1} << (i % 64);
    details.push_back(next);
  }
  const auto tracks = tracks_through(details);
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_EQ(tracks[0].length, 3);
}

TEST(FeatureTracks, TakeTheNearestOfSeveral) {
  const Features one = test::made_up_features(1, 1);
  const Features far = test::copies_of(one, 40);
  const auto tracks = tracks_through({one, {far[0], one[0]}});
  ASSERT_EQ(tracks.size(), 2U);
  EXPECT_EQ(tracks[0], (FeatureTrack{one[0].descriptor, 0, 2}));
  EXPECT_EQ(tracks[1], (FeatureTrack{far[0].descriptor, 1, 1}));
}

TEST(FeatureTracks, AreNeverLongerThanARowCanSay) {
  const Details endless(700, test::made_up_features(1, 1));
  const auto tracks = tracks_through(endless);
  ASSERT_EQ(tracks.size(), 3U);
  EXPECT_EQ(coverage(tracks, endless.size()), std::vector<std::size_t>(endless.size(), 1));
}

TEST(FeatureTracks, OfAStaticSceneAreThoseOfOnePicture) {
  const Details still(50, test::made_up_features(20, 1));
  EXPECT_EQ(tracks_through(still).size(), 20U);
}

TEST(FeatureTracks, CoverEveryDetailAboutEquallyWhenFewAreWanted) {
  Details details(30, test::made_up_features(40, 1));
  for (std::uint64_t k = 0; k < 30; ++k) details.push_back(test::made_up_features(40, 100 + k));
  const auto tracks = tracks_through(details, 310);
  EXPECT_EQ(tracks.size(), 310U);
  for (const std::size_t covered : coverage(tracks, details.size())) {
    EXPECT_GE(covered, 9U);
    EXPECT_LE(covered, 11U);
  }
}

TEST(FeatureTracks, AreNoMoreOfADetailThanIsEnough) {
  TrackSettings settings;
  settings.most_per_detail = 5;
  EXPECT_EQ(tracks_through({test::made_up_features(40, 1)}, kAll, settings).size(), 5U);
}

TEST(FeatureTracks, PreferWhatLasts) {
  const Features lasting = test::made_up_features(5, 1);
  Details details;
  for (std::uint64_t k = 0; k < 10; ++k) {
    details.push_back(test::made_up_features(20, 100 + k));
    details.back().insert(details.back().end(), lasting.begin(), lasting.end());
  }
  const auto tracks = tracks_through(details, 5);
  EXPECT_EQ(coverage(tracks, details.size()), std::vector<std::size_t>(10, 5));
}

TEST(FeatureTracks, OfAFingerprintAreSoManyASecondAtMost) {
  const Fingerprint video = test::detailed_video(1, 30);
  const auto tracks = tracks_of(video);
  EXPECT_GT(tracks.size(), 100U);
  EXPECT_LE(static_cast<double>(tracks.size()), 30 * kMostTracksPerSecond);
  EXPECT_TRUE(std::ranges::is_sorted(tracks, {}, &FeatureTrack::detail));
}

TEST(FeatureTracks, AreNoneOfNothing) {
  EXPECT_TRUE(tracks_through({}).empty());
  EXPECT_TRUE(tracks_through({{}, {}}).empty());
  EXPECT_TRUE(tracks_through({test::made_up_features(3, 1)}, 0).empty());
  EXPECT_TRUE(tracks_of(Fingerprint{}).empty());
}

}  // namespace
}  // namespace reelprint::index
