// A street of shops, in old times or today.
#include "demo/backdrop.h"

namespace reelprint::demo {
namespace {

/// Sign, window with goods, and awning, in the lowest 280 pixels of `box`.
void paint_shop_front(cv::Mat& picture, cv::Rect2d box, bool night, Seeded& seeded) {
  const double front = box.y + box.height - 280;
  const Colour sign = hsv(seeded.uniform(0, 360), 0.8, 0.85);
  const Colour goods = night ? Colour(90, 190, 240, 255) : Colour(80, 74, 70, 255);
  fill_box(picture, box.x + 12, front + 90, box.width - 24, 190, goods);
  for (int i = 0; i < 9; ++i) {
    const double x = box.x + 20 + seeded.uniform(0, box.width - 60);
    fill_box(picture, x, front + 210, seeded.uniform(14, 34), 60, hsv(seeded.uniform(0, 360), 0.6, 0.6));
  }
  fill_box(picture, box.x + 6, front, box.width - 12, 52, sign);
  const int marks = seeded.whole(3, 5);
  for (int i = 0; i < marks; ++i) {
    const double x = box.x + 24 + (box.width - 60) * i / marks;
    for (int s = 0; s < 4; ++s) {
      const cv::Point2d from{x + seeded.uniform(0, 24), front + seeded.uniform(10, 42)};
      stroke(picture, {from, {x + seeded.uniform(0, 24), front + seeded.uniform(10, 42)}},
             {245, 250, 255, 255}, 4);
    }
  }
  for (int i = 0; i < 8; ++i) {
    const double w = box.width / 8;
    fill(picture,
         {{box.x + i * w, front + 56},
          {box.x + (i + 1) * w, front + 56},
          {box.x + (i + 1) * w - 6, front + 100},
          {box.x + i * w - 6, front + 100}},
         i % 2 == 0 ? sign : Colour(235, 240, 240, 255));
  }
  if (night) glow(picture, {box.x + box.width / 2, front + 180}, box.width * 0.9, {40, 70, 90, 0});
}

void paint_shop(cv::Mat& picture, cv::Rect2d box, bool night, Seeded& seeded) {
  const Colour wall =
      hsv(seeded.uniform(0, 360), seeded.uniform(0.1, 0.45), night ? 0.25 : seeded.uniform(0.5, 0.85));
  fill_box(picture, box.x, box.y, box.width, box.height, wall);
  const double pitch = box.width / seeded.whole(2, 4);
  for (double y = box.y + 40; y < box.y + box.height - 330; y += pitch * 1.3) {
    for (double x = box.x + pitch * 0.2; x < box.x + box.width - pitch * 0.5; x += pitch) {
      const bool on = seeded.chance(night ? 0.5 : 0.15);
      fill_box(picture, x - 5, y - 5, pitch * 0.6 + 10, pitch * 0.85 + 10, lit(wall, 0.7));
      fill_box(picture, x, y, pitch * 0.6, pitch * 0.85,
               on ? Colour(110, 200, 250, 255) : Colour(110, 90, 70, 255));
    }
  }
  paint_shop_front(picture, box, night, seeded);
}

/// Tiles between two turned-up eaves, its lower edge at `eaves`.
void paint_roof(cv::Mat& picture, cv::Point2d eaves, double width, Seeded& seeded) {
  const Colour tile = hsv(seeded.uniform(180, 260), 0.25, seeded.uniform(0.18, 0.4));
  const double half = width * 0.62;
  const double rise = width * seeded.uniform(0.25, 0.4);
  fill(picture,
       {{eaves.x - half - 20, eaves.y - 14},
        {eaves.x - half * 0.7, eaves.y + 16},
        {eaves.x + half * 0.7, eaves.y + 16},
        {eaves.x + half + 20, eaves.y - 14},
        {eaves.x + half * 0.6, eaves.y - rise},
        {eaves.x - half * 0.6, eaves.y - rise}},
       tile);
  for (double across = -0.9; across < 1; across += 0.15) {
    stroke(picture,
           {{eaves.x + half * across, eaves.y + 6}, {eaves.x + half * across * 0.62, eaves.y - rise}},
           lit(tile, 1.5), 3);
  }
  fill_box(picture, eaves.x - half * 0.66, eaves.y - rise - 10, half * 1.32, 14, lit(tile, 0.7));
}

}  // namespace

void paint_street(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const double ground = seeded.uniform(880, 1010);
  const Colour haze = paint_sky(picture, {0, 0, 720, cvRound(ground)}, seeded);
  const bool night = haze[0] + haze[2] < 250;
  if (!backdrop.period) paint_skyline(picture, {0, 120, 720, cvRound(ground) - 120}, haze, night, seeded);
  double x = seeded.uniform(-140, 0);
  while (x < 720) {
    const double width = seeded.uniform(190, 330);
    const double height = seeded.uniform(380, backdrop.period ? 640 : 860);
    const bool built = seeded.chance(0.85);
    if (built) paint_shop(picture, {x, ground - height, width, height}, night, seeded);
    if (built && backdrop.period) paint_roof(picture, {x + width / 2, ground - height}, width, seeded);
    x += width + seeded.uniform(0, 30);
  }
  const Colour road = hsv(backdrop.period ? 35 : 220, 0.12, night ? 0.22 : 0.5);
  gradient(picture, {0, cvRound(ground), 720, 1280 - cvRound(ground)}, lit(road, 1.2), lit(road, 0.8));
  fill_box(picture, 0, ground, 720, 26, lit(road, 1.5));
  for (double lane = -100; lane < 800 && !backdrop.period; lane += 170) {
    fill(picture,
         {{lane, ground + 150},
          {lane + 90, ground + 150},
          {lane + 70, ground + 172},
          {lane - 26, ground + 172}},
         lit(road, 1.8));
  }
  if (backdrop.period) grain(picture, {0, cvRound(ground), 720, 1280}, seeded, 9, 20);
  if (night) {
    for (int i = 0; i < 50; ++i) {
      const double px = seeded.uniform(0, 720);
      const double py = seeded.uniform(ground + 30, 1270);
      glow(picture, {px, py}, seeded.uniform(10, 36), hsv(seeded.uniform(0, 60), 0.7, 0.3));
    }
  }
  const double post = backdrop.light_side > 0 ? seeded.uniform(560, 680) : seeded.uniform(40, 160);
  fill_box(picture, post, ground - 520, 10, 560, {40, 36, 34, 255});
  fill_oval(picture, {post + 5, ground - 530}, 30, 22, {200, 240, 255, 255});
  if (night) glow(picture, {post + 5, ground - 525}, 240, {80, 130, 160, 0});
  backdrop.tint = night ? Colour(190, 160, 150, 255) : between(haze, {255, 255, 255, 255}, 0.75);
  backdrop.ground_y = ground + 140;
}

}  // namespace reelprint::demo
