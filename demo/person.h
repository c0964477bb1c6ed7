// The players of the demo catalog: how they look, and how one is drawn with moving eyes, mouth and hand.
#pragma once

#include <cstdint>

#include "demo/sprite.h"

namespace reelprint::demo {

struct Look {
  bool woman = true;
  bool period = true;  ///< robes and long hair, or the present day
  int hair_style = 0;  ///< 0..2
  bool glasses = false;
  bool beard = false;
  Colour skin, hair, cloth, trim, inner, lips;
  Pattern pattern = Pattern::plain;
};

/// Even seeds are women, odd ones men.
[[nodiscard]] Look invent_look(std::uint64_t seed, bool period);

/// What the light of a place does to a player.
struct Lighting {
  Colour tint{255, 255, 255, 255};
  double side = 1;
};

/// How much of a player is painted: the size of the head, and down to where.
struct Framing {
  double head_px = 200;   ///< height of the head in the backdrop's pixels
  double body_heads = 4;  ///< from the neck down, in heads; 6.2 and more shows the feet
};

/// What moves, each in a range of about -1..1.
struct Pose {
  double mouth = 0;  ///< 0 closed, 1 wide open
  double blink = 0;  ///< 1: eyes shut
  double gaze = 0;   ///< to the right of the picture
  double tilt = 0;   ///< of the head
  double smile = 0;
  double gesture = 0;  ///< of the forearm
  double stride = 0;   ///< of the legs
};

class Person {
 public:
  /// Paints the parts once: about 5 ms.
  Person(const Look& look, const Framing& framing, const Lighting& lighting);

  /// `placement` maps heads, from the base of the neck, to frame pixels.
  void draw(cv::Mat& frame, const Placement& placement, const Pose& pose) const;

 private:
  void draw_legs(cv::Mat& frame, const Placement& body, const Pose& pose) const;
  void draw_forearm(cv::Mat& frame, const Placement& body, const Pose& pose) const;
  void draw_eye(cv::Mat& frame, const Placement& head, const Pose& pose, double side) const;
  void draw_face(cv::Mat& frame, const Placement& head, const Pose& pose) const;
  [[nodiscard]] Colour tinted(const Colour& colour) const;

  Look look_;
  Framing framing_;
  Lighting lighting_;
  Sprite shadow_, back_hair_, body_, head_;
};

}  // namespace reelprint::demo
