// Landscapes: hills, a shore, a garden.
#include <algorithm>
#include <array>
#include <cmath>

#include "demo/backdrop.h"
#include "demo/furniture.h"

namespace reelprint::demo {
namespace {

/// A ridge line from left to right around `level`, `rough` pixels up and down, closed at the bottom.
Shape ridge(double level, double rough, Seeded& seeded) {
  constexpr int kWaves = 6;
  std::array<double, kWaves> phase{};
  std::array<double, kWaves> size{};
  for (int i = 0; i < kWaves; ++i) {
    phase[static_cast<std::size_t>(i)] = seeded.uniform(0, 6.28);
    size[static_cast<std::size_t>(i)] = seeded.uniform(0.3, 1.0) / (i + 1);
  }
  Shape line;
  for (int x = -10; x <= 730; x += 6) {
    double y = level;
    for (int i = 0; i < kWaves; ++i) {
      const auto wave = static_cast<std::size_t>(i);
      y -= rough * size[wave] * std::sin(x * 0.006 * (1 << i) * 0.7 + phase[wave]);
    }
    line.emplace_back(x, y);
  }
  line.emplace_back(730, 1290);
  line.emplace_back(-10, 1290);
  return line;
}

void paint_pine(cv::Mat& picture, cv::Point2d foot, double height, const Colour& colour) {
  fill_box(picture, foot.x - height * 0.03, foot.y - height * 0.2, height * 0.06, height * 0.2,
           {30, 44, 60, 255});
  for (int tier = 0; tier < 4; ++tier) {
    const double y = foot.y - height * (0.12 + 0.2 * tier);
    const double w = height * (0.27 - 0.05 * tier);
    fill(picture, {{foot.x - w, y}, {foot.x + w, y}, {foot.x, y - height * 0.34}},
         lit(colour, 0.8 + 0.12 * tier));
  }
}

void paint_pagoda(cv::Mat& picture, cv::Point2d foot, double size, Seeded& seeded) {
  const Colour wall = hsv(seeded.uniform(0, 40), 0.5, 0.6);
  const Colour roof = hsv(seeded.uniform(190, 260), 0.4, 0.25);
  const int floors = seeded.whole(2, 5);
  double y = foot.y;
  double w = size;
  for (int i = 0; i < floors; ++i, w *= 0.82) {
    fill_box(picture, foot.x - w * 0.6, y - size * 0.5, w * 1.2, size * 0.5, lit(wall, 1.0 - 0.06 * i));
    for (double x = -0.4; x < 0.5; x += 0.4) {
      fill_box(picture, foot.x + x * w - w * 0.1, y - size * 0.4, w * 0.2, size * 0.3, {110, 190, 240, 255});
    }
    y -= size * 0.5;
    fill(picture,
         {{foot.x - w * 1.1, y - 4},
          {foot.x - w * 0.7, y},
          {foot.x + w * 0.7, y},
          {foot.x + w * 1.1, y - 4},
          {foot.x + w * 0.5, y - size * 0.26},
          {foot.x - w * 0.5, y - size * 0.26}},
         roof);
    y -= size * 0.22;
  }
}

void paint_blob_tree(cv::Mat& picture, cv::Point2d foot, double height, Seeded& seeded) {
  const Colour leaf = hsv(seeded.one_of(std::array{110.0, 90.0, 345.0, 30.0, 140.0}),
                          seeded.uniform(0.35, 0.7), seeded.uniform(0.35, 0.8));
  fill(picture,
       {{foot.x - height * 0.05, foot.y},
        {foot.x - height * 0.02, foot.y - height * 0.6},
        {foot.x + height * 0.03, foot.y - height * 0.6},
        {foot.x + height * 0.06, foot.y}},
       {36, 50, 70, 255});
  for (int i = 0; i < 160; ++i) {
    const double angle = seeded.uniform(0, 6.283);
    const double far = height * 0.36 * std::sqrt(seeded.uniform(0, 1));
    const cv::Point2d at{foot.x + far * std::cos(angle),
                         foot.y - height * 0.72 + far * 0.8 * std::sin(angle)};
    const double up = (foot.y - height * 0.4 - at.y) / height;
    fill_oval(picture, at, height * seeded.uniform(0.02, 0.06), height * seeded.uniform(0.015, 0.045),
              lit(leaf, 0.6 + up * 1.0 + seeded.uniform(-0.1, 0.2)));
  }
}

void paint_boats(cv::Mat& picture, double horizon, Seeded& seeded) {
  for (int i = seeded.whole(0, 2); i > 0; --i) {
    const cv::Point2d at{seeded.uniform(80, 640), horizon + seeded.uniform(20, 120)};
    const double s = seeded.uniform(30, 90);
    fill(picture,
         {{at.x - s, at.y},
          {at.x + s, at.y},
          {at.x + s * 0.7, at.y + s * 0.35},
          {at.x - s * 0.7, at.y + s * 0.35}},
         hsv(seeded.uniform(0, 40), 0.6, 0.35));
    fill(picture, {{at.x, at.y - s * 1.8}, {at.x + s * 0.9, at.y - 6}, {at.x, at.y - 6}},
         hsv(seeded.uniform(0, 60), 0.3, 0.95));
  }
}

void paint_rocks(cv::Mat& picture, double beach, Seeded& seeded) {
  for (int i = seeded.whole(2, 9); i > 0; --i) {
    const cv::Point2d at{seeded.uniform(-20, 740), seeded.uniform(beach, 1250)};
    const double s = seeded.uniform(24, 110);
    const Colour rock = hsv(seeded.uniform(0, 260), 0.15, seeded.uniform(0.2, 0.5));
    fill(picture,
         smooth({{at.x - s, at.y},
                 {at.x - s * 0.6, at.y - s * 0.7},
                 {at.x + s * 0.2, at.y - s * 0.9},
                 {at.x + s, at.y}}),
         rock);
    fill(picture,
         smooth({{at.x - s * 0.5, at.y - s * 0.4}, {at.x, at.y - s * 0.8}, {at.x + s * 0.2, at.y - s * 0.5}}),
         lit(rock, 1.4));
  }
}

}  // namespace

void paint_hills(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const double horizon = seeded.uniform(380, 720);
  const Colour haze = paint_sky(picture, {0, 0, 720, cvRound(horizon) + 160}, seeded);
  const Colour land = hsv(seeded.one_of(std::array{100.0, 130.0, 40.0, 210.0, 25.0}),
                          seeded.uniform(0.25, 0.6), seeded.uniform(0.25, 0.6));
  const bool night = haze[0] + haze[2] < 250;
  const int layers = seeded.whole(3, 6);
  for (int i = 0; i < layers; ++i) {
    const double near = static_cast<double>(i + 1) / layers;
    const double level = horizon + (1120 - horizon) * near * near;
    const Colour colour = between(haze, lit(land, night ? 0.4 : 1.0), 0.25 + 0.75 * near);
    fill(picture, ridge(level, 130 * (1.1 - near), seeded), colour);
    if (i == layers / 2 && seeded.chance(0.7)) {
      paint_pagoda(picture, {seeded.uniform(120, 600), level + 20}, seeded.uniform(50, 110), seeded);
    }
    const int pines = seeded.whole(0, 9);
    for (int tree = 0; tree < pines; ++tree) {
      paint_pine(picture, {seeded.uniform(-20, 740), level + seeded.uniform(0, 70)},
                 seeded.uniform(90, 330) * near, lit(colour, 0.6));
    }
  }
  if (seeded.chance(0.6)) {
    const double end = seeded.uniform(200, 520);
    fill(picture,
         smooth({{end, 980}, {end + 16, 980}, {end + 120, 1110}, {620, 1290}, {60, 1290}, {end - 40, 1100}}),
         between(haze, lit(land, 1.5), 0.5));
  }
  grain(picture, {0, cvRound(horizon), 720, 1280 - cvRound(horizon)}, seeded, 6, 14);
  backdrop.tint = night ? Colour(190, 150, 130, 255) : between(haze, {255, 255, 255, 255}, 0.7);
  backdrop.ground_y = seeded.uniform(1090, 1170);
}

void paint_shore(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const double horizon = seeded.uniform(380, 700);
  const Colour haze = paint_sky(picture, {0, 0, 720, cvRound(horizon)}, seeded);
  const double beach = seeded.uniform(horizon + 220, 1080);
  const Colour sea = between(hsv(seeded.uniform(170, 225), 0.6, 0.5), haze, 0.3);
  if (seeded.chance(0.6))
    fill(picture, ridge(horizon - 10, seeded.uniform(40, 150), seeded), between(haze, sea, 0.6));
  gradient(picture, {0, cvRound(horizon), 720, 1280 - cvRound(horizon)}, between(sea, haze, 0.5),
           lit(sea, 0.8));
  for (int i = 0; i < 420; ++i) {
    const double depth = seeded.uniform(0, 1);
    const double y = horizon + (beach - horizon) * depth * depth;
    const double x = seeded.uniform(-40, 720);
    const double length = 8 + 90 * depth * seeded.uniform(0.3, 1);
    stroke(picture, {{x, y}, {x + length / 2, y - 3 * depth}, {x + length, y}},
           seeded.chance(0.5) ? between(sea, haze, 0.9) : lit(sea, 0.7), 1 + 2 * depth);
  }
  paint_boats(picture, horizon, seeded);
  const Colour sand = between(hsv(seeded.uniform(25, 45), 0.35, 0.75), haze, 0.25);
  fill(picture, ridge(beach + 12, 26, seeded), {245, 245, 240, 255});
  fill(picture, ridge(beach + 30, 26, seeded), sand);
  grain(picture, {0, cvRound(beach) + 30, 720, 1280 - cvRound(beach)}, seeded, 3, 16);
  paint_rocks(picture, beach, seeded);
  backdrop.tint = between(haze, {255, 255, 255, 255}, haze[0] + haze[2] < 250 ? 0.4 : 0.7);
  backdrop.ground_y = std::max(beach + 60, 1090.0);
}

void paint_garden(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const double ground = seeded.uniform(800, 980);
  const Colour haze = paint_sky(picture, {0, 0, 720, cvRound(ground)}, seeded);
  const Colour green = hsv(seeded.uniform(75, 150), seeded.uniform(0.3, 0.6), seeded.uniform(0.3, 0.65));
  const double wall = ground - seeded.uniform(160, 420);
  if (seeded.chance(0.6)) {
    fill_box(picture, 0, wall, 720, ground - wall, between(haze, {220, 225, 230, 255}, 0.7));
    for (double x = -10; x < 720; x += 26) fill_oval(picture, {x, wall}, 15, 12, {70, 64, 60, 255});
    if (seeded.chance(0.6))
      fill_oval(picture, {seeded.uniform(160, 560), wall + 150}, 120, 120, lit(green, 0.6));
  }
  const bool bamboo = seeded.chance(0.4);
  for (int i = seeded.whole(5, 12); bamboo && i > 0; --i) {
    const double x = seeded.uniform(0, 720);
    const double w = seeded.uniform(12, 34);
    const Colour cane = hsv(seeded.uniform(75, 110), 0.5, seeded.uniform(0.3, 0.75));
    fill_box(picture, x, 0, w, ground + 30, cane);
    fill_box(picture, x + w * 0.2, 0, w * 0.2, ground + 30, lit(cane, 1.3));
    for (double y = seeded.uniform(0, 90); y < ground; y += 110)
      fill_box(picture, x - 2, y, w + 4, 6, lit(cane, 0.6));
  }
  for (int i = bamboo ? 0 : seeded.whole(1, 4); i > 0; --i) {
    paint_blob_tree(picture, {seeded.uniform(0, 720), ground + 20}, seeded.uniform(420, 880), seeded);
  }
  gradient(picture, {0, cvRound(ground), 720, 1280 - cvRound(ground)}, lit(green, 0.7), lit(green, 1.1));
  grain(picture, {0, cvRound(ground), 720, 1280 - cvRound(ground)}, seeded, 4, 22);
  for (int i = 0; i < 9; ++i) {
    const double y = ground + 30 + i * i * 5.0;
    fill_oval(picture, {360 + seeded.uniform(-90, 90), y}, 40 + i * 9.0, 10 + i * 2.5,
              hsv(40, 0.08, seeded.uniform(0.5, 0.75)));
  }
  for (int i = 0; i < 140; ++i) {
    const cv::Point2d at{seeded.uniform(-20, 740), ground + seeded.uniform(-30, 40)};
    fill_oval(picture, at, seeded.uniform(10, 34), seeded.uniform(8, 26),
              lit(green, seeded.uniform(0.5, 1.3)));
    if (i % 5 == 0) fill_oval(picture, at, 7, 7, hsv(seeded.uniform(300, 420), 0.6, 0.95));
  }
  if (seeded.chance(0.6))
    paint_lantern(picture, {seeded.uniform(80, 640), seeded.uniform(160, 420)}, 44, seeded);
  backdrop.tint = between(haze, {255, 255, 255, 255}, haze[0] + haze[2] < 250 ? 0.45 : 0.75);
  backdrop.ground_y = ground + 230;
}

}  // namespace reelprint::demo
