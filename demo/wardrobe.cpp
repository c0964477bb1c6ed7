// Bodies in robes, suits and dresses; heads with their hair.
#include "demo/wardrobe.h"

#include <algorithm>

namespace reelprint::demo {
namespace {

void paint_robe(Sprite& body, const Look& look, double length) {
  const double hem = look.woman ? 1.55 : 1.3;
  const Shape robe{{-0.3, -0.05}, {-0.95, 0.25},  {-1.2, 1.0},   {-1.35, 2.0}, {-0.95, 2.3},
                   {-0.8, 2.6},   {-hem, length}, {hem, length}, {0.8, 2.6},   {0.95, 2.3},
                   {1.35, 2.0},   {1.2, 1.0},     {0.95, 0.25},  {0.3, -0.05}};
  fill_cloth(body, on_sprite(body, smooth(robe)), look.cloth, look.trim, look.pattern);
  fill(body.picture, on_sprite(body, {{-0.34, -0.06}, {0.34, -0.06}, {0.05, 1.1}}), look.inner);
  fill(body.picture, on_sprite(body, {{-0.24, -0.3}, {0.24, -0.3}, {0.0, 0.55}}), look.skin);
  const double w = body.unit_px * 0.17;
  stroke(body.picture, on_sprite(body, {{0.42, 0.0}, {-0.35, 1.9}}), lit(look.trim, 0.8), w);
  stroke(body.picture, on_sprite(body, {{-0.42, 0.0}, {0.3, 1.9}}), look.trim, w);
  fill(body.picture, on_sprite(body, {{-0.86, 1.85}, {0.86, 1.85}, {0.84, 2.3}, {-0.84, 2.3}}),
       lit(look.trim, 0.75));
  fill(body.picture, on_sprite(body, {{-0.87, 2.02}, {0.87, 2.02}, {0.86, 2.1}, {-0.86, 2.1}}),
       lit(look.inner, 0.9));
  for (const double side : {-1.0, 1.0}) {
    stroke(body.picture, on_sprite(body, {{side * 0.72, 0.9}, {side * 0.78, 1.9}}), lit(look.cloth, 0.6),
           w * 0.2);
    stroke(body.picture, on_sprite(body, {{side * 0.3, 2.4}, {side * 0.55, length}}), lit(look.cloth, 0.65),
           w * 0.25);
  }
}

void paint_suit(Sprite& body, const Look& look, double length) {
  const double end = std::min(length, 3.5);
  const Shape coat{{-0.28, -0.02}, {-1.05, 0.22}, {-1.3, 0.9}, {-1.32, 2.1}, {-0.95, 2.3}, {-0.92, end},
                   {0.92, end},    {0.95, 2.3},   {1.32, 2.1}, {1.3, 0.9},   {1.05, 0.22}, {0.28, -0.02}};
  fill_cloth(body, on_sprite(body, smooth(coat)), look.cloth, lit(look.cloth, 1.25), look.pattern);
  fill(body.picture, on_sprite(body, {{-0.3, -0.08}, {0.3, -0.08}, {0.04, 1.75}, {-0.04, 1.75}}), look.inner);
  fill(body.picture, on_sprite(body, {{-0.2, -0.3}, {0.2, -0.3}, {0.0, 0.22}}), look.skin);
  fill(body.picture,
       on_sprite(
           body,
           {{-0.09, 0.16}, {0.09, 0.16}, {0.06, 0.34}, {0.13, 1.5}, {0, 1.66}, {-0.13, 1.5}, {-0.06, 0.34}}),
       look.trim);
  for (const double side : {-1.0, 1.0}) {
    fill(body.picture,
         on_sprite(body, {{side * 0.3, -0.08},
                          {side * 0.52, 0.34},
                          {side * 0.36, 0.5},
                          {side * 0.46, 0.62},
                          {side * 0.03, 1.85}}),
         lit(look.cloth, 0.75));
    stroke(body.picture, on_sprite(body, {{side * 0.8, 0.9}, {side * 0.86, 2.2}}), lit(look.cloth, 0.55),
           body.unit_px * 0.03);
  }
  for (const double y : {2.0, 2.4, 2.8}) {
    fill_oval(body.picture, on_sprite(body, cv::Point2d(0.05, y)), body.unit_px * 0.05, body.unit_px * 0.05,
              lit(look.cloth, 0.5));
  }
}

void paint_dress(Sprite& body, const Look& look, double length) {
  const double end = std::min(length, 5.0);
  const Shape dress{{-0.34, 0.12}, {-0.85, 0.2}, {-1.08, 0.75}, {-1.1, 2.0}, {-0.74, 2.1},
                    {-0.72, 2.3},  {-1.1, end},  {1.1, end},    {0.72, 2.3}, {0.74, 2.1},
                    {1.1, 2.0},    {1.08, 0.75}, {0.85, 0.2},   {0.34, 0.12}};
  fill(body.picture,
       on_sprite(body, smooth({{-0.2, -0.3},
                               {-0.3, 0.05},
                               {-0.85, 0.22},
                               {-0.5, 0.9},
                               {0.5, 0.9},
                               {0.85, 0.22},
                               {0.3, 0.05},
                               {0.2, -0.3}})),
       look.skin);
  fill_cloth(body, on_sprite(body, smooth(dress)), look.cloth, look.trim, look.pattern);
  fill(body.picture,
       on_sprite(body, smooth({{-0.42, 0.08}, {-0.2, 0.5}, {0, 0.68}, {0.2, 0.5}, {0.42, 0.08}, {0, -0.02}})),
       look.skin);
  stroke(body.picture, on_sprite(body, {{-0.3, 0.1}, {-0.14, 0.36}, {0, 0.44}, {0.14, 0.36}, {0.3, 0.1}}),
         {140, 215, 240, 255}, body.unit_px * 0.03);
  fill_oval(body.picture, on_sprite(body, cv::Point2d(0, 0.49)), body.unit_px * 0.06, body.unit_px * 0.07,
            look.trim);
  fill(body.picture, on_sprite(body, {{-0.72, 2.08}, {0.72, 2.08}, {0.72, 2.26}, {-0.72, 2.26}}),
       lit(look.trim, 0.7));
  for (const double side : {-1.0, 1.0}) {
    stroke(body.picture, on_sprite(body, {{side * 0.66, 0.8}, {side * 0.7, 2.0}}), lit(look.cloth, 0.6),
           body.unit_px * 0.03);
  }
}

void paint_beard(Sprite& head, const Look& look) {
  fill(head.picture,
       on_sprite(head, smooth({{-0.2, 0.27},
                               {0, 0.23},
                               {0.2, 0.27},
                               {0.22, 0.36},
                               {0.08, 0.66},
                               {0, 0.72},
                               {-0.08, 0.66},
                               {-0.22, 0.36},
                               {-0.1, 0.33}})),
       lit(look.hair, 1.2));
}

Shape hairline(const Look& look) {
  if (look.woman && look.hair_style == 1 && !look.period) {  // a fringe
    return {{0.37, 0.1},    {0.33, -0.14},  {0.15, -0.12}, {0, -0.14},
            {-0.15, -0.12}, {-0.33, -0.14}, {-0.37, 0.1}};
  }
  if (!look.woman && !look.period) {  // parted at the side
    return {{0.37, -0.05}, {0.33, -0.26},  {0.1, -0.3},   {-0.12, -0.26},
            {-0.2, -0.36}, {-0.34, -0.24}, {-0.37, -0.05}};
  }
  const double part = look.hair_style == 2 ? 0.12 : 0.0;
  return {{0.38, 0.12},  {0.34, -0.16},  {0.2, -0.32}, {part, -0.43},
          {-0.2, -0.32}, {-0.34, -0.16}, {-0.38, 0.12}};
}

void paint_hair(Sprite& head, const Look& look) {
  const double u = head.unit_px;
  if (look.period) {
    const double bun_y = look.woman ? -0.74 : -0.78;
    const double bun = look.woman ? 0.24 : 0.16;
    fill_oval(head.picture, on_sprite(head, cv::Point2d(0, bun_y)), bun * u, bun * u, lit(look.hair, 0.9));
    if (look.woman && look.hair_style == 1) {
      for (const double x : {-0.34, 0.34}) {
        fill_oval(head.picture, on_sprite(head, cv::Point2d(x, -0.58)), 0.2 * u, 0.2 * u,
                  lit(look.hair, 0.85));
      }
    }
  }
  Shape cap{{-0.42, 0.1},  {-0.44, -0.25}, {-0.28, -0.58}, {0, -0.66},
            {0.28, -0.58}, {0.44, -0.25},  {0.42, 0.1}};
  for (const cv::Point2d& point : hairline(look)) cap.push_back(point);
  fill(head.picture, on_sprite(head, smooth(cap)), look.hair);
  for (double x = -0.3; x <= 0.31; x += 0.1) {
    stroke(head.picture, on_sprite(head, {{x * 0.4, -0.62}, {x * 1.1, -0.42}}), lit(look.hair, 1.7),
           0.012 * u);
  }
  if (!look.period) return;
  stroke(head.picture, on_sprite(head, {{-0.34, -0.8}, {0.36, -0.74}}), {70, 190, 225, 255}, 0.045 * u);
  if (!look.woman) return;
  for (const double x : {-0.3, -0.18, 0.24}) {
    for (const double dx : {-0.05, 0.0, 0.05}) {
      fill_oval(head.picture, on_sprite(head, cv::Point2d(x + dx, -0.62 + dx * dx * 8)), 0.045 * u, 0.045 * u,
                look.trim);
    }
    fill_oval(head.picture, on_sprite(head, cv::Point2d(x, -0.62)), 0.025 * u, 0.025 * u,
              {190, 240, 255, 255});
  }
}

}  // namespace

Sprite paint_body(const Look& look, const Framing& framing) {
  const double length = framing.body_heads;
  Sprite body = empty_sprite({3.4, length + 0.6}, {0.5, 0.55 / (length + 0.6)}, framing.head_px);
  fill(body.picture, on_sprite(body, {{-0.17, -0.45}, {0.17, -0.45}, {0.26, 0.2}, {-0.26, 0.2}}),
       lit(look.skin, 0.82));
  if (look.period) {
    paint_robe(body, look, std::min(length, 6.3));
  } else if (look.woman) {
    paint_dress(body, look, length);
  } else {
    paint_suit(body, look, length);
  }
  fill_oval(body.picture, on_sprite(body, cv::Point2d(0, -0.26)), 0.2 * framing.head_px,
            0.1 * framing.head_px, lit(look.skin, 0.7));
  return body;
}

Sprite paint_back_hair(const Look& look, const Framing& framing) {
  Sprite back = empty_sprite({1.6, 2.8}, {0.5, 0.3}, framing.head_px);
  const bool longer = look.woman ? look.hair_style != 0 || look.period : look.period;
  const double length = longer ? (look.period ? 1.75 : 1.45) : (look.woman ? 0.62 : 0.1);
  const double width = look.woman ? 0.56 : 0.46;
  fill(back.picture,
       on_sprite(back, smooth({{0, -0.62},
                               {0.42, -0.35},
                               {0.46, 0.1},
                               {width, length * 0.6},
                               {0.36, length},
                               {-0.36, length},
                               {-width, length * 0.6},
                               {-0.46, 0.1},
                               {-0.42, -0.35}})),
       lit(look.hair, 0.7));
  return back;
}

Sprite paint_shadow(const Framing& framing) {
  Sprite shadow = empty_sprite({4.4, 0.8}, {0.5, 0.5 - 6.3 / 0.8}, framing.head_px);
  const cv::Point2d centre(shadow.picture.cols / 2.0, shadow.picture.rows / 2.0);
  for (int ring = 0; ring < 6; ++ring) {
    const double size = 1.0 - 0.12 * ring;
    cv::Mat layer = cv::Mat::zeros(shadow.picture.size(), CV_8UC4);
    fill_oval(layer, centre, centre.x * size, centre.y * size, {0, 0, 0, 24});
    lay_over(shadow.picture, layer);
  }
  return shadow;
}

Sprite paint_head(const Look& look, const Framing& framing) {
  Sprite head = empty_sprite({1.2, 1.8}, {0.5, 0.62}, framing.head_px);
  const double u = head.unit_px;
  for (const double x : {-0.37, 0.37}) {
    fill_oval(head.picture, on_sprite(head, cv::Point2d(x, 0.08)), 0.06 * u, 0.11 * u, lit(look.skin, 0.85));
    if (look.woman)
      fill_oval(head.picture, on_sprite(head, cv::Point2d(x, 0.24)), 0.03 * u, 0.055 * u, look.trim);
  }
  const double jaw = look.woman ? 0.22 : 0.28;
  fill(head.picture,
       on_sprite(head, smooth({{-0.37, -0.1},
                               {-0.345, 0.16},
                               {-jaw, 0.38},
                               {-0.09, 0.5},
                               {0.09, 0.5},
                               {jaw, 0.38},
                               {0.345, 0.16},
                               {0.37, -0.1},
                               {0.28, -0.44},
                               {0, -0.54},
                               {-0.28, -0.44}})),
       look.skin);
  for (const double x : {-0.22, 0.22}) {
    const Colour blush = between(look.skin, {130, 120, 235, 255}, look.woman ? 0.28 : 0.12);
    for (const double size : {0.1, 0.07}) {
      fill_oval(head.picture, on_sprite(head, cv::Point2d(x, 0.2)), size * u, size * 0.7 * u,
                between(look.skin, blush, size < 0.08 ? 1.0 : 0.5));
    }
  }
  if (look.beard) paint_beard(head, look);
  paint_hair(head, look);
  return head;
}

}  // namespace reelprint::demo
