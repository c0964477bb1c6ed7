// Chooses the painter of a place, and gives every picture its texture, light and edges.
#include "demo/backdrop.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace reelprint::demo {
namespace {

void paint(Place place, Backdrop& backdrop, Seeded& seeded) {
  switch (place) {
    case Place::parlour: return paint_parlour(backdrop, seeded);
    case Place::hall: return paint_hall(backdrop, seeded);
    case Place::office: return paint_office(backdrop, seeded);
    case Place::corridor: return paint_corridor(backdrop, seeded);
    case Place::street: return paint_street(backdrop, seeded);
    case Place::hills: return paint_hills(backdrop, seeded);
    case Place::shore: return paint_shore(backdrop, seeded);
    case Place::garden: return paint_garden(backdrop, seeded);
    case Place::table: return paint_table(backdrop, seeded);
  }
}

void paint_clouds(cv::Mat& picture, cv::Rect area, const Colour& colour, Seeded& seeded) {
  const int count = seeded.whole(1, 5);
  for (int i = 0; i < count; ++i) {
    const double x = area.x + seeded.uniform(0, area.width);
    const double y = area.y + seeded.uniform(0.08, 0.8) * area.height;
    const double size = seeded.uniform(0.05, 0.12) * area.width;
    for (int blob = 0; blob < 14; ++blob) {
      const double dx = seeded.uniform(-3, 3);
      glow(picture, {x + dx * size, y + seeded.uniform(-0.3, 0.3) * size}, size * seeded.uniform(0.7, 1.5),
           colour);
    }
  }
}

}  // namespace

Backdrop paint_backdrop(Place place, bool period, std::uint64_t seed) {
  Seeded seeded(seed);
  Backdrop backdrop;
  backdrop.period = period;
  backdrop.picture.create(kWorld, CV_8UC3);
  backdrop.light_side = seeded.chance(0.5) ? 1 : -1;
  paint(place, backdrop, seeded);
  const cv::Rect all({0, 0}, kWorld);
  grain(backdrop.picture, all, seeded, 90, 10);
  grain(backdrop.picture, all, seeded, 14, 5);
  grain(backdrop.picture, all, seeded, 2, 3.5);
  darken_edges(backdrop.picture, seeded.uniform(0.3, 0.6));
  return backdrop;
}

Colour paint_sky(cv::Mat& picture, cv::Rect area, Seeded& seeded) {
  struct Hour {
    Colour zenith, horizon, disc, cloud;
  };
  static const std::array<Hour, 5> kHours{{
      {{214, 150, 92}, {240, 224, 200}, {190, 240, 255}, {60, 60, 60}},   // noon
      {{120, 62, 70}, {96, 150, 250}, {120, 190, 255}, {30, 50, 90}},     // dusk
      {{60, 28, 16}, {104, 66, 44}, {200, 225, 235}, {22, 16, 12}},       // night
      {{190, 180, 172}, {222, 220, 214}, {240, 240, 240}, {26, 26, 26}},  // overcast
      {{170, 120, 150}, {190, 200, 255}, {150, 210, 255}, {40, 36, 60}},  // dawn
  }};
  const Hour& hour = seeded.one_of(kHours);
  gradient(picture, area, hour.zenith, hour.horizon);
  const cv::Point2d disc{area.x + seeded.uniform(0.1, 0.9) * area.width,
                         area.y + seeded.uniform(0.15, 0.75) * area.height};
  const double size = seeded.uniform(0.04, 0.1) * area.width;
  cv::Mat sky = picture(area & cv::Rect(0, 0, picture.cols, picture.rows));
  const cv::Point2d local = disc - cv::Point2d(area.x, area.y);
  glow(sky, local, size * 7, hour.disc * 0.5);
  fill_oval(sky, local, size, size, between(hour.disc, hour.horizon, 0.15));
  if (hour.zenith[0] < 100) {
    for (int i = 0; i < 70; ++i) {
      const cv::Point2d star{seeded.uniform(0, sky.cols), seeded.uniform(0, sky.rows * 0.8)};
      fill_oval(sky, star, seeded.uniform(0.5, 1.6), seeded.uniform(0.5, 1.6), {230, 230, 220, 255});
    }
  }
  paint_clouds(sky, {0, 0, sky.cols, sky.rows}, hour.cloud, seeded);
  return hour.horizon;
}

void paint_skyline(cv::Mat& picture, cv::Rect area, const Colour& haze, bool night, Seeded& seeded) {
  const double foot = area.y + area.height;
  for (int row = 0; row < 2; ++row) {
    double x = area.x - 10;
    while (x < area.br().x) {
      const double width = area.width * seeded.uniform(0.07, 0.2);
      const double height = area.height * seeded.uniform(0.2, row == 0 ? 0.95 : 0.6);
      const Colour wall = between(lit(haze, night ? 0.35 : 0.75), {60, 44, 36, 255}, row == 0 ? 0.25 : 0.6);
      cv::Mat part = picture(area & cv::Rect(0, 0, picture.cols, picture.rows));
      const cv::Point2d corner{x - area.x, foot - height - area.y};
      fill_box(part, corner.x, corner.y, width, height, wall);
      const double pane = std::max(4.0, width / seeded.whole(4, 7));
      for (double wy = corner.y + pane; wy < area.height - pane; wy += pane * 1.5) {
        for (double wx = corner.x + pane * 0.5; wx + pane * 0.6 < corner.x + width; wx += pane) {
          const bool on = seeded.chance(night ? 0.4 : 0.1);
          fill_box(part, wx, wy, pane * 0.55, pane * 0.8, on ? Colour(120, 205, 250, 255) : lit(wall, 0.72));
        }
      }
      x += width * seeded.uniform(0.9, 1.3);
    }
  }
}

}  // namespace reelprint::demo
