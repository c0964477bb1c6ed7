// A suspect video: where it was seen.
#pragma once

#include <cstdint>
#include <string>

namespace reelprint {

struct Sighting {
  std::string location;      ///< a path or URL
  std::uintmax_t bytes = 0;  ///< size as the source states it, 0 if it does not
};

}  // namespace reelprint
