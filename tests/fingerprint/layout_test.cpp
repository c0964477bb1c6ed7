#include "fingerprint/layout.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <ostream>
#include <vector>

namespace reelprint::fingerprint {

void PrintTo(const PictureBox& box, std::ostream* out) {
  *out << "(" << box.left << ", " << box.top << ", " << box.right << ", " << box.bottom << ")";
}

namespace {

constexpr std::size_t kPictures = 10;
constexpr PictureBox kWhole{};

/// A picture as a function of time: `second` 0, 1, ...
using Scene = std::function<LumaPicture(std::size_t second, std::size_t width, std::size_t height)>;

std::uint32_t mixed(std::uint32_t value) {
  value = (value ^ (value >> 16)) * 0x45d9f3bU;
  value = (value ^ (value >> 16)) * 0x45d9f3bU;
  return value ^ (value >> 16);
}

/// Leaves: soft spots of random size, place and level over one another, each blown its own way.
Scene leaves(std::uint32_t seed) {
  return [seed](std::size_t second, std::size_t width, std::size_t height) {
    LumaPicture picture{width, height, std::vector<std::uint8_t>(width * height)};
    for (std::size_t y = 0; y < height; ++y) {
      for (std::size_t x = 0; x < width; ++x) {
        picture.luma[y * width + x] = static_cast<std::uint8_t>(60 + (x * 80 + seed * 37) / width % 160);
      }
    }
    const auto w = static_cast<int>(width);
    const auto h = static_cast<int>(height);
    for (std::uint32_t leaf = 0; leaf < 90; ++leaf) {
      const std::uint32_t random = mixed(seed * 1000 + leaf);
      const int radius = 5 + static_cast<int>(random % 24);
      const int blown = static_cast<int>(second) * (4 + static_cast<int>(random / 32 % 16));
      const int x0 = (static_cast<int>(mixed(random) % 4096) + blown) % w;
      const int y0 = (static_cast<int>(mixed(random + 1) % 4096) + blown / 2) % h;
      const int level = static_cast<int>(mixed(random + 2) % 256);
      for (int y = std::max(0, y0 - radius); y < std::min(h, y0 + radius); ++y) {
        for (int x = std::max(0, x0 - radius); x < std::min(w, x0 + radius); ++x) {
          const int off = (x - x0) * (x - x0) + (y - y0) * (y - y0);
          const int share = std::max(0, 256 - 256 * off / (radius * radius));
          auto& luma = picture.luma[static_cast<std::size_t>(y * w + x)];
          luma = static_cast<std::uint8_t>((luma * (256 - share) + level * share) / 256);
        }
      }
    }
    return picture;
  };
}

Scene flat(std::uint8_t level) {
  return [level](std::size_t, std::size_t width, std::size_t height) {
    return LumaPicture{width, height, std::vector<std::uint8_t>(width * height, level)};
  };
}

Scene stopped(const Scene& scene) {
  return [scene](std::size_t, std::size_t width, std::size_t height) { return scene(0, width, height); };
}

/// A sixteenth of the size and back: what a blurred enlargement looks like.
Scene blurred(const Scene& scene) {
  return [scene](std::size_t second, std::size_t width, std::size_t height) {
    const LumaPicture small = resample(scene(second, width, height).plane(), width / 16, height / 16);
    LumaPicture picture{width, height, std::vector<std::uint8_t>(width * height)};
    const auto at = [&](std::size_t x, std::size_t y) {
      return small.luma[std::min(y, small.height - 1) * small.width + std::min(x, small.width - 1)];
    };
    for (std::size_t y = 0; y < height; ++y) {
      for (std::size_t x = 0; x < width; ++x) {
        const std::size_t u = x % 16, v = y % 16;
        const std::size_t above = at(x / 16, y / 16) * (16 - u) + at(x / 16 + 1, y / 16) * u;
        const std::size_t below = at(x / 16, y / 16 + 1) * (16 - u) + at(x / 16 + 1, y / 16 + 1) * u;
        picture.luma[y * width + x] = static_cast<std::uint8_t>((above * (16 - v) + below * v) / 256);
      }
    }
    return picture;
  };
}

/// Stripes and lines around the picture's edge, as decorative frames have them.
Scene frame() {
  return [](std::size_t, std::size_t width, std::size_t height) {
    LumaPicture picture{width, height, std::vector<std::uint8_t>(width * height, 60)};
    for (std::size_t y = 0; y < height; ++y) {
      for (std::size_t x = 0; x < width; ++x) {
        const std::size_t edge = std::min({x, y, width - 1 - x, height - 1 - y});
        if (edge % 12 < 3) picture.luma[y * width + x] = 190;
      }
    }
    return picture;
  };
}

/// `inner` in the part `box` of `outer`.
Scene laid(const Scene& outer, const PictureBox& box, const Scene& inner) {
  return [=](std::size_t second, std::size_t width, std::size_t height) {
    LumaPicture picture = outer(second, width, height);
    const auto at = [](float share, std::size_t of) {
      return static_cast<std::size_t>(share * static_cast<float>(of) + 0.5F);
    };
    const std::size_t left = at(box.left, width), top = at(box.top, height);
    const LumaPicture part = inner(second, at(box.right, width) - left, at(box.bottom, height) - top);
    for (std::size_t y = 0; y < part.height; ++y) {
      std::copy_n(part.luma.begin() + static_cast<std::ptrdiff_t>(y * part.width), part.width,
                  picture.luma.begin() + static_cast<std::ptrdiff_t>((top + y) * width + left));
    }
    return picture;
  };
}

/// Two lines of letter-like blocks near the bottom, others every three seconds.
Scene with_subtitles(const Scene& scene) {
  return [scene](std::size_t second, std::size_t width, std::size_t height) {
    LumaPicture picture = scene(second, width, height);
    for (std::size_t y = height * 80 / 100; y < height * 88 / 100; ++y) {
      for (std::size_t x = width / 5; x < width * 4 / 5; ++x) {
        const bool is_between = y * 100 / height % 4 == 3;
        const auto cell = static_cast<std::uint32_t>(x / 4 + 1000 * (second / 3));
        if (!is_between && mixed(cell) % 3 == 0) picture.luma[y * width + x] = 255;
      }
    }
    return picture;
  };
}

std::vector<PictureBox> boxes_of(const Scene& scene, std::size_t width, std::size_t height,
                                 std::size_t pictures = kPictures, std::size_t most = 4) {
  LayoutFinder finder;
  for (std::size_t second = 0; second < pictures; ++second) finder.add(scene(second, width, height));
  return finder.find(most);
}

/// Where in the list a box is that is off by at most 2 % of the picture on each side; its size for nowhere.
std::size_t rank_of(const PictureBox& wanted, const std::vector<PictureBox>& boxes) {
  const auto is_near = [&](const PictureBox& box) {
    return std::max({std::abs(box.left - wanted.left), std::abs(box.top - wanted.top),
                     std::abs(box.right - wanted.right), std::abs(box.bottom - wanted.bottom)}) <= 0.02F;
  };
  return static_cast<std::size_t>(std::find_if(boxes.begin(), boxes.end(), is_near) - boxes.begin());
}

/// Expects `box` among the first `first` boxes found in `scene`.
void expect_found(const Scene& scene, const PictureBox& box, std::size_t first, bool is_portrait = false) {
  const auto boxes = is_portrait ? boxes_of(scene, 270, 480) : boxes_of(scene, 480, 270);
  EXPECT_LT(rank_of(box, boxes), std::min(first, boxes.size())) << testing::PrintToString(boxes);
}

TEST(LayoutFinder, FindsThePictureBetweenBlackBarsAboveAndBelow) {
  const PictureBox box{0, 0.13F, 1, 0.87F};
  expect_found(laid(flat(0), box, leaves(1)), box, 1, true);
}

TEST(LayoutFinder, FindsThePictureBetweenBlackBarsAtTheSides) {
  const PictureBox box{0.34F, 0, 0.66F, 1};
  expect_found(laid(flat(0), box, leaves(2)), box, 1);
}

TEST(LayoutFinder, FindsThePictureBetweenColouredBars) {
  const PictureBox box{0, 0.2F, 1, 0.8F};
  expect_found(laid(flat(110), box, leaves(3)), box, 1, true);
}

TEST(LayoutFinder, FindsThePictureOverItsBlurredEnlargement) {
  const PictureBox landscape{0, 0.34F, 1, 0.66F};
  expect_found(laid(blurred(leaves(4)), landscape, leaves(4)), landscape, 2, true);
  const PictureBox portrait{0.34F, 0, 0.66F, 1};
  expect_found(laid(blurred(leaves(5)), portrait, leaves(5)), portrait, 2);
}

TEST(LayoutFinder, FindsThePictureInADecorativeFrame) {
  const PictureBox box{0.11F, 0.11F, 0.89F, 0.89F};
  expect_found(laid(frame(), box, leaves(6)), box, 2);
}

TEST(LayoutFinder, FindsBothPicturesSideBySide) {
  const PictureBox left{0, 0, 0.5F, 1};
  const PictureBox right{0.5F, 0, 1, 1};
  const Scene scene = laid(leaves(7), right, leaves(8));
  expect_found(scene, left, 2);
  expect_found(scene, right, 2);
}

TEST(LayoutFinder, FindsBothPicturesAboveOneAnother) {
  const PictureBox upper{0, 0, 1, 0.5F};
  const PictureBox lower{0, 0.5F, 1, 1};
  const Scene scene = laid(leaves(9), lower, leaves(10));
  expect_found(scene, upper, 2, true);
  expect_found(scene, lower, 2, true);
}

TEST(LayoutFinder, FindsEachOfThreePicturesAboveOneAnother) {
  const PictureBox upper{0, 0, 1, 0.333F};
  const PictureBox middle{0, 0.333F, 1, 0.667F};
  const PictureBox lower{0, 0.667F, 1, 1};
  const Scene scene = laid(laid(leaves(11), middle, leaves(12)), lower, leaves(13));
  for (const PictureBox& box : {upper, middle, lower}) expect_found(scene, box, 4, true);
}

TEST(LayoutFinder, FindsInsetsOfManySizesOverAnotherVideo) {
  for (const float size : {0.25F, 0.3F, 0.4F, 0.5F, 0.6F}) {
    const PictureBox box{0.96F - size, 0.05F, 0.96F, 0.05F + size};
    expect_found(laid(leaves(14), box, leaves(15)), box, 2);
  }
}

TEST(LayoutFinder, FindsAnInsetWithALineAroundIt) {
  const PictureBox box{0.05F, 0.55F, 0.45F, 0.95F};
  const PictureBox line{0.045F, 0.54F, 0.455F, 0.96F};
  expect_found(laid(laid(leaves(16), line, flat(235)), box, leaves(17)), box, 2);
}

TEST(LayoutFinder, FindsAnInsetUnderSubtitles) {
  const PictureBox box{0.46F, 0.46F, 0.96F, 0.96F};
  expect_found(with_subtitles(laid(leaves(18), box, leaves(19))), box, 4);
}

TEST(LayoutFinder, FindsNothingInAPlainMovingPicture) {
  for (std::uint32_t seed = 20; seed < 24; ++seed) {
    EXPECT_TRUE(boxes_of(leaves(seed), 480, 270).empty());
    EXPECT_TRUE(boxes_of(leaves(seed), 270, 480).empty());
  }
}

TEST(LayoutFinder, FindsNothingInAStillPicture) {
  EXPECT_TRUE(boxes_of(stopped(leaves(24)), 480, 270).empty());
  EXPECT_TRUE(boxes_of(flat(80), 480, 270).empty());
}

TEST(LayoutFinder, FindsWhatFlatBarsEncloseInOnePicture) {
  const PictureBox box{0, 0.2F, 1, 0.8F};
  const auto boxes = boxes_of(laid(flat(0), box, leaves(25)), 270, 480, 1);
  EXPECT_LT(rank_of(box, boxes), boxes.size()) << testing::PrintToString(boxes);
  EXPECT_TRUE(boxes_of(leaves(25), 270, 480, 1).empty());
}

TEST(LayoutFinder, FindsNothingInNothing) {
  LayoutFinder finder;
  EXPECT_TRUE(finder.find(4).empty());
  finder.add({});
  EXPECT_TRUE(finder.find(4).empty());
}

TEST(LayoutFinder, FindsNothingInTinyPictures) {
  for (const std::size_t side : {1, 2, 16, 31}) EXPECT_TRUE(boxes_of(leaves(26), side, side).empty()) << side;
  EXPECT_TRUE(boxes_of(leaves(26), 1, 480).empty());
}

TEST(LayoutFinder, TakesPicturesOfManySizes) {
  for (const std::size_t side : {32, 33, 64, 240, 241}) {
    for (const std::size_t other : {32, 100, 500, 2000}) {
      for (const PictureBox& box : boxes_of(leaves(27), side, other, 2)) {
        EXPECT_TRUE(0 <= box.left && box.left < box.right && box.right <= 1);
        EXPECT_TRUE(0 <= box.top && box.top < box.bottom && box.bottom <= 1);
      }
    }
  }
}

/// Squares of ever new levels, five pixels to a side: borders everywhere, also close to the picture's own.
LumaPicture squares(std::size_t second, std::size_t width, std::size_t height) {
  LumaPicture picture{width, height, std::vector<std::uint8_t>(width * height)};
  for (std::size_t i = 0; i < picture.luma.size(); ++i) {
    const auto square = static_cast<std::uint32_t>(i / width / 5 * 1000 + i % width / 5 + second * 1000000);
    picture.luma[i] = static_cast<std::uint8_t>(mixed(square));
  }
  return picture;
}

TEST(LayoutFinder, LooksAtNothingOutsideAPictureOfFewPixels) {
  for (std::size_t side = 32; side < 60; ++side) {
    for (const std::size_t other : {side, std::size_t{97}}) {
      for (const PictureBox& box : boxes_of(squares, side, other)) {
        EXPECT_GE((box.right - box.left) * static_cast<float>(side), 5.9F);
        EXPECT_GE((box.bottom - box.top) * static_cast<float>(other), 5.9F);
      }
      static_cast<void>(boxes_of(squares, other, side));
    }
  }
}

TEST(LayoutFinder, StretchesAPictureOfAnotherSize) {
  const PictureBox box{0, 0.2F, 1, 0.8F};
  const Scene scene = laid(flat(0), box, leaves(28));
  LayoutFinder finder;
  for (std::size_t second = 0; second < kPictures; ++second) {
    finder.add(second % 2 == 0 ? scene(second, 270, 480) : scene(second, 180, 320));
  }
  EXPECT_EQ(rank_of(box, finder.find(4)), 0U);
}

TEST(LayoutFinder, GivesTheFirstOfTheSameListWhenAskedForFewer) {
  const Scene scene = laid(leaves(29), {0.5F, 0, 1, 1}, leaves(30));
  const auto four = boxes_of(scene, 480, 270, kPictures, 4);
  ASSERT_GE(four.size(), 2U);
  EXPECT_TRUE(boxes_of(scene, 480, 270, kPictures, 0).empty());
  for (std::size_t most = 1; most < four.size(); ++most) {
    const auto fewer = boxes_of(scene, 480, 270, kPictures, most);
    EXPECT_TRUE(std::equal(fewer.begin(), fewer.end(), four.begin(),
                           four.begin() + static_cast<std::ptrdiff_t>(most)));
  }
}

TEST(LayoutFinder, NeverGivesTheWholePictureAndAlwaysTheSame) {
  const Scene scene = laid(leaves(31), {0.1F, 0.1F, 0.5F, 0.5F}, leaves(32));
  const auto boxes = boxes_of(scene, 480, 270);
  EXPECT_EQ(std::count(boxes.begin(), boxes.end(), kWhole), 0);
  EXPECT_EQ(boxes, boxes_of(scene, 480, 270));
}

}  // namespace
}  // namespace reelprint::fingerprint
