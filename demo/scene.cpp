// Puts backdrop, players, props, weather and subtitle together under a moving camera.
#include "demo/scene.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "demo/lettering.h"
#include "demo/props.h"
#include "demo/speech.h"

namespace reelprint::demo {
namespace {

const double kFrameRatio = static_cast<double>(kFrame.height) / kFrame.width;

bool is_outdoors(Place place) {
  return place == Place::street || place == Place::hills || place == Place::shore || place == Place::garden;
}

double pulse(double seconds, double period, double phase) {
  return std::sin(6.2832 * (seconds / period + phase));
}

}  // namespace

Scene::Scene(const ScenePlan& plan) : plan_(plan) {
  Seeded seeded(blend(plan.seed, 77));
  camera_ = {{360, 640}, {360, 640}, 720, 720, 0};
  if (plan.shot == Shot::card) {
    backdrop_ = paint_licence_card(plan.text);
  } else {
    const Backdrop backdrop = paint_backdrop(plan.place, plan.period, plan.seed);
    backdrop_ = backdrop.picture;
    lighting_ = {backdrop.tint, backdrop.light_side};
    ground_y_ = backdrop.ground_y;
    choose_camera(seeded);
    if (plan.shot == Shot::intro) {
      paint_title(backdrop_, plan.text, plan.period);
      camera_ = {{360, 640}, {360, 620}, 720, 640, 0};
    } else {
      if (is_outdoors(plan.place) && seeded.chance(0.45)) weather_ = static_cast<Weather>(seeded.whole(1, 3));
      if (plan.shot == Shot::insert) place_props(seeded);
      if (plan.shot != Shot::insert) place_actors(seeded);
      if (!plan.text.empty()) subtitle_ = paint_subtitle(plan.text, kFrame.width);
    }
  }
  if (camera_.from == camera_.to && camera_.width_from == camera_.width_to && camera_.shake_px == 0) {
    cv::warpAffine(backdrop_, still_, view_at(0), kFrame, cv::INTER_LINEAR, cv::BORDER_REFLECT);
  }
}

void Scene::choose_camera(Seeded& seeded) {
  const double wide = seeded.uniform(640, 716);
  const double narrow = seeded.uniform(550, 630);
  const auto anywhere = [&](double width) {
    return cv::Point2d(seeded.uniform(width / 2, 720 - width / 2),
                       seeded.uniform(width * kFrameRatio / 2, 1280 - width * kFrameRatio / 2));
  };
  const cv::Point2d start = anywhere(wide);
  const cv::Point2d end = anywhere(narrow);
  switch (seeded.whole(0, 6)) {
    case 0: camera_ = {start, end, wide, narrow, 0}; break;                   // push in
    case 1: camera_ = {end, start, narrow, wide, 0}; break;                   // pull out
    case 2: camera_ = {{720 - end.x, end.y}, end, narrow, narrow, 0}; break;  // pan
    case 3: camera_ = {start, start, wide - 24, wide - 24, 3}; break;         // held by hand
    default: camera_ = {start, start, wide, wide, 0}; break;                  // on a stand
  }
}

void Scene::add_actor(std::size_t who, const Framing& framing, cv::Point2d neck, bool walks, Seeded& seeded) {
  Actor actor{Person(invent_look(plan_.cast[who], plan_.period), framing, lighting_), neck, {}};
  actor.head_px = framing.head_px;
  actor.walks = walks;
  actor.voice = seeded.next();
  actor.turn = static_cast<int>(who);
  actor.drift = walks ? cv::Point2d(seeded.uniform(10, 42) * (neck.x < 360 ? 1 : -1), 0)
                      : cv::Point2d(seeded.uniform(-5, 5), seeded.uniform(-2, 2));
  actors_.push_back(std::move(actor));
}

void Scene::place_actors(Seeded& seeded) {
  const auto down_to_edge = [&](double head_px, double neck_y) {
    return Framing{head_px, (1360 - neck_y) / head_px};
  };
  const double left = seeded.uniform(150, 290);
  const double right = seeded.uniform(430, 570);
  const bool from_left = seeded.chance(0.5);
  if (plan_.shot == Shot::close) {
    const double y = seeded.uniform(640, 860);
    add_actor(0, down_to_edge(seeded.uniform(230, 330), y), {from_left ? left + 40 : right - 40, y}, false,
              seeded);
  } else if (plan_.shot == Shot::pair) {
    const double y = seeded.uniform(560, 800);
    const double head = seeded.uniform(125, 175);
    add_actor(0, down_to_edge(head, y), {left - 20, y}, false, seeded);
    const double other_y = y + seeded.uniform(-60, 90);
    add_actor(1, down_to_edge(head * seeded.uniform(0.85, 1.15), other_y), {right + 20, other_y}, false,
              seeded);
  } else if (plan_.shot == Shot::medium) {
    const double y = seeded.uniform(520, 720);
    add_actor(0, down_to_edge(seeded.uniform(150, 210), y), {from_left ? left : right, y}, seeded.chance(0.3),
              seeded);
  } else {
    const int count = seeded.whole(1, 3);
    const double head = seeded.uniform(50, 84);
    for (int i = 0; i < count; ++i) {
      const Framing framing{head * seeded.uniform(0.9, 1.1), 6.3};
      const double feet = ground_y_ + seeded.uniform(0, 60);
      const double x = 110 + 500 * (i + seeded.uniform(0.2, 0.8)) / count;
      add_actor(static_cast<std::size_t>(i), framing, {x, feet - 6.3 * framing.head_px}, seeded.chance(0.7),
                seeded);
    }
  }
}

void Scene::place_props(Seeded& seeded) {
  const int count = seeded.whole(1, 3);
  for (int i = count - 1; i >= 0; --i) {
    const double unit = i == 0 ? seeded.uniform(120, 190) : seeded.uniform(60, 90);
    const cv::Point2d at = i == 0 ? cv::Point2d(seeded.uniform(260, 460), seeded.uniform(520, 820))
                                  : cv::Point2d(seeded.uniform(90, 630), i == 1 ? 230.0 : 1080.0);
    props_.push_back({paint_prop(seeded.next(), plan_.period, unit),
                      at,
                      {},
                      unit,
                      seeded.uniform(-0.6, 0.6),
                      i == 0 ? seeded.uniform(-0.03, 0.03) : 0});
  }
  const Look look = invent_look(plan_.cast[0], plan_.period);
  const cv::Point2d reach = props_.back().position + cv::Point2d(seeded.uniform(-120, 120), -40);
  const double turn = seeded.chance(0.5) ? seeded.uniform(-0.9, 0.5) : seeded.uniform(2.6, 3.7);
  props_.push_back({paint_hand(look.skin, look.cloth, 120),
                    reach,
                    {seeded.uniform(-16, 16), seeded.uniform(12, 34)},
                    120,
                    turn,
                    0.02});
}

Placement Scene::view_at(double seconds) const {
  const double share = std::clamp(seconds * kFramesPerSecond / std::max(1, plan_.frames - 1), 0.0, 1.0);
  const double eased = share * share * (3 - 2 * share);
  const double width = camera_.width_from + (camera_.width_to - camera_.width_from) * eased;
  cv::Point2d centre = camera_.from + (camera_.to - camera_.from) * eased;
  centre += cv::Point2d(pulse(seconds, 1.9, 0.2) + 0.5 * pulse(seconds, 0.73, 0), pulse(seconds, 1.3, 0)) *
            camera_.shake_px;
  const double scale = kFrame.width / width;
  return {scale, 0, kFrame.width / 2.0 - centre.x * scale, 0, scale, kFrame.height / 2.0 - centre.y * scale};
}

void Scene::draw_actor(cv::Mat& frame, const Actor& actor, const Placement& view, double seconds) const {
  const double phase = share_of(actor.voice);
  const double speech =
      static_cast<int>(seconds / 2.2) % 2 == actor.turn % 2 ? speech_level(plan_.seed, seconds) : 0;
  Pose pose;
  pose.mouth = speech;
  pose.blink = std::max(0.0, 1.0 - std::abs(std::fmod(seconds + phase * 3, 2.7) - 0.1) * 12);
  pose.gaze = std::round(1.4 * pulse(seconds, 3.1, phase)) * 0.7;
  pose.tilt = 0.5 * pulse(seconds, 2.9, phase) + 0.4 * speech;
  pose.smile = pulse(0, 1, phase);
  pose.gesture = pulse(seconds, 2.1, phase) * (0.3 + 0.7 * speech);
  pose.stride = actor.walks ? pulse(seconds, 0.9, phase) : 0;
  const double bob =
      actor.walks ? std::abs(pulse(seconds, 0.9, phase)) * 0.05 : 0.02 * pulse(seconds, 3.3, phase);
  const cv::Point2d at = actor.neck + actor.drift * seconds - cv::Point2d(0, bob * actor.head_px);
  const Placement body = placed(at, actor.head_px, 0.02 * pulse(seconds, 2.5, phase));
  actor.person.draw(frame, chained(view, body), pose);
}

void Scene::draw_weather(cv::Mat& frame, double seconds) const {
  const int count = weather_ == Weather::rain ? 90 : 55;
  for (int i = 0; i < count; ++i) {
    const auto salt = static_cast<std::uint64_t>(i);
    const double near = 0.4 + share_of(blend(plan_.seed, 300 + salt));
    const double speed = (weather_ == Weather::rain ? 1300 : 110) * near;
    const double y = std::fmod(share_of(blend(plan_.seed, 600 + salt)) * 1000 + seconds * speed, 1000.0) - 20;
    const double sway = weather_ == Weather::rain ? seconds * 120 : 24 * pulse(seconds, 2.4, near);
    const double x = std::fmod(share_of(blend(plan_.seed, 900 + salt)) * 580 + sway + 600, 580.0) - 20;
    if (weather_ == Weather::rain)
      stroke(frame, {{x, y}, {x + 3 * near, y + 26 * near}}, {215, 205, 200, 255}, 1);
    if (weather_ == Weather::snow) fill_oval(frame, {x, y}, 2.6 * near, 2.6 * near, {250, 248, 246, 255});
    if (weather_ == Weather::petals)
      fill_oval(frame, {x, y}, 4.5 * near, (1.5 + pulse(seconds, 1.1, near)) * near + 1,
                {190, 160, 245, 255});
  }
}

void Scene::draw(cv::Mat& frame, int index) const {
  const double seconds = static_cast<double>(index) / kFramesPerSecond;
  const Placement view = view_at(seconds);
  if (still_.empty()) {
    cv::warpAffine(backdrop_, frame, view, kFrame, cv::INTER_LINEAR, cv::BORDER_REFLECT);
  } else {
    still_.copyTo(frame);
  }
  for (const Prop& prop : props_) {
    const Placement lying =
        placed(prop.position + prop.drift * seconds, prop.unit_px, prop.turn + prop.spin * seconds);
    lay_over(frame, prop.sprite, chained(view, lying));
  }
  for (const Actor& actor : actors_) draw_actor(frame, actor, view, seconds);
  if (weather_ != Weather::none) draw_weather(frame, seconds);
  const bool shown = seconds > 0.4 && index < plan_.frames - 8;
  if (subtitle_ && shown) lay_over(frame, *subtitle_, placed({kFrame.width / 2.0, 850}, 1, 0));
}

}  // namespace reelprint::demo
