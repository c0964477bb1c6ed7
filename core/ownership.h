// Where and when a holder has the right at all.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/term.h"

namespace reelprint {

/// A holder of whom none is stored has the right everywhere and always. Those of a series count for it
/// instead of those for all series; one that fits is enough.
struct Ownership {
  OwnershipId id;
  HolderId holder;
  SeriesId series;                       ///< zero: all of the holder's
  std::vector<std::string> territories;  ///< ISO 3166-1 alpha-2, upper case; empty: everywhere
  Term term;
  std::int64_t version = 1;  ///< grows with every change

  friend bool operator==(const Ownership&, const Ownership&) = default;
};

}  // namespace reelprint
