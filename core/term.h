// From when to when a right, a licence or a claim runs.
#pragma once

#include <optional>

#include "core/clock.h"

namespace reelprint {

/// Half-open: it runs at `from` and no more at `until`; nothing means without a beginning, or without an end.
struct Term {
  std::optional<WallTime> from;
  std::optional<WallTime> until;

  friend bool operator==(const Term&, const Term&) = default;

  [[nodiscard]] bool contains(WallTime at) const { return (!from || *from <= at) && (!until || at < *until); }
};

}  // namespace reelprint
