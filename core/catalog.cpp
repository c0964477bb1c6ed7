#include "core/catalog.h"

namespace reelprint {

std::string to_text(const Episode& episode) {
  const std::string number = "episode " + std::to_string(episode.number);
  return episode.season == 1 ? number : "season " + std::to_string(episode.season) + " " + number;
}

}  // namespace reelprint
