// What never counts as evidence: a card, a logo, a stock shot, footage that belongs to nobody.
#pragma once

#include <string>

#include "core/clock.h"
#include "core/fingerprint.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "core/time.h"

namespace reelprint {

/// One member of the negative bank, known by its media.
struct Negative {
  NegativeId id;
  std::string name;  ///< of the file that it came from, without its folder; need not be unique
  Sha256 media;
  Duration duration{0};
  AlgorithmId algorithm = kAlgorithm;  ///< that made its fingerprint
  WallTime added_at;
};

}  // namespace reelprint
