#include "evidence/pair_picture.h"

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
using test::striped;

PairPicture pair_of(const Frame& query, const Frame& reference) {
  PairPicture pair;
  pair.title = "The Oath, episode 3";
  pair.remark = "12 places agree";
  pair.query = query;
  pair.reference = reference;
  pair.query_label = "upload at 0:12.5";
  pair.reference_label = "reference at 0:13.0";
  return pair;
}

TEST(PairPicture, ShowsBothFramesAtOneHeight) {
  const PictureFolder folder;
  write_pair_picture(pair_of(striped(180, 320), striped(360, 640)), folder.file("pair.png"));
  const cv::Mat picture = read_png(folder.file("pair.png"));
  EXPECT_EQ(picture.cols, 28 + 360 + 56 + 360 + 28);
  EXPECT_EQ(picture.rows, 84 + 640 + 56);
}

TEST(PairPicture, DrawsTheOutlineOfTheReferenceInTheQuery) {
  const PictureFolder folder;
  PairPicture pair = pair_of(striped(320, 320), striped(320, 320));
  write_pair_picture(pair, folder.file("without.png"));
  pair.reference_in_query = {{0.2, 0.2}, {0.8, 0.2}, {0.8, 0.8}, {0.2, 0.8}};
  write_pair_picture(pair, folder.file("with.png"));
  EXPECT_EQ(count_pixels(read_png(folder.file("without.png")), 245, 130, 32), 0);
  EXPECT_GT(count_pixels(read_png(folder.file("with.png")), 245, 130, 32), 1000);
}

TEST(PairPicture, DrawsTheOutlineOfTheQueryInTheReference) {
  const PictureFolder folder;
  PairPicture pair = pair_of(striped(320, 320), striped(320, 320));
  pair.query_in_reference = {{0.2, 0.2}, {0.8, 0.2}, {0.8, 0.8}, {0.2, 0.8}};
  write_pair_picture(pair, folder.file("pair.png"));
  const cv::Mat picture = read_png(folder.file("pair.png"));
  EXPECT_EQ(count_pixels(picture(cv::Rect(0, 0, 28 + 640, picture.rows)), 245, 130, 32), 0);
  EXPECT_GT(count_pixels(picture, 245, 130, 32), 1000);
}

TEST(PairPicture, KeepsTheOutlineWithinTheQuery) {
  const PictureFolder folder;
  PairPicture pair = pair_of(striped(320, 320), striped(320, 320));
  pair.reference_in_query = {{-4, 0.5}, {1e300, 0.5}, {4, 9}, {std::numeric_limits<double>::infinity(), 2}};
  write_pair_picture(pair, folder.file("pair.png"));
  const cv::Mat picture = read_png(folder.file("pair.png"));
  EXPECT_EQ(count_pixels(picture(cv::Rect(28 + 640, 0, picture.cols - 668, picture.rows)), 245, 130, 32), 0);
}

TEST(PairPicture, JoinsThePlacesThatAgree) {
  const PictureFolder folder;
  PairPicture pair = pair_of(striped(320, 320), striped(320, 320));
  for (int i = 0; i < 200; ++i) pair.places.push_back({{i / 200.0, 0.5}, {0.5, i / 200.0}});
  write_pair_picture(pair, folder.file("pair.png"));
  const cv::Mat gap = read_png(folder.file("pair.png"))(cv::Rect(28 + 642, 84, 52, 640));
  EXPECT_LT(count_pixels(gap, 255, 255, 255), 52 * 640 - 1000);
}

TEST(PairPicture, StretchesAThumbnailToItsPicturesShape) {
  const PictureFolder folder;
  PairPicture pair = pair_of(striped(32, 32), striped(32, 32));
  pair.query_aspect = 0.5;
  pair.reference_aspect = 0.5;
  write_pair_picture(pair, folder.file("pair.png"));
  EXPECT_EQ(read_png(folder.file("pair.png")).cols, 28 + 320 + 56 + 320 + 28);
}

TEST(PairPicture, StaysWithinItsSizeWhateverTheShape) {
  const PictureFolder folder;
  PairPicture pair = pair_of(striped(4000, 1), striped(1, 4000));
  pair.query_aspect = 1e30;
  pair.title = std::string(5000, 'x');
  write_pair_picture(pair, folder.file("pair.png"));
  const cv::Mat picture = read_png(folder.file("pair.png"));
  EXPECT_LT(picture.cols, 1950);
  EXPECT_LT(picture.rows, 800);
}

TEST(PairPicture, RefusesAnEmptyFrame) {
  const PictureFolder folder;
  EXPECT_THROW(write_pair_picture(pair_of({}, striped(9, 9)), folder.file("pair.png")), Error);
  EXPECT_THROW(write_pair_picture(pair_of(striped(9, 9), {}), folder.file("pair.png")), Error);
  EXPECT_FALSE(std::filesystem::exists(folder.file("pair.png")));
}

}  // namespace
}  // namespace reelprint::evidence
