#include "evidence/time_plot.h"

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

TimePlot plot_of(double query_s, double reference_s) {
  TimePlot plot;
  plot.title = "upload.mp4 and The Oath, episode 3";
  plot.query_label = "upload";
  plot.reference_label = "The Oath, episode 3";
  plot.query_s = query_s;
  plot.reference_s = reference_s;
  return plot;
}

TEST(TimePlot, DrawsHitsAndSegmentsWhereTheyLie) {
  const PictureFolder folder;
  TimePlot plot = plot_of(20, 40);
  plot.hits = {{10, 20, 1, false}};
  write_time_plot(plot, folder.file("plot.png"));
  const cv::Mat picture = read_png(folder.file("plot.png"));
  ASSERT_EQ(picture.cols, 1100);
  ASSERT_EQ(picture.rows, 820);
  const cv::Vec3b middle = picture.at<cv::Vec3b>((96 + 820 - 84) / 2, (104 + 1100 - 36) / 2);
  EXPECT_LT(middle[2], 120) << "the dot is blue";
  plot.segments = {{5, 15, 10, 30, true}};
  write_time_plot(plot, folder.file("plot.png"));
  EXPECT_GT(read_png(folder.file("plot.png")).at<cv::Vec3b>((96 + 820 - 84) / 2, (104 + 1100 - 36) / 2)[2],
            200)
      << "the line over it is orange";
}

TEST(TimePlot, DrawsWeakHitsFainter) {
  const PictureFolder folder;
  const auto darkness = [&](double weight) {
    TimePlot plot = plot_of(20, 20);
    plot.hits = {{10, 10, weight, false}};
    write_time_plot(plot, folder.file("plot.png"));
    return 255 -
           read_png(folder.file("plot.png")).at<cv::Vec3b>((96 + 820 - 84) / 2, (104 + 1100 - 36) / 2)[2];
  };
  EXPECT_LT(darkness(0.1), darkness(0.5));
  EXPECT_LT(darkness(0.5), darkness(1));
}

TEST(TimePlot, KeepsWithinItsAxesWhateverItIsGiven) {
  const PictureFolder folder;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  for (const double length : {0.0, -1.0, kNan, 1e-12, 1e12}) {
    TimePlot plot = plot_of(length, length);
    plot.hits = {{kNan, 1, 0.5, false}, {1e300, -1e300, kNan, true}, {-5, 3, 7, false}};
    plot.segments = {{-1e9, 1e9, -1e9, 1e9, true}, {kNan, 0, 0, 0, false}};
    write_time_plot(plot, folder.file("plot.png"));
    EXPECT_EQ(read_png(folder.file("plot.png")).cols, 1100) << length;
  }
}

TEST(TimePlot, SaysWhereItCannotWrite) {
  EXPECT_THROW(write_time_plot(plot_of(1, 1), "/nowhere/at/all.png"), Error);
}

}  // namespace
}  // namespace reelprint::evidence
