#include "evidence/canvas.h"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <random>
#include <vector>

#include "core/error.h"
#include "samples.h"
#include "tests/support/png_picture.h"

namespace reelprint::evidence {
namespace {

using reelprint::test::read_png;
using test::count_pixels;
using test::PictureFolder;
using test::striped;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

ErrorCode code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::cancelled;
}

TEST(Canvas, WritesWhatWasDrawn) {
  const PictureFolder folder;
  Canvas canvas(120, 80);
  canvas.fill({10, 10}, {30, 20}, {200, 20, 20});
  canvas.write(folder.file("a.png"));
  const cv::Mat picture = read_png(folder.file("a.png"));
  EXPECT_EQ(picture.cols, 120);
  EXPECT_EQ(picture.rows, 80);
  EXPECT_EQ(count_pixels(picture, 200, 20, 20), 20 * 10);
  EXPECT_EQ(count_pixels(picture, 255, 255, 255), 120 * 80 - 20 * 10);
}

TEST(Canvas, WritesWhatDoesNotCompress) {
  const PictureFolder folder;
  std::minstd_rand noise(7);
  const auto level = [&] { return static_cast<std::uint8_t>(noise() >> 8); };
  Canvas canvas(70, 50);
  std::vector<Ink> inks;
  for (int i = 0; i < 70 * 50; ++i) {
    inks.push_back({level(), level(), level()});
    canvas.fill({i % 70 + 0.0, i / 70 + 0.0}, {i % 70 + 1.0, i / 70 + 1.0}, inks.back());
  }
  canvas.write(folder.file("a.png"));
  EXPECT_GT(std::filesystem::file_size(folder.file("a.png")), 70U * 50 * 3);
  const cv::Mat picture = read_png(folder.file("a.png"));
  for (int i = 0; i < 70 * 50; ++i) {
    const Ink& ink = inks[static_cast<std::size_t>(i)];
    ASSERT_EQ(picture.at<cv::Vec3b>(i / 70, i % 70), cv::Vec3b(ink.blue, ink.green, ink.red)) << i;
  }
}

TEST(Canvas, GivesTheSameBytesForTheSameDrawing) {
  const PictureFolder folder;
  for (const char* name : {"a.png", "b.png"}) {
    Canvas canvas(90, 60);
    canvas.line({3.3, 4.4}, {80, 50}, 2, kOrange.at(0.5));
    canvas.text("time", {10, 40}, 12, kBlack);
    canvas.picture(striped(20, 10), {40, 10}, 40, 20);
    canvas.write(folder.file(name));
  }
  const auto bytes_of = [&](const char* name) {
    std::ifstream stream(folder.file(name), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  };
  EXPECT_EQ(bytes_of("a.png"), bytes_of("b.png"));
}

TEST(Canvas, CutsOffWhatLiesOutside) {
  const PictureFolder folder;
  Canvas canvas(60, 40);
  canvas.line({-1e12, 20}, {1e12, 20}, 1, kBlack);
  canvas.dot({-50, -50}, 10, kBlack);
  canvas.fill({1e9, 1e9}, {2e9, 2e9}, kBlack);
  canvas.picture(striped(30, 30), {50, 30}, 30, 30);
  canvas.text("beyond the edge", {55, 5}, 12, kBlack);
  canvas.write(folder.file("a.png"));
  EXPECT_EQ(read_png(folder.file("a.png")).cols, 60);
}

TEST(Canvas, DrawsNothingAtWhatIsNoNumber) {
  const PictureFolder folder;
  Canvas canvas(60, 40);
  canvas.line({kNan, 0}, {30, 30}, 1, kBlack);
  canvas.dot({10, kInfinity}, 4, kBlack);
  canvas.ring({kNan, kNan}, 4, kBlack);
  canvas.fill({0, 0}, {kNan, 10}, kBlack);
  canvas.text("x", {kNan, 3}, 10, kBlack);
  canvas.dot({10, 10}, 4, kBlack.at(kNan));
  canvas.write(folder.file("a.png"));
  EXPECT_EQ(count_pixels(read_png(folder.file("a.png")), 255, 255, 255), 60 * 40);
}

TEST(Canvas, KeepsWithinItsClip) {
  const PictureFolder folder;
  Canvas canvas(60, 40);
  canvas.clip_to({10, 10}, {20, 20});
  canvas.fill({0, 0}, {60, 40}, {0, 0, 0});
  canvas.clip_to_all();
  canvas.write(folder.file("a.png"));
  EXPECT_EQ(count_pixels(read_png(folder.file("a.png")), 0, 0, 0), 100);
}

TEST(Canvas, ShowsTheSquaresOfAThumbnail) {
  const PictureFolder folder;
  Frame frame{2, 1, {0, 255}, {}};
  Canvas canvas(100, 50);
  canvas.picture(frame, {0, 0}, 100, 50);
  canvas.write(folder.file("a.png"));
  EXPECT_EQ(count_pixels(read_png(folder.file("a.png")), 0, 0, 0), 50 * 50);
}

TEST(Canvas, RefusesEmptyAndAbsurdSizes) {
  EXPECT_EQ(code_of([] { Canvas(0, 10); }), ErrorCode::invalid_input);
  EXPECT_EQ(code_of([] { Canvas(10, 0); }), ErrorCode::invalid_input);
  EXPECT_EQ(code_of([] { Canvas(100'000, 10); }), ErrorCode::too_large);
  EXPECT_EQ(code_of([] { Canvas(16'000, 16'000); }), ErrorCode::too_large);
  EXPECT_EQ(code_of([] { Canvas(std::numeric_limits<std::size_t>::max(), 2); }), ErrorCode::too_large);
}

TEST(Canvas, RefusesFramesWhoseSamplesAreNotTheirSize) {
  Canvas canvas(60, 40);
  for (const Frame& frame : {Frame{}, Frame{10, 10, std::vector<std::uint8_t>(99), {}},
                             Frame{std::size_t{1} << 33, std::size_t{1} << 31, {}, {}}}) {
    EXPECT_EQ(code_of([&] { canvas.picture(frame, {0, 0}, 10, 10); }), ErrorCode::invalid_input);
  }
}

TEST(Canvas, SaysWhereItCannotWrite) {
  const Canvas canvas(10, 10);
  try {
    canvas.write("/nowhere/at/all.png");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all.png"), std::string::npos);
  }
}

TEST(CanvasText, IsCutToFit) {
  EXPECT_EQ(fitted("short", 12, 400), "short");
  const std::string cut = fitted("a very long title that goes on and on", 12, 100);
  EXPECT_TRUE(cut.ends_with("...")) << cut;
  EXPECT_LE(text_width(cut, 12), 100);
}

TEST(CanvasText, PutsAQuestionMarkForWhatItHasNoStrokesFor) {
  EXPECT_EQ(fitted("第7集 1×–2", 12, 1000), "?7? 1x-2");
  EXPECT_EQ(fitted("a\xff\n", 12, 1000), "a??");
}

TEST(CanvasInk, TurnsRedAsTheScoreGrows) {
  EXPECT_GT(ink_of_score(0.5).green, ink_of_score(0.9).green);
  EXPECT_GT(ink_of_score(0.9).green, ink_of_score(1).green);
  EXPECT_EQ(ink_of_score(-3).green, ink_of_score(0.5).green);
  EXPECT_EQ(ink_of_score(kNan).green, ink_of_score(0.5).green);
}

}  // namespace
}  // namespace reelprint::evidence
