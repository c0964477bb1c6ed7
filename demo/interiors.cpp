// Rooms: a parlour, a hall of an old palace, an office high up, a corridor; and a table top seen from above.
#include <array>
#include <cmath>

#include "demo/backdrop.h"
#include "demo/furniture.h"

namespace reelprint::demo {
namespace {

/// Boards or tiles that run towards a point above the ground.
void paint_floor(cv::Mat& picture, double top, const Colour& colour, Seeded& seeded) {
  const int height = kWorld.height - cvRound(top);
  gradient(picture, {0, cvRound(top), kWorld.width, height}, lit(colour, 0.75), lit(colour, 1.15));
  const double vanish_x = seeded.uniform(200, 520);
  const bool tiles = seeded.chance(0.5);
  const double gap = seeded.uniform(70, 150);
  for (double x = -1600; x < 2300; x += gap) {
    const double at_top = vanish_x + (x - vanish_x) * 0.3;
    stroke(picture, {{at_top, top}, {x, 1280}}, lit(colour, 0.6), 2);
  }
  if (!tiles) return;
  double y = top;
  for (double step = 14; y < 1280; step *= 1.35, y += step) {
    stroke(picture, {{0, y}, {720, y}}, lit(colour, 0.6), 2);
  }
}

void paint_wallpaper(cv::Mat& picture, double bottom, const Colour& wall, Seeded& seeded) {
  gradient(picture, {0, 0, kWorld.width, cvRound(bottom)}, lit(wall, seeded.uniform(0.6, 1.0)),
           lit(wall, seeded.uniform(0.9, 1.2)));
  const int kind = seeded.whole(0, 3);
  const double gap = seeded.uniform(36, 90);
  const Colour line = lit(wall, seeded.chance(0.5) ? 0.85 : 1.12);
  int row = 0;
  for (double y = 0; y < bottom && kind > 0; y += gap, ++row) {
    for (double x = (row % 2) * gap / 2 - gap; x < 720 + gap; x += gap) {
      const double s = gap * 0.22;
      if (kind == 1) fill(picture, {{x, y - s}, {x + s, y}, {x, y + s}, {x - s, y}}, line);
      if (kind == 2) {
        for (int leaf = 0; leaf < 5; ++leaf) {
          const double angle = leaf * 1.2566;
          fill_oval(picture, {x + s * std::cos(angle), y + s * std::sin(angle)}, s * 0.5, s * 0.5, line);
        }
      }
      if (kind == 3) stroke(picture, {{x, y}, {x + gap, y}, {x + gap, y + gap}}, line, 2);
    }
  }
  for (double x = 0; x < 720 && kind == 0; x += gap) fill_box(picture, x, 0, gap / 2, bottom, line);
  fill_box(picture, 0, bottom - 26, 720, 26, lit(wall, 0.6));
}

void paint_lattice(cv::Mat& picture, cv::Rect2d area, const Colour& wood, const Colour& paper,
                   Seeded& seeded) {
  gradient(picture, area, lit(paper, 1.1), lit(paper, 0.75));
  const double cell = area.width / seeded.whole(3, 6);
  const bool crossed = seeded.chance(0.5);
  for (double y = area.y; y < area.y + area.height - 1; y += cell) {
    for (double x = area.x; x < area.x + area.width - 1; x += cell) {
      const double bottom = std::min(y + cell, area.y + area.height);
      stroke(picture, {{x, bottom}, {x, y}, {x + cell, y}}, wood, 4);
      if (crossed) stroke(picture, {{x, y}, {x + cell, bottom}}, wood, 2);
      if (!crossed) fill_oval(picture, {x + cell / 2, (y + bottom) / 2}, cell / 5, cell / 5, wood);
    }
  }
  stroke(picture,
         {{area.x, area.y},
          {area.x + area.width, area.y},
          {area.x + area.width, area.y + area.height},
          {area.x, area.y + area.height},
          {area.x, area.y}},
         lit(wood, 0.7), 10);
}

}  // namespace

void paint_parlour(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const bool evening = seeded.chance(0.5);
  const Colour wall = hsv(seeded.uniform(0, 360), seeded.uniform(0.15, 0.5), seeded.uniform(0.45, 0.9));
  const double floor_y = seeded.uniform(820, 1000);
  paint_wallpaper(picture, floor_y, wall, seeded);
  paint_floor(picture, floor_y, hsv(seeded.uniform(12, 40), 0.5, seeded.uniform(0.3, 0.6)), seeded);
  const double side = backdrop.light_side;
  paint_window(picture,
               {side > 0 ? seeded.uniform(380, 470) : seeded.uniform(20, 100), seeded.uniform(120, 300),
                seeded.uniform(190, 260), seeded.uniform(330, 480)},
               backdrop.period, seeded);
  paint_pictures(picture, {side > 0 ? 40.0 : 400.0, 160, 280, 320}, seeded);
  if (seeded.chance(0.6)) paint_shelf(picture, {side > 0 ? 20.0 : 470.0, floor_y - 430, 230, 440}, seeded);
  if (seeded.chance(0.7)) paint_sofa(picture, {seeded.uniform(60, 260), floor_y - 130, 400, 260}, seeded);
  paint_lamp(picture, {side > 0 ? seeded.uniform(330, 400) : seeded.uniform(330, 420), floor_y + 30}, 420,
             evening);
  paint_plant(picture, {seeded.chance(0.5) ? 660.0 : 50.0, floor_y + 60}, seeded.uniform(180, 320), seeded);
  backdrop.tint = evening ? Colour(150, 190, 230, 255) : Colour(245, 245, 250, 255);
  if (evening) tint(picture, {130, 165, 205, 255});
  if (evening) glow(picture, {360, floor_y - 380}, 420, {40, 90, 130, 0});
  backdrop.ground_y = floor_y + 180;
}

void paint_hall(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const Colour wood = hsv(seeded.uniform(0, 30), seeded.uniform(0.5, 0.8), seeded.uniform(0.2, 0.5));
  const Colour paper = hsv(seeded.uniform(30, 60), seeded.uniform(0.1, 0.4), seeded.uniform(0.4, 0.95));
  const double floor_y = seeded.uniform(860, 1020);
  gradient(picture, {{0, 0}, kWorld}, lit(wood, 0.5), lit(wood, 0.9));
  const int panels = seeded.whole(2, 5);
  for (int i = 0; i < panels; ++i) {
    const double width = 720.0 / panels;
    const double top = seeded.uniform(200, 420);
    paint_lattice(picture, {i * width + 14, top, width - 28, floor_y - top - seeded.uniform(20, 220)}, wood,
                  paper, seeded);
  }
  paint_floor(picture, floor_y, hsv(seeded.uniform(10, 220), 0.25, seeded.uniform(0.25, 0.6)), seeded);
  fill_box(picture, 0, 0, 720, seeded.uniform(110, 190), lit(wood, 0.8));
  for (double x = 10; x < 720; x += 60) {
    fill_oval(picture, {x + 20, 90}, 20, 20, hsv(seeded.uniform(0, 360), 0.6, 0.6));
  }
  const double pitch = seeded.uniform(200, 340);
  const Colour lacquer =
      hsv(seeded.one_of(std::array{4.0, 8.0, 165.0, 28.0}), 0.7, seeded.uniform(0.3, 0.65));
  for (double x = seeded.uniform(-60, 120); x < 720; x += pitch)
    paint_column(picture, x, 58, floor_y, lacquer);
  const int lanterns = seeded.whole(1, 4);
  for (int i = 0; i < lanterns; ++i) {
    paint_lantern(picture, {seeded.uniform(60, 660), seeded.uniform(190, 420)}, seeded.uniform(34, 62),
                  seeded);
  }
  const bool screen = seeded.chance(0.5);
  if (screen) paint_folding_screen(picture, {seeded.uniform(80, 320), floor_y - 330, 330, 370}, seeded);
  backdrop.tint = {175, 205, 240, 255};
  backdrop.ground_y = floor_y + 170;
}

void paint_office(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const double sill = seeded.uniform(760, 940);
  const cv::Rect outside(0, 0, 720, cvRound(sill));
  const Colour haze = paint_sky(picture, outside, seeded);
  const bool night = haze[0] + haze[2] < 250;
  paint_skyline(picture, {0, cvRound(sill * seeded.uniform(0.2, 0.55)), 720, cvRound(sill * 0.8)}, haze,
                night, seeded);
  paint_floor(picture, sill, hsv(seeded.uniform(180, 260), 0.15, seeded.uniform(0.2, 0.5)), seeded);
  const Colour frame = hsv(220, 0.1, seeded.uniform(0.1, 0.35));
  const double pitch = seeded.uniform(150, 330);
  for (double x = seeded.uniform(0, 140); x < 720; x += pitch) fill_box(picture, x, 0, 14, sill, frame);
  fill_box(picture, 0, sill * seeded.uniform(0.2, 0.6), 720, 12, frame);
  fill_box(picture, 0, sill - 30, 720, 30, frame);
  const double ceiling = seeded.uniform(60, 200);
  fill_box(picture, 0, 0, 720, ceiling, hsv(40, 0.05, night ? 0.35 : 0.8));
  for (double x = seeded.uniform(20, 90); x < 720; x += 190) {
    fill(picture,
         {{x, ceiling - 22}, {x + 120, ceiling - 22}, {x + 140, ceiling - 60}, {x - 20, ceiling - 60}},
         {240, 250, 255, 255});
  }
  if (seeded.chance(0.5))
    paint_shelf(picture, {backdrop.light_side > 0 ? 10.0 : 480.0, sill - 460, 230, 480}, seeded);
  paint_desk(picture, {seeded.uniform(40, 260), sill - 20, 430, 250}, seeded);
  paint_plant(picture, {backdrop.light_side > 0 ? 650.0 : 60.0, sill + 70}, seeded.uniform(200, 360), seeded);
  backdrop.tint = night ? Colour(215, 190, 170, 255) : Colour(255, 248, 240, 255);
  backdrop.ground_y = sill + 230;
}

void paint_corridor(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const Colour wall = hsv(backdrop.period ? seeded.uniform(10, 40) : seeded.uniform(0, 360),
                          backdrop.period ? 0.5 : seeded.uniform(0.05, 0.4), seeded.uniform(0.4, 0.9));
  const cv::Point2d vanish{seeded.uniform(230, 490), seeded.uniform(420, 640)};
  const auto at = [&](double x, double y, double depth) {
    return vanish + (cv::Point2d(x, y) - vanish) * (1.0 / (1.0 + depth));
  };
  gradient(picture, {{0, 0}, kWorld}, wall, wall);
  const double left = -140;
  const double right = 860;
  const Colour floor = hsv(seeded.uniform(0, 360), 0.3, seeded.uniform(0.2, 0.6));
  fill(picture, {at(left, 1330, 0), at(right, 1330, 0), at(right, 1330, 7), at(left, 1330, 7)}, floor);
  fill(picture, {at(left, -60, 0), at(right, -60, 0), at(right, -60, 7), at(left, -60, 7)}, lit(wall, 1.25));
  fill(picture, {at(right, -60, 0), at(right, 1330, 0), at(right, 1330, 7), at(right, -60, 7)},
       lit(wall, 0.8));
  const Colour door = hsv(seeded.uniform(0, 360), seeded.uniform(0.3, 0.7), seeded.uniform(0.25, 0.7));
  const double pitch = seeded.uniform(0.7, 1.3);
  for (double depth = seeded.uniform(0.05, 0.5); depth < 6; depth += pitch * (1 + depth * 0.5)) {
    const double end = depth + pitch * 0.45;
    for (const double x : {left, right}) {
      const Colour shade = lit(door, (x < 0 ? 1.0 : 0.75) / (1 + depth * 0.12));
      fill(picture, {at(x, 260, depth), at(x, 260, end), at(x, 1330, end), at(x, 1330, depth)}, shade);
      fill(picture,
           {at(x, 330, depth + 0.05), at(x, 330, end - 0.05), at(x, 700, end - 0.05),
            at(x, 700, depth + 0.05)},
           lit(shade, 1.25));
    }
    if (backdrop.period) {
      paint_lantern(picture, at(360, 120, depth), 70 / (1 + depth), seeded);
    } else {
      fill(picture, {at(240, -60, depth), at(480, -60, depth), at(480, -60, end), at(240, -60, end)},
           {235, 250, 255, 255});
    }
    stroke(picture, {at(left, 1330, depth), at(right, 1330, depth)}, lit(floor, 0.6), 3);
  }
  const cv::Rect2d end(at(left, -60, 7), at(right, 1330, 7));
  const bool bright = seeded.chance(0.5);
  fill_box(picture, end.x, end.y, end.width, end.height,
           bright ? Colour(235, 245, 250, 255) : Colour(60, 50, 46, 255));
  if (bright) glow(picture, vanish, 380, {90, 90, 90, 0});
  if (!bright) tint(picture, {200, 175, 150, 255});
  backdrop.tint = bright ? Colour(245, 250, 255, 255) : Colour(210, 185, 165, 255);
  backdrop.ground_y = seeded.uniform(1080, 1180);
}

void paint_table(Backdrop& backdrop, Seeded& seeded) {
  cv::Mat& picture = backdrop.picture;
  const Colour cloth = hsv(seeded.uniform(0, 360), seeded.uniform(0.2, 0.75), seeded.uniform(0.2, 0.8));
  gradient(picture, {{0, 0}, kWorld}, lit(cloth, 0.7), lit(cloth, 1.15));
  const int weave = seeded.whole(0, 2);
  const double gap = seeded.uniform(50, 130);
  for (double x = -1300; x < 2000; x += gap) {
    const double lean = weave == 2 ? 700 : 60;
    stroke(picture, {{x, 0}, {x + lean, 1280}}, lit(cloth, 0.8), weave == 0 ? 3 : 14);
    if (weave > 0) stroke(picture, {{x, 1280}, {x + lean, 0}}, lit(cloth, 1.2), 6);
  }
  for (double y = 0; y < 1280 && weave == 0; y += gap * 2.3)
    stroke(picture, {{0, y}, {720, y + 20}}, lit(cloth, 0.65), 4);
  grain(picture, {{0, 0}, kWorld}, seeded, 3, 12);
  glow(picture, {backdrop.light_side > 0 ? 640.0 : 80.0, seeded.uniform(100, 600)}, 620, {60, 75, 85, 0});
  backdrop.tint = {235, 245, 250, 255};
  backdrop.ground_y = 1400;
}

}  // namespace reelprint::demo
