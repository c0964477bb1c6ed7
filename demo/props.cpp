// Paints props and the hand that reaches for them.
#include "demo/props.h"

#include <cmath>

namespace reelprint::demo {
namespace {

void paint_letter(Sprite& sprite, Seeded& seeded) {
  const Colour paper = hsv(seeded.uniform(30, 50), seeded.uniform(0.05, 0.3), 0.95);
  fill(sprite.picture, on_sprite(sprite, {{-1.2, -1.6}, {1.2, -1.6}, {1.2, 1.6}, {-1.2, 1.6}}), paper);
  const bool columns = seeded.chance(0.5);
  for (double line = -1.2; line < 1.2; line += 0.26) {
    double at = -1.1;
    while (at < 0.9) {
      const double length = seeded.uniform(0.08, 0.3);
      const Shape word = columns ? Shape{{-line * 0.85, at * 1.2}, {-line * 0.85, (at + length) * 1.2}}
                                 : Shape{{at, line * 1.1}, {at + length, line * 1.1}};
      stroke(sprite.picture, on_sprite(sprite, word), {60, 46, 44, 255}, sprite.unit_px * 0.05);
      at += length + 0.1;
    }
  }
  const cv::Point2d seal =
      on_sprite(sprite, cv::Point2d(seeded.uniform(-0.8, 0.8), seeded.uniform(0.8, 1.3)));
  fill_oval(sprite.picture, seal, sprite.unit_px * 0.24, sprite.unit_px * 0.22, {40, 36, 170, 255});
  fill_oval(sprite.picture, seal, sprite.unit_px * 0.13, sprite.unit_px * 0.12, {70, 66, 210, 255});
}

void paint_phone(Sprite& sprite, Seeded& seeded) {
  const double u = sprite.unit_px;
  fill(sprite.picture,
       on_sprite(sprite, {{-0.75, -1.7},
                          {0.75, -1.7},
                          {0.87, -1.58},
                          {0.87, 1.58},
                          {0.75, 1.7},
                          {-0.75, 1.7},
                          {-0.87, 1.58},
                          {-0.87, -1.58}}),
       {34, 30, 30, 255});
  const cv::Point2d corner = on_sprite(sprite, cv::Point2d(-0.76, -1.5));
  gradient(sprite.picture, {cvRound(corner.x), cvRound(corner.y), cvRound(1.52 * u), cvRound(3.0 * u)},
           hsv(seeded.uniform(0, 360), 0.25, 0.98), hsv(seeded.uniform(0, 360), 0.3, 0.85));
  double y = -1.3;
  while (y < 1.1) {
    const bool own = seeded.chance(0.5);
    const double width = seeded.uniform(0.4, 1.05);
    const double height = seeded.uniform(0.16, 0.42);
    const double x = own ? 0.68 - width : -0.68;
    fill(sprite.picture,
         on_sprite(sprite, {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}}),
         own ? Colour(120, 220, 140, 255) : Colour(250, 250, 250, 255));
    for (double line = y + 0.08; line < y + height - 0.04; line += 0.12) {
      stroke(sprite.picture, on_sprite(sprite, {{x + 0.06, line}, {x + width * 0.85, line}}),
             {90, 80, 80, 255}, u * 0.035);
    }
    y += height + 0.12;
  }
}

void paint_cup(Sprite& sprite, Seeded& seeded) {
  const double u = sprite.unit_px;
  const Colour glaze = hsv(seeded.uniform(0, 360), seeded.uniform(0.1, 0.6), seeded.uniform(0.6, 0.98));
  const cv::Point2d centre = on_sprite(sprite, cv::Point2d(0, 0));
  fill_oval(sprite.picture, centre, 1.5 * u, 1.5 * u, lit(glaze, 0.85));
  fill_oval(sprite.picture, centre, 1.35 * u, 1.35 * u, glaze);
  for (int i = 0; i < 24; ++i) {
    const double angle = 6.2832 * i / 24;
    fill_oval(sprite.picture, on_sprite(sprite, cv::Point2d(1.2 * std::cos(angle), 1.2 * std::sin(angle))),
              0.07 * u, 0.07 * u, hsv(210, 0.7, 0.55));
  }
  fill_oval(sprite.picture, centre, 0.92 * u, 0.92 * u, lit(glaze, 0.7));
  fill_oval(sprite.picture, centre, 0.84 * u, 0.84 * u, lit(glaze, 1.1));
  const Colour tea = hsv(seeded.uniform(15, 50), 0.8, seeded.uniform(0.2, 0.6));
  fill_oval(sprite.picture, centre, 0.74 * u, 0.74 * u, tea);
  fill_oval(sprite.picture, centre - cv::Point2d(0.2, 0.25) * u, 0.3 * u, 0.14 * u, lit(tea, 1.7));
  stroke(sprite.picture, on_sprite(sprite, {{0.9, 0.2}, {1.35, 0.3}, {1.35, 0.62}, {0.75, 0.6}}),
         lit(glaze, 0.7), 0.14 * u);
}

void paint_ring(Sprite& sprite, Seeded& seeded) {
  const double u = sprite.unit_px;
  const Colour velvet = hsv(seeded.uniform(0, 360), 0.75, seeded.uniform(0.25, 0.5));
  fill(sprite.picture, on_sprite(sprite, smooth({{-1.2, -1.2}, {1.2, -1.2}, {1.2, 1.2}, {-1.2, 1.2}})),
       lit(velvet, 0.6));
  fill(sprite.picture, on_sprite(sprite, {{-1.0, -1.0}, {1.0, -1.0}, {1.0, 1.0}, {-1.0, 1.0}}), velvet);
  for (double y = -0.9; y < 1; y += 0.3) {
    stroke(sprite.picture, on_sprite(sprite, {{-1.0, y}, {1.0, y + 0.06}}), lit(velvet, 0.8), 0.06 * u);
  }
  const cv::Point2d centre = on_sprite(sprite, cv::Point2d(0, 0.2));
  fill_oval(sprite.picture, centre, 0.62 * u, 0.62 * u, {90, 200, 235, 255});
  fill_oval(sprite.picture, centre, 0.46 * u, 0.46 * u, lit(velvet, 0.8));
  const Colour stone = hsv(seeded.uniform(0, 360), 0.7, 0.95);
  fill(sprite.picture, on_sprite(sprite, {{-0.34, -0.5}, {0, -0.86}, {0.34, -0.5}, {0, -0.14}}), stone);
  fill(sprite.picture, on_sprite(sprite, {{-0.16, -0.5}, {0, -0.68}, {0.16, -0.5}, {0, -0.32}}),
       lit(stone, 1.5));
}

void paint_blade(Sprite& sprite, Seeded& seeded) {
  const double u = sprite.unit_px;
  const Colour steel = hsv(210, 0.12, seeded.uniform(0.65, 0.9));
  fill(sprite.picture, on_sprite(sprite, {{-0.2, 0.5}, {-0.2, -1.4}, {0, -1.8}, {0.2, -1.4}, {0.2, 0.5}}),
       steel);
  fill(sprite.picture, on_sprite(sprite, {{0, 0.5}, {0, -1.8}, {0.2, -1.4}, {0.2, 0.5}}), lit(steel, 0.7));
  fill(sprite.picture, on_sprite(sprite, smooth({{-0.6, 0.42}, {0.6, 0.42}, {0.5, 0.66}, {-0.5, 0.66}})),
       {70, 170, 210, 255});
  fill(sprite.picture, on_sprite(sprite, {{-0.15, 0.62}, {0.15, 0.62}, {0.17, 1.5}, {-0.17, 1.5}}),
       hsv(seeded.uniform(0, 30), 0.7, 0.35));
  for (double y = 0.7; y < 1.5; y += 0.16) {
    stroke(sprite.picture, on_sprite(sprite, {{-0.17, y}, {0.17, y + 0.12}}), {150, 200, 220, 255}, 0.05 * u);
  }
  fill_oval(sprite.picture, on_sprite(sprite, cv::Point2d(0, 1.58)), 0.2 * u, 0.18 * u,
            hsv(seeded.uniform(0, 360), 0.7, 0.8));
}

void paint_portrait(Sprite& sprite, Seeded& seeded) {
  const double u = sprite.unit_px;
  fill(sprite.picture, on_sprite(sprite, {{-1.3, -1.6}, {1.3, -1.6}, {1.3, 1.6}, {-1.3, 1.6}}),
       {245, 245, 248, 255});
  const cv::Point2d corner = on_sprite(sprite, cv::Point2d(-1.12, -1.42));
  gradient(sprite.picture, {cvRound(corner.x), cvRound(corner.y), cvRound(2.24 * u), cvRound(2.5 * u)},
           hsv(seeded.uniform(0, 360), 0.35, 0.9), hsv(seeded.uniform(0, 360), 0.4, 0.6));
  for (const double x : {-0.45, 0.5}) {
    const Colour cloth = hsv(seeded.uniform(0, 360), 0.6, 0.6);
    fill(sprite.picture,
         on_sprite(sprite,
                   smooth({{x - 0.5, 1.06}, {x - 0.42, 0.4}, {x, 0.2}, {x + 0.42, 0.4}, {x + 0.5, 1.06}})),
         cloth);
    fill_oval(sprite.picture, on_sprite(sprite, cv::Point2d(x, -0.24)), 0.36 * u, 0.42 * u,
              hsv(20, 0.5, 0.18));
    fill_oval(sprite.picture, on_sprite(sprite, cv::Point2d(x, -0.12)), 0.27 * u, 0.34 * u,
              hsv(22, 0.32, 0.92));
  }
}

}  // namespace

Sprite paint_prop(std::uint64_t seed, bool period, double unit_px) {
  Seeded seeded(seed);
  Sprite sprite = empty_sprite({3.6, 4.0}, {0.5, 0.5}, unit_px);
  switch (seeded.whole(0, 4)) {
    case 0: paint_letter(sprite, seeded); break;
    case 1: paint_cup(sprite, seeded); break;
    case 2: paint_ring(sprite, seeded); break;
    case 3: period ? paint_blade(sprite, seeded) : paint_phone(sprite, seeded); break;
    default: period ? paint_letter(sprite, seeded) : paint_portrait(sprite, seeded); break;
  }
  trim(sprite);
  return sprite;
}

Sprite paint_hand(const Colour& skin, const Colour& sleeve, double unit_px) {
  Sprite hand = empty_sprite({2.2, 6.4}, {0.5, 0.96}, unit_px);
  fill(hand.picture, on_sprite(hand, {{-0.75, -6.2}, {0.75, -6.2}, {0.52, -2.1}, {-0.52, -2.1}}), sleeve);
  fill(hand.picture, on_sprite(hand, {{-0.56, -2.4}, {0.56, -2.4}, {0.54, -2.0}, {-0.54, -2.0}}),
       lit(sleeve, 1.4));
  fill(hand.picture,
       on_sprite(hand,
                 smooth({{-0.3, -2.1}, {0.3, -2.1}, {0.46, -1.3}, {0.4, -0.8}, {-0.4, -0.8}, {-0.46, -1.3}})),
       skin);
  for (int finger = 0; finger < 4; ++finger) {
    const double x = -0.3 + 0.2 * finger;
    const double tip = finger == 0 || finger == 3 ? -0.25 : -0.05;
    fill(hand.picture,
         on_sprite(hand, smooth({{x - 0.1, -0.95}, {x + 0.1, -0.95}, {x + 0.08, tip}, {x - 0.08, tip}})),
         lit(skin, 0.97));
    stroke(hand.picture, on_sprite(hand, {{x + 0.1, -1.0}, {x + 0.1, -0.4}}), lit(skin, 0.75),
           unit_px * 0.02);
  }
  fill(hand.picture,
       on_sprite(hand, smooth({{0.36, -1.5}, {0.62, -1.05}, {0.66, -0.7}, {0.5, -0.72}, {0.34, -1.0}})),
       lit(skin, 0.92));
  trim(hand);
  return hand;
}

}  // namespace reelprint::demo
