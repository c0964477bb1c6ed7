#include "fingerprint/local_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <set>

#include "fingerprint/corner_spread.h"

namespace reelprint::fingerprint {
namespace {

/// Rectangles and ellipses of all sizes and greys: a scene with corners everywhere.
LumaPicture scene(std::size_t width, std::size_t height, unsigned seed) {
  std::mt19937 random(seed);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const int w = 2 * static_cast<int>(width);
  const int h = 2 * static_cast<int>(height);
  LumaPicture fine{2 * width, 2 * height, std::vector<std::uint8_t>(4 * width * height, 128)};
  for (int i = 0; i < 500; ++i) {
    const int x0 = below(w);
    const int y0 = below(h);
    const int a = 4 + below(60);
    const int b = 4 + below(60);
    const bool is_round = below(2) == 0;
    const auto grey = static_cast<std::uint8_t>(below(256));
    for (int y = std::max(0, y0 - b); y < std::min(h, y0 + b); ++y) {
      for (int x = std::max(0, x0 - a); x < std::min(w, x0 + a); ++x) {
        const double u = (x - x0) / static_cast<double>(a);
        const double v = (y - y0) / static_cast<double>(b);
        if (!is_round || u * u + v * v < 1) fine.luma[static_cast<std::size_t>(y * w + x)] = grey;
      }
    }
  }
  return resample(fine.plane(), width, height);
}

LumaPicture flipped(const LumaPicture& picture) {
  LumaPicture out = picture;
  for (std::size_t y = 0; y < picture.height; ++y) {
    const auto row = out.luma.begin() + static_cast<std::ptrdiff_t>(y * picture.width);
    std::reverse(row, row + static_cast<std::ptrdiff_t>(picture.width));
  }
  return out;
}

/// Turned clockwise about its centre, what is outside grey.
LumaPicture turned(const LumaPicture& picture, double degrees) {
  LumaPicture out = picture;
  const double c = std::cos(degrees * std::numbers::pi / 180);
  const double s = std::sin(degrees * std::numbers::pi / 180);
  const double cx = static_cast<double>(picture.width - 1) / 2;
  const double cy = static_cast<double>(picture.height - 1) / 2;
  for (std::size_t i = 0; i < out.luma.size(); ++i) {
    const double u = static_cast<double>(i % picture.width) - cx;
    const double v = static_cast<double>(i / picture.width) - cy;
    const double x = cx + c * u + s * v;
    const double y = cy - s * u + c * v;
    out.luma[i] = 128;
    if (x < 0 || y < 0 || x >= 2 * cx || y >= 2 * cy) continue;
    const auto at = static_cast<std::size_t>(y) * picture.width + static_cast<std::size_t>(x);
    const double fx = x - std::floor(x);
    const double fy = y - std::floor(y);
    const auto& p = picture.luma;
    out.luma[i] = static_cast<std::uint8_t>(
        std::lround((1 - fy) * ((1 - fx) * p[at] + fx * p[at + 1]) +
                    fy * ((1 - fx) * p[at + picture.width] + fx * p[at + picture.width + 1])));
  }
  return out;
}

LumaPicture cropped(const LumaPicture& picture, std::size_t left, std::size_t top, std::size_t width,
                    std::size_t height) {
  LumaPlane plane = picture.plane();
  plane.samples += top * picture.width + left;
  plane.width = width;
  plane.height = height;
  return resample(plane, width, height);
}

std::vector<LocalFeature> features_of(const LumaPicture& picture, std::size_t most) {
  FeatureSettings settings;
  settings.most = most;
  return find_features(picture, settings);
}

/// How many of `expected` have a feature of `found` within `radius` bits and `reach` (of 65536) of their
/// place.
template <typename Place>
std::size_t count_found(const std::vector<LocalFeature>& expected, const std::vector<LocalFeature>& found,
                        int radius, double reach, const Place& place) {
  return static_cast<std::size_t>(
      std::count_if(expected.begin(), expected.end(), [&](const LocalFeature& feature) {
        const auto [x, y] = place(feature);
        return std::any_of(found.begin(), found.end(), [&, x = x, y = y](const LocalFeature& other) {
          return hamming_distance(feature, other) <= radius && std::hypot(other.x - x, other.y - y) <= reach;
        });
      }));
}

TEST(LocalFeatures, AreThemselvesWhenMirroredTwice) {
  for (const LocalFeature& feature : features_of(scene(320, 240, 1), 300)) {
    EXPECT_EQ(mirrored(mirrored(feature)), feature);
    EXPECT_GT(hamming_distance(mirrored(feature), feature), 0);
  }
}

// Sizes with odd and even widths on several levels. All but at most 1 in 100 are there bit for bit: the
// levels of a pyramid are sums of floats, which in another order may round to another luma.
TEST(LocalFeatures, OfAFlippedPictureAreTheMirroredFeatures) {
  for (const auto& [width, height] :
       {std::pair(320, 240), std::pair(333, 201), std::pair(214, 480), std::pair(481, 270)}) {
    const LumaPicture picture = scene(static_cast<std::size_t>(width), static_cast<std::size_t>(height), 7);
    const auto in_flipped = features_of(flipped(picture), 150);
    std::size_t exact = 0;
    for (const LocalFeature& feature : features_of(picture, 150)) {
      const LocalFeature wanted = mirrored(feature);
      exact += static_cast<std::size_t>(
          std::any_of(in_flipped.begin(), in_flipped.end(), [&](const LocalFeature& is) {
            return is.descriptor == wanted.descriptor && is.angle == wanted.angle &&
                   is.scale == wanted.scale && is.y == wanted.y && std::abs(is.x - wanted.x) <= 1;
          }));
    }
    EXPECT_EQ(in_flipped.size(), 150U);
    EXPECT_GE(exact, 145U) << width << "x" << height;
  }
}

TEST(LocalFeatures, AreTheSameEveryTimeAndAPrefixOfALongerList) {
  const LumaPicture picture = scene(320, 568, 2);
  const auto all = features_of(picture, 150);
  EXPECT_EQ(features_of(picture, 150), all);
  const auto few = features_of(picture, 64);
  ASSERT_EQ(few.size(), 64U);
  EXPECT_TRUE(std::equal(few.begin(), few.end(), all.begin()));
}

TEST(LocalFeatures, AreNeverMoreThanAskedFor) {
  const LumaPicture picture = scene(320, 240, 3);
  for (const std::size_t most : {0, 1, 64, 150, 1000000}) EXPECT_LE(features_of(picture, most).size(), most);
}

TEST(LocalFeatures, AreNoneInABlankPicture) {
  for (const int level : {0, 128, 255}) {
    EXPECT_TRUE(
        features_of({320, 568, std::vector<std::uint8_t>(320 * 568, static_cast<std::uint8_t>(level))}, 64)
            .empty());
  }
  EXPECT_TRUE(features_of({}, 64).empty());
}

TEST(LocalFeatures, AreNoneInAPictureTooSmallForADescriptor) {
  for (std::size_t side = 1; side < 35; ++side) {
    EXPECT_TRUE(features_of(scene(side, 200, 4), 64).empty()) << side;
    EXPECT_TRUE(features_of(scene(200, side, 4), 64).empty()) << side;
  }
  for (std::size_t side = 35; side < 80; ++side) EXPECT_LE(features_of(scene(side, side, 4), 64).size(), 64U);
}

TEST(LocalFeatures, OfHugeThinPicturesAreFewOrNone) {
  for (const auto& [width, height] : {std::pair(30000, 20), std::pair(20, 30000), std::pair(12000, 400)}) {
    const auto w = static_cast<std::size_t>(width);
    const auto h = static_cast<std::size_t>(height);
    EXPECT_LE(features_of(shrink_to(scene(w, h, 4).plane(), 320), 64).size(), 64U);
    EXPECT_LE(features_of(scene(w, h, 4), 64).size(), 64U);
  }
}

// White text on black has the strongest corners there are: without the spread it takes all 64.
TEST(LocalFeatures, StaySpreadBesideABlockOfText) {
  LumaPicture picture = scene(320, 480, 5);
  std::mt19937 random(5);
  for (std::size_t y = 400; y < 460; y += 3) {
    for (std::size_t x = 24; x < 296; x += 3) {
      const std::uint8_t ink = random() % 2 == 0 ? std::uint8_t{0} : std::uint8_t{255};
      for (std::size_t i = 0; i < 9; ++i) picture.luma[(y + i / 3) * 320 + x + i % 3] = ink;
    }
  }
  const auto features = features_of(picture, 64);
  ASSERT_EQ(features.size(), 64U);
  const auto in_text = std::count_if(features.begin(), features.end(), [](const LocalFeature& f) {
    return f.y >= 400 * 65536 / 480 && f.y < 460 * 65536 / 480;
  });
  EXPECT_LE(in_text, 24);
  std::set<int> cells;
  for (const LocalFeature& feature : features)
    cells.insert(feature.y * 6 / 65536 * 6 + feature.x * 6 / 65536);
  EXPECT_GE(cells.size(), 30U);
}

TEST(LocalFeatures, AreFoundInADarkPictureToo) {
  LumaPicture dark = scene(320, 240, 6);
  for (std::uint8_t& luma : dark.luma) luma = static_cast<std::uint8_t>(luma / 6);
  EXPECT_EQ(features_of(dark, 64).size(), 64U);
}

TEST(LocalFeatures, SurviveTurns) {
  const LumaPicture picture = scene(320, 320, 8);
  const auto features = features_of(picture, 64);
  for (const auto& [degrees, least] :
       {std::pair(2.0, 40), std::pair(10.0, 24), std::pair(90.0, 40), std::pair(180.0, 40)}) {
    const double c = std::cos(degrees * std::numbers::pi / 180);
    const double s = std::sin(degrees * std::numbers::pi / 180);
    const auto found = count_found(features, features_of(turned(picture, degrees), 150), 56, 3 * 65536 / 320,
                                   [&](const LocalFeature& f) {
                                     const double u = f.x - 32768.0;
                                     const double v = f.y - 32768.0;
                                     return std::pair(32768 + c * u - s * v, 32768 + s * u + c * v);
                                   });
    EXPECT_GE(found, static_cast<std::size_t>(least)) << degrees << " degrees";
  }
}

// What was cut off is lost, and what now lies within 17 pixels of the border.
TEST(LocalFeatures, SurviveACrop) {
  const LumaPicture picture = scene(320, 480, 9);
  const auto found = count_found(
      features_of(picture, 64), features_of(cropped(picture, 40, 60, 240, 360), 150), 56, 2 * 65536 / 240,
      [](const LocalFeature& f) {
        return std::pair((f.x / 65536.0 * 320 - 40) / 240 * 65536, (f.y / 65536.0 * 480 - 60) / 360 * 65536);
      });
  EXPECT_GE(found, 15U);
}

TEST(LocalFeatures, OfOtherPicturesAreFar) {
  const auto features = features_of(scene(320, 480, 10), 64);
  const auto others = features_of(scene(320, 480, 11), 64);
  const auto close =
      count_found(features, others, 40, 1e9, [](const LocalFeature&) { return std::pair(0.0, 0.0); });
  EXPECT_LE(close, 3U);
}

TEST(CornerSpread, GivesEqualCellsEqualSharesAndTheirStrongest) {
  std::vector<Corner> corners;
  for (std::uint16_t i = 0; i < 400; ++i) {
    corners.push_back({static_cast<std::uint16_t>(i % 4 * 16384),
                       static_cast<std::uint16_t>(i / 4 % 4 * 16384), 0, i, 0,
                       static_cast<float>(40 + i / 16)});
  }
  std::vector<int> shares(16, 0);
  for (const Corner& corner : spread(corners, 4, 48)) {
    ++shares[static_cast<std::size_t>(corner.y / 16384 * 4 + corner.x / 16384)];
    EXPECT_GE(corner.strength, 61);
  }
  EXPECT_EQ(shares, std::vector<int>(16, 3));
}

TEST(CornerSpread, GivesWhatPoorCellsLeaveToTheOthers) {
  std::vector<Corner> corners = {{60000, 60000, 0, 0, 0, 20}};
  for (std::uint16_t i = 0; i < 50; ++i) corners.push_back({i, 0, 0, i, 0, 90});
  EXPECT_EQ(spread(corners, 2, 10).size(), 10U);
  EXPECT_EQ(spread(corners, 2, 51).size(), 51U);
  EXPECT_EQ(spread(corners, 2, 100).size(), 51U);
}

TEST(CornerSpread, DoesNotDependOnTheOrderGiven) {
  std::vector<Corner> corners;
  std::mt19937 random(1);
  for (std::uint32_t i = 0; i < 500; ++i) {
    corners.push_back({static_cast<std::uint16_t>(random()), static_cast<std::uint16_t>(random()), 0, i, 0,
                       static_cast<float>(random() % 8)});
  }
  const auto chosen = spread(corners, 6, 64);
  std::shuffle(corners.begin(), corners.end(), random);
  EXPECT_EQ(spread(corners, 6, 64), chosen);
}

}  // namespace
}  // namespace reelprint::fingerprint
