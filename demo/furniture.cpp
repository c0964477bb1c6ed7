// Windows, shelves, sofas, lamps, plants, lanterns and columns.
#include "demo/furniture.h"

#include <cmath>

#include "demo/backdrop.h"

namespace reelprint::demo {

void paint_window(cv::Mat& picture, cv::Rect2d box, bool period, Seeded& seeded) {
  const cv::Rect pane(box);
  const Colour haze = paint_sky(picture, pane, seeded);
  const bool night = haze[0] + haze[2] < 250;
  if (!period) {
    paint_skyline(picture, {pane.x, pane.y + pane.height / 2, pane.width, pane.height / 2}, haze, night,
                  seeded);
  }
  const Colour frame = hsv(seeded.uniform(20, 50), seeded.uniform(0, 0.4), seeded.uniform(0.3, 0.95));
  const int columns = seeded.whole(2, 3);
  for (int i = 0; i <= columns; ++i) {
    fill_box(picture, box.x + box.width * i / columns - 6, box.y, 12, box.height, frame);
  }
  for (const double share : {0.0, seeded.uniform(0.3, 0.6), 1.0}) {
    fill_box(picture, box.x - 6, box.y + box.height * share - 6, box.width + 12, 12, frame);
  }
  const Colour cloth = hsv(seeded.uniform(0, 360), seeded.uniform(0.2, 0.7), seeded.uniform(0.4, 0.9));
  const double fold = box.width * seeded.uniform(0.16, 0.3);
  for (const double x : {box.x - fold * 0.6, box.x + box.width - fold * 0.4}) {
    for (int i = 0; i < 5; ++i) {
      fill_box(picture, x + fold * i / 5, box.y - 30, fold / 5 + 1, box.height + 90,
               lit(cloth, i % 2 == 0 ? 0.85 : 1.1));
    }
  }
  fill_box(picture, box.x - fold, box.y - 40, box.width + 2 * fold, 14, lit(frame, 0.6));
}

void paint_pictures(cv::Mat& picture, cv::Rect2d box, Seeded& seeded) {
  const int count = seeded.whole(0, 3);
  for (int i = 0; i < count; ++i) {
    const double width = seeded.uniform(70, 150);
    const double height = seeded.uniform(80, 170);
    const double x = box.x + seeded.uniform(0, box.width - width);
    const double y = box.y + seeded.uniform(0, box.height - height);
    fill_box(picture, x + 5, y + 7, width, height, {30, 30, 36, 255});
    fill_box(picture, x, y, width, height, hsv(seeded.uniform(20, 45), 0.7, seeded.uniform(0.3, 0.8)));
    const cv::Rect inner(cv::Rect2d(x + 9, y + 9, width - 18, height - 18));
    gradient(picture, inner, hsv(seeded.uniform(0, 360), 0.4, 0.9), hsv(seeded.uniform(0, 360), 0.5, 0.5));
    fill_oval(picture, {x + width / 2, y + height * 0.45}, width * 0.16, height * 0.2,
              hsv(seeded.uniform(0, 360), 0.6, 0.4));
  }
}

void paint_shelf(cv::Mat& picture, cv::Rect2d box, Seeded& seeded) {
  const Colour wood = hsv(seeded.uniform(14, 34), 0.55, seeded.uniform(0.2, 0.55));
  fill_box(picture, box.x, box.y, box.width, box.height, lit(wood, 0.6));
  const int rows = seeded.whole(3, 5);
  const double pitch = box.height / rows;
  for (int row = 0; row < rows; ++row) {
    const double shelf_y = box.y + pitch * (row + 1);
    double x = box.x + 14;
    while (x < box.x + box.width - 26) {
      const double width = seeded.uniform(10, 24);
      const double height = pitch * seeded.uniform(0.5, 0.85);
      const Colour spine = hsv(seeded.uniform(0, 360), seeded.uniform(0.3, 0.8), seeded.uniform(0.3, 0.85));
      if (seeded.chance(0.85)) fill_box(picture, x, shelf_y - height, width - 2, height, spine);
      if (seeded.chance(0.3)) fill_box(picture, x, shelf_y - height * 0.8, width - 2, 5, lit(spine, 1.4));
      x += width;
    }
    fill_box(picture, box.x, shelf_y - 6, box.width, 12, wood);
  }
  fill_box(picture, box.x, box.y - 8, box.width, 14, wood);
  fill_box(picture, box.x - 4, box.y - 8, 14, box.height + 8, wood);
  fill_box(picture, box.x + box.width - 10, box.y - 8, 14, box.height + 8, wood);
}

void paint_sofa(cv::Mat& picture, cv::Rect2d box, Seeded& seeded) {
  const Colour cloth = hsv(seeded.uniform(0, 360), seeded.uniform(0.3, 0.8), seeded.uniform(0.3, 0.75));
  const auto part = [&](double x, double y, double w, double h, double light) {
    const cv::Rect2d p(box.x + box.width * x, box.y + box.height * y, box.width * w, box.height * h);
    const double r = std::min(p.width, p.height) * 0.25;
    fill(picture,
         smooth({{p.x, p.y + r},
                 {p.x + r, p.y},
                 {p.x + p.width - r, p.y},
                 {p.x + p.width, p.y + r},
                 {p.x + p.width, p.y + p.height},
                 {p.x, p.y + p.height}}),
         lit(cloth, light));
  };
  fill_box(picture, box.x - 6, box.y + box.height * 0.93, box.width + 12, box.height * 0.09,
           {24, 22, 26, 255});
  part(0.04, 0.0, 0.92, 0.8, 0.8);
  part(0.1, 0.06, 0.39, 0.5, 0.95);
  part(0.51, 0.06, 0.39, 0.5, 0.95);
  part(0.08, 0.5, 0.84, 0.42, 1.15);
  part(-0.02, 0.3, 0.14, 0.64, 1.0);
  part(0.88, 0.3, 0.14, 0.64, 1.0);
  const double at = seeded.uniform(0.15, 0.6);
  const Colour pillow = hsv(seeded.uniform(0, 360), 0.6, 0.85);
  const cv::Point2d c{box.x + box.width * (at + 0.1), box.y + box.height * 0.36};
  fill(picture, {{c.x - 44, c.y - 34}, {c.x + 40, c.y - 44}, {c.x + 48, c.y + 36}, {c.x - 38, c.y + 44}},
       pillow);
  stroke(picture, {{c.x - 40, c.y}, {c.x + 44, c.y - 6}}, lit(pillow, 0.7), 6);
}

void paint_desk(cv::Mat& picture, cv::Rect2d box, Seeded& seeded) {
  const Colour wood = hsv(seeded.uniform(10, 40), seeded.uniform(0.1, 0.6), seeded.uniform(0.2, 0.7));
  fill_box(picture, box.x + 16, box.y + 30, box.width - 32, box.height - 30, lit(wood, 0.6));
  fill_box(picture, box.x + 36, box.y + 60, box.width * 0.28, box.height - 80, lit(wood, 0.8));
  fill(picture,
       {{box.x + 20, box.y},
        {box.x + box.width - 20, box.y},
        {box.x + box.width, box.y + 34},
        {box.x, box.y + 34}},
       wood);
  const double screen_x = box.x + seeded.uniform(0.1, 0.55) * box.width;
  fill_box(picture, screen_x + 60, box.y - 40, 16, 50, {50, 46, 44, 255});
  fill_box(picture, screen_x, box.y - 130, 140, 96, {40, 36, 34, 255});
  gradient(picture, cv::Rect(cv::Rect2d(screen_x + 6, box.y - 124, 128, 84)),
           hsv(seeded.uniform(0, 360), 0.5, 0.9), hsv(seeded.uniform(0, 360), 0.6, 0.6));
  for (int i = 0; i < 6; ++i) {
    const double x = box.x + seeded.uniform(20, box.width - 90);
    const double y = box.y + seeded.uniform(-6, 14);
    fill(picture, {{x, y}, {x + 60, y - 4}, {x + 72, y + 12}, {x + 8, y + 16}},
         hsv(40, 0.05, seeded.uniform(0.75, 1)));
  }
}

void paint_folding_screen(cv::Mat& picture, cv::Rect2d box, Seeded& seeded) {
  const int leaves = seeded.whole(3, 5);
  const double width = box.width / leaves;
  const Colour silk = hsv(seeded.uniform(20, 220), seeded.uniform(0.1, 0.4), seeded.uniform(0.6, 0.95));
  const Colour ink = hsv(seeded.uniform(0, 360), 0.5, 0.3);
  for (int i = 0; i < leaves; ++i) {
    const double x = box.x + i * width;
    const double tilt = i % 2 == 0 ? 14 : -14;
    const Shape leaf{{x, box.y + tilt},
                     {x + width, box.y - tilt},
                     {x + width, box.y + box.height - tilt},
                     {x, box.y + box.height + tilt}};
    fill(picture, leaf, lit(silk, i % 2 == 0 ? 1.0 : 0.82));
    cv::Point2d at{x + width * seeded.uniform(0.2, 0.8), box.y + box.height - 20};
    for (int step = 0; step < 9; ++step) {
      const cv::Point2d next = at + cv::Point2d(seeded.uniform(-14, 14), -box.height * 0.09);
      stroke(picture, {at, next}, ink, 4);
      fill_oval(picture, next + cv::Point2d(seeded.uniform(-16, 16), 0), 9, 7,
                hsv(seeded.uniform(330, 380), 0.6, 0.8));
      at = next;
    }
    stroke(picture, {leaf[0], leaf[1], leaf[2], leaf[3], leaf[0]}, {30, 34, 60, 255}, 7);
  }
}

void paint_lamp(cv::Mat& picture, cv::Point2d foot, double height, bool on) {
  const double shade = height * 0.2;
  const cv::Point2d head = foot - cv::Point2d(0, height);
  fill_oval(picture, foot, 40, 9, {46, 44, 50, 255});
  fill_box(picture, foot.x - 4, head.y, 8, height, {60, 62, 74, 255});
  fill(picture,
       {{head.x - shade * 0.5, head.y - shade * 0.5},
        {head.x + shade * 0.5, head.y - shade * 0.5},
        {head.x + shade * 0.85, head.y + shade * 0.6},
        {head.x - shade * 0.85, head.y + shade * 0.6}},
       on ? Colour(170, 230, 255, 255) : Colour(150, 170, 190, 255));
  if (on) glow(picture, head, 300, {70, 120, 150, 0});
}

void paint_plant(cv::Mat& picture, cv::Point2d foot, double height, Seeded& seeded) {
  const Colour leaf = hsv(seeded.uniform(80, 150), seeded.uniform(0.4, 0.8), seeded.uniform(0.25, 0.6));
  const cv::Point2d soil = foot - cv::Point2d(0, height * 0.28);
  const int leaves = seeded.whole(9, 18);
  for (int i = 0; i < leaves; ++i) {
    const double angle = seeded.uniform(-1.2, 1.2);
    const double length = height * seeded.uniform(0.4, 0.75);
    const cv::Point2d tip = soil + cv::Point2d(std::sin(angle), -std::cos(angle)) * length;
    const cv::Point2d side = cv::Point2d(std::cos(angle), std::sin(angle)) * (height * 0.06);
    const cv::Point2d middle = (soil + tip) * 0.5;
    fill(picture, smooth({soil, middle + side, tip, middle - side}), lit(leaf, seeded.uniform(0.7, 1.4)));
  }
  const double w = height * 0.16;
  fill(picture,
       {{foot.x - w, soil.y}, {foot.x + w, soil.y}, {foot.x + w * 0.7, foot.y}, {foot.x - w * 0.7, foot.y}},
       hsv(seeded.uniform(0, 360), 0.5, 0.6));
}

void paint_lantern(cv::Mat& picture, cv::Point2d centre, double radius, Seeded& seeded) {
  const Colour red = hsv(seeded.uniform(-12, 34), 0.85, 0.9);
  stroke(picture, {{centre.x, centre.y - radius * 5}, {centre.x, centre.y - radius}}, {30, 30, 40, 255}, 3);
  glow(picture, centre, radius * 4, {40, 90, 150, 0});
  fill_oval(picture, centre, radius, radius * 0.86, red);
  fill_oval(picture, centre, radius * 0.62, radius * 0.84, lit(red, 1.12));
  fill_oval(picture, centre, radius * 0.25, radius * 0.82, between(red, {190, 240, 255, 255}, 0.5));
  for (const double end : {-1.0, 1.0}) {
    fill_box(picture, centre.x - radius * 0.4, centre.y + end * radius * 0.86 - 5, radius * 0.8, 10,
             {60, 150, 190, 255});
  }
  for (double x = -0.2; x < 0.3; x += 0.1) {
    stroke(picture,
           {{centre.x + x * radius, centre.y + radius}, {centre.x + x * radius, centre.y + radius * 1.7}},
           red, 2);
  }
}

void paint_column(cv::Mat& picture, double x, double width, double foot_y, const Colour& colour) {
  constexpr int kStrips = 12;
  for (int i = 0; i < kStrips; ++i) {
    const double round = std::sin(3.14159 * (i + 0.5) / kStrips);
    fill_box(picture, x + width * i / kStrips, 0, width / kStrips + 1, foot_y + 20,
             lit(colour, 0.45 + 0.75 * round));
  }
  fill_oval(picture, {x + width / 2, foot_y + 24}, width * 0.8, width * 0.3, {120, 126, 130, 255});
  fill_box(picture, x - 8, foot_y - 6, width + 16, 26, {150, 156, 160, 255});
}

}  // namespace reelprint::demo
