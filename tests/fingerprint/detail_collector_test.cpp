#include "fingerprint/detail_collector.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "fingerprint/local_features.h"
#include "made_pictures.h"

namespace reelprint::fingerprint {
namespace {

using test::MadePicture;

/// Blocks of random levels: corners everywhere.
MadePicture blocks(std::size_t width, std::size_t height, unsigned seed, std::size_t block = 12) {
  MadePicture picture = test::flat_picture(width, height, 0);
  std::mt19937 random(seed);
  std::vector<std::uint8_t> levels((width / block + 1) * (height / block + 1));
  for (std::uint8_t& level : levels) level = static_cast<std::uint8_t>(random());
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x)
      picture.at(x, y) = levels[y / block * (width / block + 1) + x / block];
  }
  return picture;
}

Keyframe keyframe_at(double at_s, bool starts_shot = false) {
  Keyframe keyframe;
  keyframe.span = {timestamp_of(at_s), timestamp_of(at_s)};
  keyframe.hash.quality = 100;
  keyframe.starts_shot = starts_shot;
  return keyframe;
}

Keyframe blank_at(double at_s, bool starts_shot = false) {
  Keyframe keyframe = keyframe_at(at_s, starts_shot);
  keyframe.hash.quality = 0;
  return keyframe;
}

constexpr DetailSettings kWhole{64, 320, std::chrono::milliseconds(450), 0};
constexpr DetailSettings kWithParts{64, 240, std::chrono::milliseconds(450), 3};

std::vector<std::uint32_t> positions(const std::vector<KeyframeDetail>& details) {
  std::vector<std::uint32_t> list;
  for (const KeyframeDetail& detail : details) list.push_back(detail.keyframe);
  return list;
}

/// The positions that get details, of keyframes with one picture.
std::vector<std::uint32_t> chosen(const std::vector<Keyframe>& keyframes,
                                  const DetailSettings& settings = kWhole) {
  DetailCollector collector(settings);
  const MadePicture picture = blocks(320, 320, 1);
  for (std::size_t i = 0; i < keyframes.size(); ++i) collector.add(keyframes[i], i, picture.plane());
  return positions(collector.finish(keyframes.size()));
}

using Positions = std::vector<std::uint32_t>;

TEST(Details, AreTakenOnceAStep) {
  std::vector<Keyframe> keyframes;
  for (int i = 0; i < 10; ++i) keyframes.push_back(keyframe_at(0.15 * i, i == 0));
  EXPECT_EQ(chosen(keyframes), (Positions{0, 3, 6, 9}));
}

TEST(Details, AreTakenWhereAShotStartsHoweverSoonThatIs) {
  EXPECT_EQ(chosen({keyframe_at(0, true), keyframe_at(0.1, true), keyframe_at(0.2), keyframe_at(0.3, true)}),
            (Positions{0, 1, 3}));
}

TEST(Details, OfAShotCountTheStepFromItsStart) {
  EXPECT_EQ(chosen({keyframe_at(0, true), keyframe_at(0.4, true), keyframe_at(0.5), keyframe_at(0.85)}),
            (Positions{0, 1, 3}));
}

TEST(Details, AreNoneOfBlankPictures) {
  EXPECT_EQ(chosen({blank_at(0, true), keyframe_at(0.5), blank_at(1, true), keyframe_at(1.1)}),
            (Positions{1, 3}));
}

TEST(Details, AreNoneWithoutFeatures) {
  EXPECT_TRUE(chosen({keyframe_at(0, true), keyframe_at(1)}, kNoDetail).empty());
  EXPECT_TRUE(chosen({}).empty());
}

TEST(Details, AreWhatTheWorkingPictureHas) {
  const MadePicture picture = blocks(640, 960, 3);
  DetailCollector collector(kWhole);
  collector.add(keyframe_at(0, true), 0, picture.plane());
  const auto details = collector.finish(1);
  ASSERT_EQ(details.size(), 1U);
  EXPECT_EQ(details[0].features, find_features(shrink_to(picture.plane(), 320), {}));
  EXPECT_EQ(details[0].features.size(), 64U);
}

class DetailsOfAReplacedKeyframe : public testing::TestWithParam<DetailSettings> {
 protected:
  /// The details of a second of pictures, the last of which is replaced by this keyframe.
  [[nodiscard]] std::vector<KeyframeDetail> details_with(const Keyframe& later,
                                                         std::size_t before = 2) const {
    DetailCollector collector(GetParam());
    for (std::size_t i = 0; i <= before; ++i)
      collector.add(keyframe_at(0.5 * static_cast<double>(i), i == 0), i, first_.plane());
    collector.add(later, before, second_.plane());
    return collector.finish(before + 1);
  }

  /// Of the whole picture.
  [[nodiscard]] static std::vector<LocalFeature> features_of(const MadePicture& picture) {
    return find_features(shrink_to(picture.plane(), GetParam().short_side), {});
  }
  [[nodiscard]] static bool begins_with(const std::vector<LocalFeature>& features,
                                        const std::vector<LocalFeature>& first) {
    return !first.empty() && features.size() >= first.size() &&
           std::equal(first.begin(), first.end(), features.begin());
  }

  MadePicture first_ = blocks(320, 320, 1);
  MadePicture second_ = blocks(320, 320, 2);
};

TEST_P(DetailsOfAReplacedKeyframe, AreOfThePictureThatTookItsPlace) {
  for (const bool starts_shot : {true, false}) {
    SCOPED_TRACE(starts_shot);
    const auto details = details_with(keyframe_at(1, starts_shot));
    ASSERT_EQ(positions(details), (Positions{0, 1, 2}));
    EXPECT_TRUE(begins_with(details[2].features, features_of(second_)));
  }
}

TEST_P(DetailsOfAReplacedKeyframe, AreNoneWhenABlankPictureTookItsPlace) {
  EXPECT_EQ(positions(details_with(blank_at(1, true))), (Positions{0, 1}));
}

TEST_P(DetailsOfAReplacedKeyframe, AreRightWhenItsPictureWasLookedAtAlready) {
  const auto details = details_with(keyframe_at(5.5, true), 11);  // the twelfth fills the stack
  ASSERT_EQ(details.size(), 12U);
  EXPECT_TRUE(begins_with(details[11].features, features_of(second_)));
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutParts, DetailsOfAReplacedKeyframe,
                         testing::Values(kWhole, kWithParts));

TEST(Details, OfAKeyframeThatWasDroppedAtTheEndAreDropped) {
  for (const DetailSettings& settings : {kWhole, kWithParts}) {
    DetailCollector collector(settings);
    const MadePicture picture = blocks(320, 320, 1);
    for (std::size_t i = 0; i < 3; ++i)
      collector.add(keyframe_at(static_cast<double>(i)), i, picture.plane());
    EXPECT_EQ(positions(collector.finish(2)), (Positions{0, 1}));
  }
}

/// Moving blocks in a part of a flat picture.
MadePicture framed(std::size_t width, std::size_t height, const PictureBox& box, unsigned second) {
  MadePicture picture = test::flat_picture(width, height, 16);
  const auto at = [](float share, std::size_t of) {
    return static_cast<std::size_t>(share * static_cast<float>(of) + 0.5F);
  };
  const std::size_t left = at(box.left, width);
  const std::size_t top = at(box.top, height);
  const std::size_t right = at(box.right, width);
  const std::size_t bottom = at(box.bottom, height);
  const MadePicture inner = blocks(right - left, bottom - top, 40 + second, 20);
  for (std::size_t y = top; y < bottom; ++y) {
    for (std::size_t x = left; x < right; ++x) picture.at(x, y) = inner.at(x - left, y - top);
  }
  return picture;
}

TEST(Details, OfAPartLieWithinItInPlacesOfTheWhole) {
  const PictureBox box{0.25F, 0.2F, 0.75F, 0.6F};
  DetailCollector collector(kWithParts);
  for (unsigned second = 0; second < 12; ++second) {
    collector.add(keyframe_at(second, second == 0), second, framed(720, 960, box, second).plane());
  }
  const auto details = collector.finish(12);
  ASSERT_EQ(details.size(), 12U);
  for (unsigned second = 0; second < 12; ++second) {
    const auto& features = details[second].features;
    DetailCollector of_whole({64, 240, std::chrono::milliseconds(450), 0});
    of_whole.add(keyframe_at(0, true), 0, framed(720, 960, box, second).plane());
    const std::size_t whole = of_whole.finish(1).at(0).features.size();
    ASSERT_GT(features.size(), whole) << "the part was found";
    const auto of_parts = std::span(features).subspan(whole);
    for (const LocalFeature& feature : of_parts) {
      EXPECT_GE(feature.x / 65535.0, box.left - 0.01);
      EXPECT_LE(feature.x / 65535.0, box.right + 0.01);
      EXPECT_GE(feature.y / 65535.0, box.top - 0.01);
      EXPECT_LE(feature.y / 65535.0, box.bottom + 0.01);
    }
    // They are spread over the part, not over a corner of it.
    const auto [least, most] = std::ranges::minmax(of_parts, {}, &LocalFeature::x);
    EXPECT_GT((most.x - least.x) / 65535.0, 0.3);
  }
}

TEST(Details, OfTooFewPicturesToKnowTheirLayoutAreThoseOfTheWholeAtLeast) {
  DetailCollector collector(kWithParts);
  const MadePicture picture = blocks(320, 320, 1);
  collector.add(keyframe_at(0, true), 0, picture.plane());
  const auto details = collector.finish(1);
  ASSERT_EQ(details.size(), 1U);
  EXPECT_GE(details[0].features.size(), 30U);
}

TEST(Details, OfTinyAndElongatedPicturesAreFewOrNone) {
  using Size = std::pair<std::size_t, std::size_t>;
  for (const auto& [width, height] : {Size{1, 1}, Size{1, 500}, Size{16, 16}, Size{35, 35}, Size{8000, 2},
                                      Size{40, 4000}, Size{4000, 40}}) {
    SCOPED_TRACE(testing::Message() << width << "×" << height);
    for (const DetailSettings& settings : {kReferenceDetail, kQueryDetail, kDeepDetail}) {
      DetailCollector collector(settings);
      for (unsigned second = 0; second < 14; ++second) {
        collector.add(keyframe_at(second, second == 0), second, blocks(width, height, second, 5).plane());
      }
      const auto details = collector.finish(14);
      ASSERT_EQ(details.size(), 14U);
      const std::size_t most = settings.features * (1 + settings.parts);
      for (const KeyframeDetail& detail : details) {
        EXPECT_LE(detail.features.size(), std::min(width, height) < 35 ? 0 : most);
      }
    }
  }
}

TEST(Details, OfPicturesWhoseSizeChangesStayWithinTheirPicture) {
  DetailCollector collector(kWithParts);
  for (unsigned second = 0; second < 14; ++second) {
    const bool is_wide = second % 2 == 0;
    collector.add(keyframe_at(second, second == 0), second,
                  framed(is_wide ? 640 : 90, is_wide ? 360 : 500, {0.2F, 0.2F, 0.8F, 0.8F}, second).plane());
  }
  EXPECT_EQ(collector.finish(14).size(), 14U);
}

TEST(Details, AreTheSameEveryTime) {
  const auto collected = [] {
    DetailCollector collector(kWithParts);
    for (unsigned second = 0; second < 20; ++second) {
      collector.add(keyframe_at(second, second == 0), second,
                    framed(360, 480, {0.2F, 0.2F, 0.8F, 0.8F}, second).plane());
    }
    return collector.finish(20);
  };
  EXPECT_EQ(collected(), collected());
}

}  // namespace
}  // namespace reelprint::fingerprint
