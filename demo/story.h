// What the demo catalog tells: two series of two holders, cut into scenes, and some strangers' videos.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "demo/backdrop.h"

namespace reelprint::demo {

inline constexpr int kFramesPerSecond = 25;
inline const cv::Size kFrame{540, 960};

enum class Shot : std::uint8_t { card, intro, close, pair, medium, wide, insert };

/// One stretch between two hard cuts.
struct ScenePlan {
  Shot shot = Shot::close;
  Place place = Place::parlour;
  std::uint64_t seed = 0;
  int frames = 0;
  bool period = true;               ///< robes and palaces, or the present day
  std::vector<std::uint64_t> cast;  ///< who is seen, by the seed of their looks
  std::string text;                 ///< subtitle, or the intro's title; "" for none
};

struct EpisodePlan {
  std::string holder;
  std::string series;
  int number = 0;
  std::string title;
  std::string licence_number;
  std::string file;  ///< below the output folder
  std::vector<ScenePlan> scenes;
};

[[nodiscard]] std::vector<EpisodePlan> plan_catalog();
/// Videos of nobody's catalog; `licence-card.mp4` opens with the card that the catalog's episodes open with.
[[nodiscard]] std::vector<EpisodePlan> plan_unrelated();
/// Lines for subtitles in another language.
[[nodiscard]] std::vector<std::string> foreign_lines();

}  // namespace reelprint::demo
