#include "evidence/coverage_strip.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/error.h"
#include "samples.h"
#include "tests/support/png_picture.h"

namespace reelprint::evidence {
namespace {

using reelprint::test::read_png;
using test::count_pixels;
using test::PictureFolder;

CoverageStrip strip_of(std::size_t rows) {
  CoverageStrip strip;
  strip.title = "The Oath in upload.mp4";
  for (std::size_t i = 0; i < rows; ++i)
    strip.rows.push_back({"episode " + std::to_string(i + 1), "0 %", 60, {}});
  return strip;
}

TEST(CoverageStrip, HasARowForEveryEpisode) {
  const PictureFolder folder;
  write_coverage_strip(strip_of(3), folder.file("three.png"));
  write_coverage_strip(strip_of(60), folder.file("sixty.png"));
  const cv::Mat three = read_png(folder.file("three.png"));
  EXPECT_EQ(three.cols, 1200);
  EXPECT_EQ(read_png(folder.file("sixty.png")).rows - three.rows, 57 * 26);
}

TEST(CoverageStrip, ColoursCoveredSecondsToScale) {
  const PictureFolder folder;
  CoverageStrip strip = strip_of(2);
  strip.rows[0].segments = {{0, 30, 1}};
  write_coverage_strip(strip, folder.file("half.png"));
  const int half = count_pixels(read_png(folder.file("half.png")), 196, 30, 46);
  strip.rows[0].segments = {{0, 30, 1}, {30, 60, 1}};
  write_coverage_strip(strip, folder.file("whole.png"));
  const int whole = count_pixels(read_png(folder.file("whole.png")), 196, 30, 46);
  EXPECT_GT(half, 1000);
  EXPECT_NEAR(whole, 2 * half, 200);
}

TEST(CoverageStrip, KeepsWithinItsRowsWhateverItIsGiven) {
  const PictureFolder folder;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  CoverageStrip strip = strip_of(1);
  strip.rows[0].label = std::string(500, 'x');
  strip.rows[0].segments = {{-1e9, 1e9, 7}, {kNan, 3, 1}, {50, 10, kNan}};
  strip.rows.push_back({"no length", "", kNan, {{0, 1, 1}}});
  strip.rows.push_back({"", "", -4, {}});
  write_coverage_strip(strip, folder.file("strip.png"));
  EXPECT_EQ(read_png(folder.file("strip.png")).cols, 1200);
}

TEST(CoverageStrip, OfNoEpisodesIsStillAPicture) {
  const PictureFolder folder;
  write_coverage_strip({}, folder.file("strip.png"));
  EXPECT_EQ(read_png(folder.file("strip.png")).cols, 1200);
}

TEST(CoverageStrip, RefusesMoreEpisodesThanFit) {
  const PictureFolder folder;
  write_coverage_strip(strip_of(2900), folder.file("strip.png"));
  EXPECT_LT(read_png(folder.file("strip.png")).rows, 12'001);
  EXPECT_THROW(write_coverage_strip(strip_of(3001), folder.file("strip.png")), Error);
}

}  // namespace
}  // namespace reelprint::evidence
