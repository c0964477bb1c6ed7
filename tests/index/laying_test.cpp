#include "index/laying.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>

namespace reelprint::index {
namespace {

/// A picture's luma at a place in fractions of its width and height.
using Scene = std::function<double(double x, double y)>;

/// Slow waves: what lies between two cells is what lies between their levels.
double waves(double x, double y) {
  return 128 + 60 * std::sin(5 * x + 1) * std::cos(4 * y) + 30 * std::sin(7 * y + 2 * x);
}

/// The scene as the mean of each cell.
Thumbnail thumbnail_of(const Scene& scene) {
  constexpr int kFine = 8;
  Thumbnail picture{};
  for (std::size_t i = 0; i < picture.size(); ++i) {
    double sum = 0;
    for (int k = 0; k < kFine * kFine; ++k) {
      const double x = (static_cast<double>(i % kThumbnailSize) + (k % kFine + 0.5) / kFine) / kThumbnailSize;
      const double y = (static_cast<double>(i / kThumbnailSize) + (k / kFine + 0.5) / kFine) / kThumbnailSize;
      sum += scene(x, y);
    }
    picture[i] = static_cast<std::uint8_t>(std::lround(std::clamp(sum / (kFine * kFine), 0.0, 255.0)));
  }
  return picture;
}

Thumbnail flipped(const Thumbnail& picture) {
  Thumbnail mirror{};
  for (std::size_t i = 0; i < picture.size(); ++i) {
    mirror[i] = picture[i / kThumbnailSize * kThumbnailSize + kThumbnailSize - 1 - i % kThumbnailSize];
  }
  return mirror;
}

std::size_t count_valid(const GridLuma& grid) {
  return static_cast<std::size_t>(std::ranges::count(grid.is_valid, true));
}

/// The largest difference where both are valid.
double most_apart(const GridLuma& a, const GridLuma& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.luma.size(); ++i) {
    if (a.is_valid[i] && b.is_valid[i])
      most = std::max(most, std::abs(static_cast<double>(a.luma[i] - b.luma[i])));
  }
  return most;
}

double most_apart(const Laying& laying, const Thumbnail& query, const Thumbnail& reference) {
  const CommonGrid grid(laying);
  return most_apart(grid.of_query(query), grid.of_reference(reference));
}

const Thumbnail kWaves = thumbnail_of(waves);
constexpr std::size_t kCells = kThumbnailSize * kThumbnailSize;

TEST(CommonGrid, TakesWholePicturesAsTheyAreByDefault) {
  const CommonGrid grid(Laying{});
  const GridLuma query = grid.of_query(kWaves);
  const GridLuma reference = grid.of_reference(kWaves);
  EXPECT_EQ(count_valid(query), kCells);
  EXPECT_EQ(count_valid(reference), kCells);
  EXPECT_LT(most_apart(query, reference), 0.01);
}

TEST(CommonGrid, FlipsAMirroredQuery) {
  const Laying mirrored{{}, {1, 1}, {1, 1}, true};
  EXPECT_LT(most_apart(mirrored, flipped(kWaves), kWaves), 0.01);
  EXPECT_GT(most_apart(mirrored, kWaves, kWaves), 20);
}

/// A query that shows the reference's middle, 60 % of either side.
const Laying kCrop{{0.6, 0, 0.2, 0.2}, {1, 1}, {1, 1}, false};
const Scene kCropped = [](double x, double y) { return waves(0.2 + 0.6 * x, 0.2 + 0.6 * y); };

TEST(CommonGrid, LaysACropOnWhatItShows) {
  EXPECT_LT(most_apart(kCrop, thumbnail_of(kCropped), kWaves), 4);
  EXPECT_GT(most_apart(Laying{}, thumbnail_of(kCropped), kWaves), 20);
}

TEST(CommonGrid, HasNoCellsWhereTheQueryShowsNothing) {
  const CommonGrid grid(kCrop);
  const GridLuma query = grid.of_query(thumbnail_of(kCropped));
  EXPECT_EQ(count_valid(grid.of_reference(kWaves)), kCells) << "the reference's cells are the coarser";
  for (std::size_t i = 0; i < kCells; ++i) {
    const auto inside = [](std::size_t cell) {
      return 0.2 * kThumbnailSize <= static_cast<double>(cell) &&
             static_cast<double>(cell + 1) <= 0.8 * kThumbnailSize;
    };
    EXPECT_EQ(query.is_valid[i], inside(i % kThumbnailSize) && inside(i / kThumbnailSize)) << i;
  }
}

/// A query in which the reference's whole picture is an inset of half its size at (0.3, 0.1).
const Laying kInset{{2, 0, -0.6, -0.2}, {1, 1}, {1, 1}, false};

double with_inset(double x, double y) {
  const double u = 2 * x - 0.6;
  const double v = 2 * y - 0.2;
  return u >= 0 && u < 1 && v >= 0 && v < 1 ? waves(u, v) : 250;
}

TEST(CommonGrid, LaysAnInsetOnTheWhole) {
  const CommonGrid grid(kInset);
  const GridLuma query = grid.of_query(thumbnail_of(with_inset));
  const GridLuma reference = grid.of_reference(kWaves);
  EXPECT_EQ(count_valid(query), kCells) << "the query's cells are the coarser";
  EXPECT_NEAR(static_cast<double>(count_valid(reference)), kCells / 4.0, 64);
  // Cells on the inset's border show both: they are few.
  std::size_t far = 0;
  for (std::size_t i = 0; i < kCells; ++i) {
    if (reference.is_valid[i] && std::abs(query.luma[i] - reference.luma[i]) > 6) ++far;
  }
  EXPECT_LT(far, 40U);
}

TEST(CommonGrid, MirrorsBeforeItLays) {
  Laying mirrored = kCrop;
  mirrored.mirrored = true;
  EXPECT_LT(most_apart(mirrored, flipped(thumbnail_of(kCropped)), kWaves), 4);
  mirrored = kInset;
  mirrored.mirrored = true;
  const CommonGrid grid(mirrored);
  const GridLuma query = grid.of_query(flipped(thumbnail_of(with_inset)));
  const GridLuma reference = grid.of_reference(kWaves);
  std::size_t far = 0;
  for (std::size_t i = 0; i < kCells; ++i) {
    if (reference.is_valid[i] && std::abs(query.luma[i] - reference.luma[i]) > 6) ++far;
  }
  EXPECT_LT(far, 40U);
}

TEST(CommonGrid, FollowsATurn) {
  const double c = std::cos(0.2);
  const double s = std::sin(0.2);
  const Scene turned = [&](double x, double y) {
    return waves(0.5 + c * (x - 0.5) - s * (y - 0.5), 0.5 + s * (x - 0.5) + c * (y - 0.5));
  };
  const Similarity transform{c, s, 0.5 - 0.5 * c + 0.5 * s, 0.5 - 0.5 * s - 0.5 * c};
  EXPECT_LT(most_apart({transform, {1, 1}, {1, 1}, false}, thumbnail_of(turned), kWaves), 6);
}

TEST(CommonGrid, KnowsThePicturesProportions) {
  // A square cut out of the middle of a portrait picture: thumbnails are stretched to squares.
  const Scene middle = [](double x, double y) { return waves(x, (0.5 + y) / 2); };
  EXPECT_LT(most_apart({{1, 0, 0, 0.5}, {1, 1}, {1, 2}, false}, thumbnail_of(middle), kWaves), 4);
}

TEST(CommonGrid, HasNoCellsInCommonWhereThePicturesDoNotMeet) {
  const CommonGrid grid({{1, 0, 5, 0}, {1, 1}, {1, 1}, false});
  const GridLuma query = grid.of_query(kWaves);
  const GridLuma reference = grid.of_reference(kWaves);
  for (std::size_t i = 0; i < kCells; ++i) EXPECT_FALSE(query.is_valid[i] && reference.is_valid[i]);
}

TEST(Size, IsInUnitsOfTheShorterSide) {
  Fingerprint print;
  print.width = 1080;
  print.height = 1920;
  EXPECT_EQ(size_of(print), (Point{1, 1920 / 1080.0}));
  print.width = 3840;
  EXPECT_EQ(size_of(print), (Point{2, 1}));
}

TEST(Size, IsSquareWhenItIsNotKnown) {
  EXPECT_EQ(size_of({}), (Point{1, 1}));
  Fingerprint half_known;
  half_known.width = 100;
  EXPECT_EQ(size_of(half_known), (Point{1, 1}));
}

}  // namespace
}  // namespace reelprint::index
