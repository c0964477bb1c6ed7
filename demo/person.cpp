// Draws a player: hair behind, legs, body, forearm, head, and a face that blinks, looks and speaks.
#include "demo/person.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "demo/wardrobe.h"

namespace reelprint::demo {
namespace {

const cv::Point2d kHeadAboveNeck{0, -0.78};

void light(Sprite& sprite, const Lighting& lighting, double strength) {
  tint(sprite.picture, lighting.tint);
  shade_sideways(sprite, lighting.side, strength);
  trim(sprite);
}

Shape mapped_shape(const Placement& placement, const Shape& shape) {
  Shape result;
  result.reserve(shape.size());
  for (const cv::Point2d& point : shape) result.push_back(mapped(placement, point));
  return result;
}

}  // namespace

Look invent_look(std::uint64_t seed, bool period) {
  Seeded seeded(seed);
  Look look;
  look.period = period;
  look.woman = seed % 2 == 0;
  look.hair_style = seeded.whole(0, 2);
  look.glasses = !period && seeded.chance(0.25);
  look.beard = !look.woman && seeded.chance(0.3);
  look.skin = hsv(seeded.uniform(18, 27), seeded.uniform(0.22, 0.42), seeded.uniform(0.82, 0.98));
  const bool old = seeded.chance(0.12);
  look.hair = old ? hsv(30, 0.03, 0.72)
                  : hsv(seeded.uniform(10, 30), seeded.uniform(0.1, 0.55), seeded.uniform(0.1, 0.26));
  constexpr std::array kDyes{2.0, 18.0, 36.0, 160.0, 190.0, 212.0, 230.0, 268.0, 318.0, 344.0};
  const double hue = seeded.one_of(kDyes);
  look.cloth = hsv(hue, seeded.uniform(0.25, 0.65), seeded.uniform(0.3, 0.9));
  look.trim = hsv(seeded.one_of(kDyes), seeded.uniform(0.3, 0.85), seeded.uniform(0.45, 0.95));
  look.inner = hsv(seeded.uniform(0, 360), 0.08, 0.93);
  look.lips = look.woman ? hsv(seeded.uniform(345, 365), 0.65, 0.75) : lit(look.skin, 0.72);
  look.pattern = static_cast<Pattern>(seeded.whole(0, kPatterns - 1));
  if (!period && !look.woman) {
    look.cloth = hsv(hue, seeded.uniform(0.05, 0.4), seeded.uniform(0.16, 0.55));
    look.pattern = seeded.one_of(std::array{Pattern::plain, Pattern::stripes, Pattern::checks});
  }
  return look;
}

Person::Person(const Look& look, const Framing& framing, const Lighting& lighting)
    : look_(look),
      framing_(framing),
      lighting_(lighting),
      shadow_(paint_shadow(framing)),
      back_hair_(paint_back_hair(look, framing)),
      body_(paint_body(look, framing)),
      head_(paint_head(look, framing)) {
  light(back_hair_, lighting, 0.15);
  light(body_, lighting, 0.35);
  light(head_, lighting, 0.22);
}

Colour Person::tinted(const Colour& colour) const {
  const Colour& t = lighting_.tint;
  return {colour[0] * t[0] / 255, colour[1] * t[1] / 255, colour[2] * t[2] / 255, 255};
}

void Person::draw(cv::Mat& frame, const Placement& placement, const Pose& pose) const {
  const Placement head = chained(placement, placed(kHeadAboveNeck, 1.0, pose.tilt * 0.12));
  const bool whole = framing_.body_heads > 5;
  if (whole) lay_over(frame, shadow_, placement);
  lay_over(frame, back_hair_, head);
  if (!look_.period && whole) draw_legs(frame, placement, pose);
  lay_over(frame, body_, placement);
  draw_forearm(frame, placement, pose);
  lay_over(frame, head_, head);
  draw_face(frame, head, pose);
}

void Person::draw_legs(cv::Mat& frame, const Placement& body, const Pose& pose) const {
  const double hip = look_.woman ? 4.6 : 3.2;
  const Colour leg = tinted(look_.woman ? look_.skin : lit(look_.cloth, 0.7));
  const double width = look_.woman ? 0.17 : 0.32;
  for (const double side : {-1.0, 1.0}) {
    const cv::Point2d foot{side * 0.36 + side * pose.stride * 0.3,
                           6.3 - std::max(0.0, side * pose.stride) * 0.2};
    const cv::Point2d top{side * 0.38, hip};
    fill(frame,
         mapped_shape(body, {{top.x - width, top.y},
                             {top.x + width, top.y},
                             {foot.x + width * 0.6, foot.y},
                             {foot.x - width * 0.6, foot.y}}),
         leg);
    const double scale = scale_of(body);
    fill_oval(frame, mapped(body, foot + cv::Point2d(side * 0.1, 0.04)), 0.26 * scale, 0.1 * scale,
              tinted({36, 30, 34, 255}));
  }
}

void Person::draw_forearm(cv::Mat& frame, const Placement& body, const Pose& pose) const {
  const double side = lighting_.side;
  const cv::Point2d elbow{side * 1.08, 2.0};
  const double angle = 0.4 + 0.5 * pose.gesture;
  const cv::Point2d along{-side * std::cos(angle), -std::sin(angle)};
  const cv::Point2d across{-along.y, along.x};
  const cv::Point2d wrist = elbow + along * 0.95;
  const double cuff = look_.period ? 0.32 : 0.17;
  const Colour sleeve = tinted(lit(look_.cloth, 0.9));
  fill(frame,
       mapped_shape(body, smooth({elbow + across * 0.24, wrist + across * cuff, wrist - across * cuff,
                                  elbow - across * 0.24, elbow - along * 0.2})),
       sleeve);
  stroke(frame, mapped_shape(body, {wrist + across * cuff, wrist - across * cuff}), tinted(look_.trim),
         0.08 * scale_of(body));
  const cv::Point2d palm = wrist + along * 0.18;
  fill(frame,
       mapped_shape(body, smooth({palm - along * 0.2 + across * 0.12, palm + along * 0.12 + across * 0.15,
                                  palm + along * 0.34, palm + along * 0.1 - across * 0.14,
                                  palm - along * 0.2 - across * 0.12})),
       tinted(look_.skin));
}

void Person::draw_eye(cv::Mat& frame, const Placement& head, const Pose& pose, double side) const {
  const double u = scale_of(head);
  const auto at = [&](double x, double y) { return mapped(head, {x, y}); };
  const Colour dark = tinted(lit(look_.hair, 0.8));
  const double open = 1.0 - pose.blink;
  const cv::Point2d eye{side * 0.165, 0.03};
  fill_oval(frame, at(eye.x, eye.y), 0.085 * u, 0.048 * u * open, tinted({245, 248, 250, 255}));
  const cv::Point2d iris = at(eye.x + pose.gaze * 0.035, eye.y);
  fill_oval(frame, iris, 0.042 * u, 0.046 * u * open, tinted({40, 56, 84, 255}));
  fill_oval(frame, iris, 0.022 * u, 0.024 * u * open, {16, 14, 14, 255});
  if (open > 0.5)
    fill_oval(frame, iris + cv::Point2d(0.014, -0.016) * u, 0.011 * u, 0.011 * u, {250, 250, 250, 255});
  const double lid = 0.03 - 0.048 * open;
  stroke(frame,
         {at(eye.x - side * 0.08, 0.04), at(eye.x - side * 0.04, lid + 0.01), at(eye.x + side * 0.03, lid),
          at(eye.x + side * 0.11, 0.02)},
         dark, (look_.woman ? 0.024 : 0.016) * u);
  const double brow = -0.1 - 0.025 * pose.smile;
  stroke(frame,
         {at(eye.x - side * 0.09, brow + 0.01), at(eye.x + side * 0.02, brow - 0.03),
          at(eye.x + side * 0.12, brow + 0.01)},
         dark, (look_.woman ? 0.022 : 0.036) * u);
  if (look_.glasses) {
    cv::Point2d c = at(eye.x, eye.y + 0.01);
    Shape rim;
    for (int i = 0; i <= 16; ++i)
      rim.emplace_back(c.x + 0.13 * u * std::cos(i * 0.3927), c.y + 0.1 * u * std::sin(i * 0.3927));
    stroke(frame, rim, {50, 40, 40, 255}, 0.018 * u);
  }
}

void Person::draw_face(cv::Mat& frame, const Placement& head, const Pose& pose) const {
  const double u = scale_of(head);
  const auto at = [&](double x, double y) { return mapped(head, {x, y}); };
  for (const double side : {-1.0, 1.0}) draw_eye(frame, head, pose, side);
  stroke(frame, {at(0.02, 0.08), at(0.045, 0.19), at(-0.01, 0.21)}, tinted(lit(look_.skin, 0.74)), 0.018 * u);
  const double gape = 0.012 + 0.07 * pose.mouth;
  const double wide = 0.095 - 0.025 * pose.mouth + 0.02 * pose.smile;
  const double lift = -0.025 * pose.smile;
  fill(frame,
       mapped_shape(head, smooth({{-wide, 0.33 + lift},
                                  {-0.03, 0.305},
                                  {0, 0.315},
                                  {0.03, 0.305},
                                  {wide, 0.33 + lift},
                                  {0.04, 0.335 + gape},
                                  {-0.04, 0.335 + gape}})),
       tinted(look_.lips));
  if (pose.mouth < 0.12) {
    stroke(frame, {at(-wide, 0.33 + lift), at(0, 0.328), at(wide, 0.33 + lift)}, tinted(lit(look_.lips, 0.6)),
           0.012 * u);
    return;
  }
  fill_oval(frame, at(0, 0.328 + gape * 0.4), wide * 0.75 * u, gape * 0.55 * u, tinted({40, 26, 70, 255}));
}

}  // namespace reelprint::demo
