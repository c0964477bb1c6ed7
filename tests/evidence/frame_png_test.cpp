#include "evidence/frame_png.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "bundle_samples.h"
#include "core/error.h"
#include "evidence/canvas.h"
#include "evidence/pair_picture.h"
#include "samples.h"

namespace reelprint::evidence {
namespace {

using test::bytes_of_file;
using test::PictureFolder;
using test::striped;

TEST(FramePng, GivesTheFrameBackAsItWas) {
  const PictureFolder folder;
  const Frame frame = striped(179, 320);
  write_frame_png(frame, folder.file("frame.png"));

  const Frame again = frame_in_png(bytes_of_file(folder.file("frame.png")));

  EXPECT_EQ(again.width, frame.width);
  EXPECT_EQ(again.height, frame.height);
  EXPECT_EQ(again.luma, frame.luma);
}

TEST(FramePng, RefusesWhatIsNone) {
  const PictureFolder folder;
  EXPECT_THROW((void)frame_in_png("no picture"), Error);
  EXPECT_THROW(write_frame_png({}, folder.file("frame.png")), Error);
  write_frame_png(striped(40, 30), folder.file("frame.png"));
  const std::string good = bytes_of_file(folder.file("frame.png"));
  EXPECT_THROW((void)frame_in_png(good.substr(0, good.size() / 2)), Error);
  std::string huge = good;
  huge[16] = huge[20] = 1;  // 16 million pixels a side
  EXPECT_THROW((void)frame_in_png(huge), Error);
  Canvas coloured(40, 30);
  coloured.dot({20, 15}, 5, kOrange);
  coloured.write(folder.file("coloured.png"));
  EXPECT_THROW((void)frame_in_png(bytes_of_file(folder.file("coloured.png"))), Error);
}

TEST(FramePng, IsShownByThePictureOfItsPairAlone) {
  const PictureFolder folder;
  PairPicture pair;
  pair.query = striped(180, 320);
  pair.reference = striped(270, 270);
  pair.query_in_reference = {{0.2, 0.2}, {0.8, 0.2}, {0.8, 0.8}, {0.2, 0.8}};
  for (int i = 1; i < 9; ++i) pair.places.push_back({{0.1 * i, 0.15 * i}, {0.1 * i, 0.1 * i}});
  const PairBoxes boxes = write_pair_picture(pair, folder.file("pair.png"));
  const ColourPicture picture = picture_in_png(bytes_of_file(folder.file("pair.png")));

  EXPECT_GT(share_shown(picture, boxes.query, pair.query), 0.5);
  EXPECT_GT(share_shown(picture, boxes.reference, pair.reference), 0.5);
  Frame other = pair.query;
  for (std::size_t i = 0; i < 40; ++i) std::fill_n(other.luma.begin() + 180 * (100 + i) + 60, 40, 0);
  EXPECT_LT(share_shown(picture, boxes.query, other), 0.1);
  EXPECT_EQ(share_shown(picture, {1, 1, picture.width, 1}, other), 0);
  EXPECT_EQ(share_shown(picture, {}, other), 0);
  EXPECT_EQ(share_shown(picture, {~std::size_t{0}, 0, 9, 9}, other), 0);
}

}  // namespace
}  // namespace reelprint::evidence
