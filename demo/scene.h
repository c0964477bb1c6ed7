// One scene of the demo catalog, ready to be drawn frame by frame.
#pragma once

#include <optional>
#include <vector>

#include "demo/person.h"
#include "demo/story.h"

namespace reelprint::demo {

class Scene {
 public:
  /// Paints what does not move: about 60 ms.
  explicit Scene(const ScenePlan& plan);

  /// Frame number `index` of the scene into `frame` (kFrame, BGR). Safe from one thread at a time.
  void draw(cv::Mat& frame, int index) const;

 private:
  struct Actor {
    Person person;
    cv::Point2d neck;   ///< backdrop pixels
    cv::Point2d drift;  ///< pixels a second
    double head_px = 0;
    bool walks = false;
    std::uint64_t voice = 0;
    int turn = 0;  ///< whose turn to speak
  };
  struct Prop {
    Sprite sprite;
    cv::Point2d position, drift;
    double unit_px = 0, turn = 0, spin = 0;
  };
  struct Camera {
    cv::Point2d from, to;
    double width_from = 0, width_to = 0, shake_px = 0;
  };
  enum class Weather { none, rain, snow, petals };

  void add_actor(std::size_t who, const Framing& framing, cv::Point2d neck, bool walks, Seeded& seeded);
  void place_actors(Seeded& seeded);
  void place_props(Seeded& seeded);
  void choose_camera(Seeded& seeded);
  [[nodiscard]] Placement view_at(double seconds) const;
  void draw_actor(cv::Mat& frame, const Actor& actor, const Placement& view, double seconds) const;
  void draw_weather(cv::Mat& frame, double seconds) const;

  ScenePlan plan_;
  cv::Mat backdrop_;
  cv::Mat still_;  ///< the backdrop as the camera sees it, where the camera does not move
  Lighting lighting_;
  double ground_y_ = 0;
  std::vector<Actor> actors_;
  std::vector<Prop> props_;
  Camera camera_;
  Weather weather_ = Weather::none;
  std::optional<Sprite> subtitle_;
};

}  // namespace reelprint::demo
