// Thumbnails: how they are made, and how they travel in a fingerprint.
#include <gtest/gtest.h>

#include "fingerprint/keyframe_selector.h"
#include "small_print.h"

namespace reelprint::fingerprint {
namespace {

Fingerprint print_with_thumbnails() {
  Fingerprint print = test::small_print();
  print.thumbnails.resize(print.keyframes.size());
  print.thumbnails[0].fill(17);
  print.thumbnails[1][1023] = 255;
  return print;
}

TEST(Thumbnail, IsTheGridAtHalfItsSize) {
  LumaGrid grid;
  for (std::size_t y = 0; y < kGridSize; ++y) {
    for (std::size_t x = 0; x < kGridSize; ++x)
      grid.cells[y * kGridSize + x] = static_cast<float>(2 * y + x % 2);
  }
  const Thumbnail thumbnail = thumbnail_of(grid);
  EXPECT_EQ(thumbnail[0], 2);                           // (0 + 1 + 2 + 3) / 4 = 1.5
  EXPECT_EQ(thumbnail[31 * kThumbnailSize + 31], 126);  // (124 + 125 + 126 + 127) / 4 = 125.5
}

TEST(Thumbnail, StaysWithinEightBits) {
  LumaGrid grid;
  grid.cells.fill(400);
  EXPECT_EQ(thumbnail_of(grid)[5], 255);
}

TEST(Thumbnails, ComeOneAKeyframe) {
  KeyframeSelector selector{SelectionSettings{}};
  LumaGrid grid;
  for (int i = 0; i < 40; ++i) {
    for (std::size_t c = 0; c < grid.cells.size(); ++c)
      grid.cells[c] = static_cast<float>((c * (1 + i / 10) * 7) % 251);
    selector.add(grid, timestamp_of(i * 0.1));
  }
  const auto keyframes = selector.finish(std::chrono::seconds(4));
  EXPECT_GT(keyframes.size(), 1U);
  EXPECT_EQ(selector.take_thumbnails().size(), keyframes.size());
}

TEST(Thumbnails, SurviveTheCodec) {
  const Fingerprint print = print_with_thumbnails();
  EXPECT_EQ(decode(encode(print), "a test"), print);
}

TEST(Thumbnails, AreRefusedUnlessThereIsOneAKeyframe) {
  Fingerprint print = print_with_thumbnails();
  print.thumbnails.pop_back();
  EXPECT_EQ(test::error_of_decoding(encode(print)), ErrorCode::corrupt);
}

}  // namespace
}  // namespace reelprint::fingerprint
