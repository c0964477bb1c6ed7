// Stretches of media time, several at once: what they cover, and what is left without them.
#pragma once

#include <span>
#include <vector>

#include "core/time.h"

namespace reelprint::rights {

/// The same stretches in their order, those that touch or overlap as one, empty ones left out.
[[nodiscard]] std::vector<Interval> united(std::vector<Interval> intervals);

/// How long they are together, each moment once.
[[nodiscard]] Duration covered(std::vector<Interval> intervals);

/// What `taken`, which is united, leaves of `whole`.
[[nodiscard]] std::vector<Interval> without(const Interval& whole, std::span<const Interval> taken);

}  // namespace reelprint::rights
